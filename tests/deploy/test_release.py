"""`make release` writes a version down and tags it, or says what is in the way and changes nothing."""

import json
import re
import subprocess
import tomllib
from datetime import UTC, datetime

import pytest

from tests.deploy.compose import ROOT
from tools import release

CHANGELOG = "# Changelog\n\n## Unreleased\n\n### Added\n\n{}## 0.1.0 – 2026-11-23\n\n- A board.\n"


NOTES = "# Upgrading\n\n## Unreleased\n\n{}## 0.1.0 – 2026-11-23\n\nThe first.\n"


def git(*words):
    return subprocess.run(["git", *words], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """A small project of its own: what a release reads and writes, of this one."""
    monkeypatch.chdir(tmp_path)
    names = ["pyproject.toml", "requirements.lock", "package-lock.json", ".gitignore", "tools/sbom.py"]
    for folder in ("tools", "docs"):
        (tmp_path / folder).mkdir()
    for name in names:
        (tmp_path / name).write_text((ROOT / name).read_text())
    release.PROJECT.write_text(release.STATED.sub('version = "0.1.0"', release.PROJECT.read_text()))
    release.CHANGELOG.write_text(
        "# Changelog\n\n## Unreleased\n\n### Added\n\n- A bell.\n\n## 0.1.0 – 2026-11-23\n\n- A board.\n"
    )
    release.NOTES.write_text(NOTES.format("- Ring it.\n\n"))
    git("init", "-q")
    git("config", "user.name", "Ada")
    git("config", "user.email", "ada@example.com")
    git("add", ".")
    git("commit", "-q", "-m", "A start")
    return tmp_path


@pytest.mark.soak
def test_a_release_is_numbered_dated_tagged_and_billed():
    release.main("0.2.0")

    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert tomllib.loads(release.PROJECT.read_text())["project"]["version"] == "0.2.0"
    assert f"## Unreleased\n\n## 0.2.0 – {today}\n\n### Added\n\n- A bell.\n" in release.CHANGELOG.read_text()
    assert f"## Unreleased\n\n## 0.2.0 – {today}\n\n- Ring it.\n" in release.NOTES.read_text()
    assert json.loads(release.BILL.read_text())["metadata"]["component"]["version"] == "0.2.0"
    assert git("tag", "--points-at", "HEAD") == "v0.2.0"
    assert git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("", "Say which version: `make release VERSION=0.2.0`."),
        ("next", "Say which version: `make release VERSION=0.2.0`."),
        ("0.1.0", "This is 0.1.0 already: a release has a higher number."),
        ("0.0.9", "This is 0.1.0 already: a release has a higher number."),
    ],
)
def test_a_number_that_is_none_or_not_higher_is_refused(version, sentence):
    with pytest.raises(SystemExit, match=sentence):
        release.main(version)

    assert git("tag") == ""


def test_what_is_not_committed_is_not_released():
    release.PROJECT.write_text(release.PROJECT.read_text() + "\n")

    with pytest.raises(SystemExit, match="Something is not committed"):
        release.main("0.2.0")


def test_a_release_says_what_changes():
    release.CHANGELOG.write_text(CHANGELOG.format(""))
    git("commit", "-qam", "Nothing")

    with pytest.raises(SystemExit, match="has nothing under Unreleased"):
        release.main("0.2.0")


def test_a_release_says_what_there_is_to_do():
    release.NOTES.write_text(NOTES.format(""))
    git("commit", "-qam", "Nothing to do, but nobody says so")

    with pytest.raises(SystemExit, match=r"docs/upgrading.md has nothing under Unreleased"):
        release.main("0.2.0")

    assert git("tag") == ""


def test_each_version_of_the_changelog_has_notes_for_whoever_updates():
    changelog, text = ((ROOT / file).read_text() for file in (release.CHANGELOG, release.NOTES))
    notes = dict(re.findall(r"^## (.+)\n+((?:(?!## ).*\n)*)", text, re.MULTILINE))

    assert [*notes] == re.findall(r"^## (.+)$", changelog, re.MULTILINE)
    assert [version for version, note in notes.items() if not note] in ([], ["Unreleased"])
