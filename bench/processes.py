"""A process with all that it has started: their memory and their processor time."""

import os
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """The ids of a process and of all below it, parents first."""
    below = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            below[int(path.read_text().rpartition(") ")[2].split()[1])].append(int(path.parent.name))
    found = [pid]
    for each in found:
        found += below[each]
    return found


def memory_mb(pid: int) -> float:
    """The memory of all of them in MB; what some share is shared out among all who do."""
    return sum(_proportional_kb(each) for each in tree(pid)) / 1024


def processor_seconds(pid: int) -> float:
    """The processor time of all of them, and of those that they waited for."""
    return sum(_ticks(each) for each in tree(pid)) / TICKS


def _proportional_kb(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _ticks(pid: int) -> int:
    with suppress(OSError):
        return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[11:15]))
    return 0
