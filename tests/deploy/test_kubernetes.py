"""The manifests of deploy/kubernetes are valid, complete, and let nobody do more than they need to."""

import re
import shutil
import subprocess

import pytest

from leaderboard.environment import SECRETS
from tests.deploy.compose import ROOT
from tests.deploy.kubernetes import (
    FOLDER,
    PARTS,
    built,
    container,
    every_container,
    kustomization,
    lines,
    listed,
    objects,
    pod,
    thing,
    workload,
)

OLDEST = "1.30"
PAGE = (ROOT / "docs/kubernetes.md").read_text()
COMPONENT = "app.kubernetes.io/component"
APP = ["migrate", "web", "worker", "beat"]
POOLED = [*APP, "pooler"]
OWN = [each for each in objects(*PARTS) if each["kind"] != "ServiceMonitor"]


@pytest.fixture(scope="module")
def schemas():
    """The library with Kubernetes' schemas, which takes a second to load: only whoever asks for it waits."""
    import kubernetes_validate

    return kubernetes_validate


@pytest.mark.parametrize("part", PARTS)
def test_each_file_is_listed_and_each_listed_file_is_there(part):
    files = {path.name for path in (FOLDER / part).iterdir()}

    assert sorted(listed(part)) == sorted(files - {"kustomization.yaml"})


def test_the_parts_are_all_there_is_but_for_a_sites_own():
    assert sorted(path.name for path in FOLDER.iterdir() if path.name != "site") == sorted(PARTS)
    assert kustomization("example")["resources"][0] == "../base"
    assert "# components: [../monitoring, ../pooler]\n" in (FOLDER / "example/kustomization.yaml").read_text()


def test_no_two_have_one_name():
    names = [(each["kind"], each["metadata"]["name"]) for each in objects(*PARTS)]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("version", [OLDEST, "newest"])
@pytest.mark.parametrize("own", OWN, ids=lambda own: f"{own['kind']}-{own['metadata']['name']}")
def test_each_is_what_kubernetes_expects(schemas, own, version):
    schemas.validate(own, schemas.latest_version() if version == "newest" else version, strict=True)


def test_a_word_that_kubernetes_does_not_know_would_be_found(schemas):
    wrong = workload("web")
    wrong["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}

    with pytest.raises(schemas.ValidationError):
        schemas.validate(wrong, OLDEST, strict=True)


def test_the_page_names_the_oldest_version():
    assert f"Kubernetes {OLDEST} or newer" in PAGE


def test_prometheus_asks_each_web_and_worker_pod_with_the_token():
    monitor = thing("ServiceMonitor", "leaderboard")
    services = [each for each in objects("base") if each["kind"] == "Service"]
    (chosen,) = monitor["spec"]["selector"]["matchExpressions"]

    assert set(monitor) == {"apiVersion", "kind", "metadata", "spec"}
    assert monitor["apiVersion"] == "monitoring.coreos.com/v1"
    assert monitor["spec"]["endpoints"] == [
        {
            "port": "http",
            "path": "/metrics",
            "interval": "30s",
            "authorization": {"credentials": {"name": "secrets", "key": "METRICS_TOKEN"}},
        }
    ]
    assert (chosen["key"], chosen["operator"]) == (COMPONENT, "In")
    assert chosen["values"] == [each["metadata"]["labels"][COMPONENT] for each in services] == ["web", "worker"]
    assert all(each["spec"]["ports"][0]["name"] == "http" for each in services)


def test_each_selects_the_pods_of_its_name():
    for each in objects("base", "pooler"):
        spec = each.get("spec", {})
        selector = spec.get("podSelector", spec.get("selector", {}))
        labels = selector.get("matchLabels", selector)
        if each["kind"] in ("Deployment", "Service", "PodDisruptionBudget", "NetworkPolicy") and COMPONENT in labels:
            assert labels == {COMPONENT: each["metadata"]["name"]}
            assert workload(labels[COMPONENT])["spec"]["template"]["metadata"]["labels"] == labels
    assert thing("HorizontalPodAutoscaler", "web")["spec"]["scaleTargetRef"]["name"] == "web"


def test_nobody_in_it_is_root_or_may_become_it():
    (uid,) = re.findall(r"^USER (\d+):\1$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    volumes = {"fsGroup": int(uid), "fsGroupChangePolicy": "OnRootMismatch"}
    users = dict.fromkeys(APP, int(uid)) | {"pooler": 999}  # of PostgreSQL's own image
    for name, user in users.items():
        assert pod(name)["securityContext"] == {
            "runAsNonRoot": True,
            "runAsUser": user,
            "runAsGroup": user,
            "seccompProfile": {"type": "RuntimeDefault"},
        } | (volumes if name in APP else {})
        assert pod(name)["automountServiceAccountToken"] is False
        assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod(name))
    for name, each in every_container(*POOLED):
        assert each["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }, name
    assert thing("Namespace", "leaderboard")["metadata"]["labels"] == {
        "pod-security.kubernetes.io/enforce": "restricted"
    }


def test_the_example_has_every_secret_and_no_value_of_any():
    assert sorted(lines("secrets.env")) == sorted([*SECRETS, "POSTGRES_PASSWORD"])  # the last for the pooler
    assert set(lines("secrets.env").values()) == {""}
    assert not set(lines("settings.env")) & set(SECRETS)


def test_a_sites_own_folder_stays_out_of_git():
    ignored = subprocess.run(["git", "check-ignore", "-q", "deploy/kubernetes/site/secrets.env"], cwd=ROOT, check=False)

    assert ignored.returncode == 0


def test_every_image_is_ours_and_comes_from_where_the_site_says():
    images = ["leaderboard", "leaderboard-pooler"]

    assert {each["image"] for _, each in every_container(*APP)} == {images[0]}
    assert {each["image"] for _, each in every_container("pooler")} == {images[1]}
    assert [image["name"] for image in kustomization("example")["images"]] == images


def test_only_named_namespaces_reach_web_and_the_figures_and_only_at_its_port():
    allowed = {
        each["metadata"]["name"]: each["spec"].get("ingress")
        for each in objects("base")
        if each["kind"] == "NetworkPolicy" and "Ingress" in each["spec"]["policyTypes"]
    }
    port = [{"protocol": "TCP", "port": 8000}]
    both = [{"key": "reaches-leaderboard", "operator": "In", "values": ["web", "metrics"]}]

    assert allowed == {
        "nobody": None,
        "web": [{"from": [{"namespaceSelector": {"matchExpressions": both}}], "ports": port}],
        "worker": [
            {"from": [{"namespaceSelector": {"matchLabels": {"reaches-leaderboard": "metrics"}}}], "ports": port}
        ],
    }
    assert thing("NetworkPolicy", "nobody")["spec"]["podSelector"] == {}
    assert set(re.findall(r"reaches-leaderboard=(\w+)", PAGE)) == {"web", "metrics"}


def test_what_is_applied_before_the_job_is_all_that_it_needs():
    (selector,) = set(re.findall(rf"-l '{COMPONENT} in \(([^)]+)\)'", PAGE))
    chosen = selector.split(", ")
    job = pod("migrate")
    claims = [each["persistentVolumeClaim"]["claimName"] for each in job["volumes"] if "persistentVolumeClaim" in each]
    generated = [kustomization(part)["generatorOptions"]["labels"][COMPONENT] for part in ("base", "example")]

    assert workload("migrate")["metadata"]["labels"][COMPONENT] in chosen
    assert set(generated) <= set(chosen)
    assert claims == ["releases"]
    assert {thing("PersistentVolumeClaim", claim)["metadata"]["labels"][COMPONENT] for claim in claims} <= set(chosen)
    assert not set(chosen) & {"web", "worker", "beat"}


def test_others_start_when_the_database_is_up_to_date():
    waiting = {tuple(container(name, "migrated")["command"]) for name in APP[1:]}

    assert waiting == {("sh", "-c", "until python manage.py migrate --check; do sleep 5; done")}


@pytest.mark.skipif(not shutil.which("kubectl"), reason="kubectl is missing, whose kustomize would build it.")
def test_kustomize_builds_a_site_of_it(schemas, tmp_path):
    made = {(each["kind"], each["metadata"]["name"]): each for each in built(tmp_path)}
    names = {kind: [name for made_kind, name in made if made_kind == kind] for kind, _ in made}
    (secrets,) = names["Secret"]
    monitor = made["ServiceMonitor", "leaderboard"]

    assert len(made) == len(objects(*PARTS)) + 3  # settings, paths and secrets
    for each in made.values():
        if each["kind"] != "ServiceMonitor":
            schemas.validate(each, OLDEST, strict=True)
    assert monitor["spec"]["endpoints"][0]["authorization"]["credentials"]["name"] == secrets
    assert made["Service", "db"]["spec"]["externalName"] == "database.example.com"
    assert made["HorizontalPodAutoscaler", "web"]["spec"]["maxReplicas"] == 20
    for name in APP[1:]:
        for each in made["Deployment", name]["spec"]["template"]["spec"]["containers"]:
            assert each["image"] == "images.example.com/leaderboard:0.1.0"
            assert [next(iter(source.values()))["name"] for source in each["envFrom"]] == [
                *sorted(names["ConfigMap"]),
                secrets,
            ]
