"""`python -m bench [news board …]`: measures some things or all, keeps the results, writes them into the document."""

import argparse
import sys
from importlib import import_module

import django

from bench import report
from bench.compare import run
from bench.site import started

THINGS = ["news", "board"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("things", nargs="*", choices=[*THINGS, []], help=", ".join(THINGS))
    chosen = parser.parse_args().things or THINGS
    for thing in chosen:
        with started() as site:
            django.setup()
            found = [_said(run(comparison)) for comparison in import_module(f"bench.{thing}").comparisons(site)]
        report.keep(thing, found)
    report.write()


def _said(found: dict) -> dict:
    print(report.row(found), file=sys.stderr, flush=True)
    return found


if __name__ == "__main__":
    main()
