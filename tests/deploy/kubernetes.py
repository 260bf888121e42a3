"""deploy/kubernetes as kustomize reads it: what its files list, and what it would make of them."""

import re
import shutil
import subprocess
from copy import deepcopy
from functools import cache

import yaml

from tests.deploy.compose import ROOT

FOLDER = ROOT / "deploy/kubernetes"
PARTS = ["base", "monitoring", "pooler", "example"]
UNITS = {"k": 2**10, "m": 2**20, "g": 2**30, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}


def kustomization(part):
    return yaml.safe_load((FOLDER / part / "kustomization.yaml").read_text())


def listed(part):
    """Every file that a part's kustomization.yaml names, in its folder; not the other parts."""
    said = kustomization(part)
    generators = [*said.get("configMapGenerator", []), *said.get("secretGenerator", [])]
    own = [name for name in said["resources"] if not name.startswith("..")]
    return [*own, *said.get("configurations", []), *(name for each in generators for name in each.get("envs", []))]


def objects(*parts):
    """What the files that these parts list say, in their order."""
    return deepcopy(_objects(parts))


@cache
def _objects(parts):
    files = [FOLDER / part / name for part in parts for name in listed(part) if name.endswith(".yaml")]
    return [document for file in files for document in yaml.safe_load_all(file.read_text()) if "kind" in document]


def thing(kind, name):
    """The one object of this kind and name."""
    (found,) = [each for each in objects(*PARTS) if (each["kind"], each["metadata"]["name"]) == (kind, name)]
    return found


def workload(name):
    return thing("Job" if name == "migrate" else "Deployment", name)


def pod(name):
    return workload(name)["spec"]["template"]["spec"]


def container(service, name=None):
    """The container of a service, or the one beside it or before it that has this name."""
    every = [*pod(service).get("initContainers", []), *pod(service)["containers"]]
    (found,) = [each for each in every if each["name"] == (name or service)]
    return found


def every_container(*services):
    """Each container of these services with its name, the ones that end before the others begin too."""
    for name in services:
        for each in [*pod(name).get("initContainers", []), *pod(name)["containers"]]:
            yield f"{name}/{each['name']}", each


def lines(name):
    """The variables of one of the example's files."""
    rows = (FOLDER / "example" / name).read_text().splitlines()
    return dict(row.split("=", 1) for row in rows if row and not row.startswith("#"))


def paths():
    """The variables that the base sets itself."""
    (generator,) = kustomization("base")["configMapGenerator"]
    return dict(literal.split("=", 1) for literal in generator["literals"])


def size(text):
    """How many bytes compose or Kubernetes mean by it."""
    number, unit = re.fullmatch(r"(\d+)(\w+)", text).groups()
    return int(number) * UNITS[unit]


def seconds(text):
    return int(text.removesuffix("s"))


def built(tmp_path):
    """What kustomize itself makes of a site's folder, with everything that the example only mentions."""
    shutil.copytree(FOLDER, tmp_path / "kubernetes")
    site = tmp_path / "kubernetes/site"
    (tmp_path / "kubernetes/example").rename(site)
    file = site / "kustomization.yaml"
    file.write_text(re.sub(r"^# (components|patches|  )", r"\1", file.read_text(), flags=re.MULTILINE))
    made = subprocess.run(["kubectl", "kustomize", site], capture_output=True, text=True, check=True).stdout
    return list(yaml.safe_load_all(made))
