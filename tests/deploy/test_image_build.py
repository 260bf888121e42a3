"""`make image`, as far as it can be seen without an engine: for which machines it builds, and with which labels."""

import shlex
import subprocess
import tomllib

import pytest

from tests.deploy.compose import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def words(*settings):
    """The words of the command that `make image` would run."""
    command = [
        "make",
        "--dry-run",
        "--no-print-directory",
        "image",
        "SOURCE=https://example.com/leaderboard",
        *settings,
    ]
    said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return shlex.split(said.replace("\\\n", " "))


def test_one_image_is_for_both_kinds_of_machine_with_provenance_and_a_bill_of_materials():
    command = words()

    assert command[:3] == ["docker", "buildx", "build"]
    assert {"--platform=linux/amd64,linux/arm64", "--provenance=mode=max", "--sbom=true"} <= set(command)
    assert command[-1] == "."


def test_its_labels_say_what_it_is():
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    labels = dict(
        word.removeprefix("--label=org.opencontainers.image.").split("=", 1) for word in words() if "--label" in word
    )

    assert labels == {
        "version": PROJECT["version"],
        "revision": revision.stdout.strip(),
        "source": "https://example.com/leaderboard",
        "licenses": PROJECT["license"],
    }


@pytest.mark.parametrize(
    ("settings", "tag", "output"),
    [
        ([], "leaderboard", "type=oci,dest=leaderboard.oci.tar"),
        (
            ["IMAGE=registry.example.com/us/leaderboard", "OUTPUT=type=registry"],
            "registry.example.com/us/leaderboard",
            "type=registry",
        ),
    ],
)
def test_it_is_a_file_or_goes_to_a_registry(settings, tag, output):
    command = words(*settings)

    assert f"--tag={tag}:{PROJECT['version']}" in command
    assert f"--output={output}" in command
    assert "--metadata-file=image.json" in command


def test_nothing_that_it_makes_is_committed():
    ignored = (ROOT / ".gitignore").read_text().splitlines()

    assert {"leaderboard.oci.tar", "image.json"} <= set(ignored)
