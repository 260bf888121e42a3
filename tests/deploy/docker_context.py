"""What an engine would be handed to build an image from: the files of a folder that its `.dockerignore` leaves in."""

import os
import re
from pathlib import Path


def pattern(line):
    """A line of .dockerignore as an expression; it speaks of a folder's files too."""
    parts = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", ".": r"\."}
    return re.compile(re.sub(r"\*\*/|\*\*|\*|\.", lambda found: parts[found[0]], line) + "(?:/.*)?$")


def context(folder: Path):
    """The paths of those files, sorted; the last line that speaks of a file decides."""
    lines = [line for line in (folder / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    rules = [(line[0] != "!", pattern(line.lstrip("!"))) for line in lines]
    tops = {line.lstrip("!").split("/")[0] for line in lines if line[0] == "!"}
    paths = []
    for top in sorted(top for name in tops for top in folder.glob(name)):
        for found, _, names in os.walk(top) if top.is_dir() else [(folder, [], [top.name])]:
            paths += [(Path(found) / name).relative_to(folder).as_posix() for name in names]
    return sorted(path for path in paths if not [left for left, rule in rules if rule.match(path)][-1])
