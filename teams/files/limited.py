"""A script in a process of its own: whatever a file does to what reads it, only that process ends.

It has no settings and no secrets, writes no file, and has only so much memory and time.
"""

import resource
import runpy
import sys
from subprocess import DEVNULL, PIPE, Popen

MOST_MEMORY = 512 << 20
"""Bytes: a workbook of a hundred thousand rows of thirty columns, which is all that 10 MB hold, takes half of it."""
MOST_SECONDS = 20
"""Of computing: such a workbook takes four, and eight where its cells are looked at again."""


def started(script: str, *arguments: str) -> "Popen[bytes]":
    """The process, which reads what is written to it and is read from."""
    command = [sys.executable, "-I", __file__, script, *arguments]
    return Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={})  # noqa: S603  our own program and words


def main(script: str, *arguments: str) -> None:
    """Run a script within the limits; it ends otherwise than with 0 where it needs more."""
    for limit, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    sys.argv = [script, *arguments]
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
