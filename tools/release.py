"""`make release VERSION=0.2.0`: the version and its date written down, the bill of materials, a commit and a tag."""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

PROJECT, CHANGELOG, NOTES = Path("pyproject.toml"), Path("CHANGELOG.md"), Path("docs/upgrading.md")
BILL = Path("sbom.json")
STATED = re.compile(r'^version = "(\d+\.\d+\.\d+)"$', re.MULTILINE)
OPEN = "## Unreleased\n"


def main(version: str) -> None:
    """Release what is committed. Ends with a sentence, and without a change, where something is in the way."""
    if problem := in_the_way(version):
        sys.exit(problem)
    PROJECT.write_text(STATED.sub(f'version = "{version}"', PROJECT.read_text()))
    dated = f"{OPEN}\n## {version} – {datetime.now(UTC):%Y-%m-%d}\n"
    for document in (CHANGELOG, NOTES):
        document.write_text(document.read_text().replace(OPEN, dated, 1))
    subprocess.run([sys.executable, "tools/sbom.py", BILL], check=True)
    git("commit", "-q", "-m", f"release: Call this {version}.", PROJECT, CHANGELOG, NOTES)
    git("tag", "-a", f"v{version}", "-m", f"Leaderboard {version}")
    print(f"v{version} is tagged here, and {BILL} goes with it. `git push --follow-tags` gives it to everybody.")


def in_the_way(version: str) -> str:
    """Why this cannot be released now; empty where it can."""
    before = STATED.search(PROJECT.read_text())[1]
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        return "Say which version: `make release VERSION=0.2.0`."
    if numbers(version) <= numbers(before):
        return f"This is {before} already: a release has a higher number."
    if git("status", "--porcelain"):
        return "Something is not committed: `git status` shows it."
    if not unreleased(CHANGELOG.read_text()):
        return f"{CHANGELOG} has nothing under Unreleased: say what changes for whoever updates."
    if not unreleased(NOTES.read_text()):
        return f"{NOTES} has nothing under Unreleased: say what whoever updates has to do, or that there is nothing."
    return ""


def unreleased(document: str) -> str:
    """What stands under Unreleased, without its headings of kinds."""
    section = re.split(r"^## ", document.split(OPEN, 1)[-1], maxsplit=1, flags=re.MULTILINE)[0]
    return re.sub(r"^###.*$", "", section, flags=re.MULTILINE).strip()


def numbers(version: str) -> list[int]:
    """A version to compare by."""
    return [int(number) for number in version.split(".")]


def git(*words: str | Path) -> str:
    """What git says."""
    return subprocess.run(["git", *words], check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main(*sys.argv[1:] or [""])
