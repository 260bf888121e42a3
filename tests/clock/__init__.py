"""The wall clock of a process, and of all that it starts, moved to another moment by `moved.c`."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

SOURCE = Path(__file__).with_name("moved.c")
VARIABLES = ("LD_PRELOAD", "CLOCK_MOVED_BY", "TESTS_TIME_ZONE")
"""What whoever starts a process with an environment of its own passes on, lest it live on another day."""

SERVICES = ("DATABASE_URL", "TABLES_IN", "CELERY_BROKER_URL", "CACHE_URL", "STATIC_ROOT")


def build(folder: Path) -> Path:
    """The library in this folder, built by the machine's C compiler; AssertionError where there is none."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    assert compiler, "A C compiler is needed to move the clock: `apt install gcc libc6-dev`."
    library = folder / "moved.so"
    command = [compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"]
    subprocess.run(command, check=True)
    return library


def environment(library: Path, moment: datetime, zone: str = "UTC") -> dict[str, str]:
    """The environment of a process that begins at this moment; the tests' organizations live in the zone.

    It names no services: those that run already go by another clock.
    """
    ahead = round((moment - datetime.now(UTC)).total_seconds())
    ours = {name: value for name, value in os.environ.items() if name not in SERVICES}
    return ours | {"LD_PRELOAD": str(library), "CLOCK_MOVED_BY": str(ahead), "TESTS_TIME_ZONE": zone}


def passed_on() -> dict[str, str]:
    """Those of the variables that this process has."""
    return {name: os.environ[name] for name in VARIABLES if name in os.environ}
