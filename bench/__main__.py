"""`python -m bench [news pages …]`: measures some things or all, keeps the results, writes them into the document."""

import argparse
import subprocess
import sys
from importlib import import_module

import django

from bench import report
from bench.compare import run
from bench.site import started

THINGS = ["news", "submit", "latency", "month_end", "scaleout", "memory", "pages", "mixed", "product", "phone", "scale"]
REPS = 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("things", nargs="*", choices=[*THINGS, []], help=", ".join(THINGS))
    parser.add_argument("--reps", type=int, default=REPS, help="so many for `scale`; with fewer nothing is kept")
    asked = parser.parse_args()
    things = asked.things or THINGS
    if len(things) > 1:
        for thing in things:  # each has a database of its own, and a process is told of one only
            subprocess.run([sys.executable, "-m", "bench", thing, "--reps", str(asked.reps)], check=True)
        return
    with started() as site:
        site.reps = asked.reps
        django.setup()
        comparisons = import_module(f"bench.{things[0]}").comparisons(site)
        found = [_said(each) for comparison in comparisons for each in run(comparison)]
    if asked.reps == REPS:
        report.keep(things[0], found)
    report.write()


def _said(found: dict) -> dict:
    print(report.row(found), file=sys.stderr, flush=True)
    return found


if __name__ == "__main__":
    main()
