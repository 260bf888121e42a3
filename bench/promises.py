"""What the site promises, and the rows of the results that say whether it keeps it."""

import re
from dataclasses import dataclass

HEAD = ["| promise | measured by | kept |", "|---|---|---|"]


@dataclass(frozen=True)
class Promise:
    """A promise in words, and the rows of `bench/results/<thing>.json` that measure it, by what they begin with."""

    words: str
    thing: str
    rows: str


PROMISES = [
    Promise("A page of a team of 25 costs at most three plain lists", "pages", r".* as a \w+, \d+ queries"),
    Promise("With 100 or 400 people it grows no faster than the rows that it shows", "pages", r".* in the team"),
    Promise("Its first view after a reading costs at most two unchanged ones", "pages", r".* first view after"),
    Promise("5,000 submissions in a minute beside 200 walls: all are stored, every board is right", "month_end", ""),
    Promise("Standings are stored within five jobs that do nothing", "latency", "From a submission to standings"),
    Promise(
        "An open board shows them within a second", "latency", "From a submission to the open board told so, median"
    ),
    Promise("2,000 walls cost at most 0.3 of a core", "memory", ".* walls"),
    Promise("A web process and a worker stay under 150 MB", "memory", "Memory of|The same"),
    Promise("One board costs the same among a million reps as among a hundred", "scale", "Ranking one board"),
    Promise("Ranking a month costs at most two bare INSERT … SELECT", "scale", "Ranking a thousand"),
    Promise("Closing a month costs at most ranking it twice", "scale", "Closing"),
    Promise("Today, board and submitting mixed: at least a third of the plain list's rate", "mixed", ""),
    Promise("make run is there within 15 s", "product", "Cold start"),
    Promise("The whole product holds 350 MB, and 450 while 50 people use it", "product", "Memory|The same"),
    Promise("It uses at most a hundredth of a core while nobody is there", "product", "Processor"),
    Promise("A phone on slow 4G has painted within 1.5 s", "phone", ".*largest paint"),
    Promise("No tap on a phone waits for more than 0.1 s", "phone", ".*longest wait"),
]


def table(results: dict[str, dict]) -> str:
    """Every promise with the rows that measure it, as a table in Markdown."""
    return "\n".join([*HEAD, *(_row(promise, results.get(promise.thing)) for promise in PROMISES)])


def _row(promise: Promise, result: dict | None) -> str:
    rows = [found for found in result["found"] if re.match(promise.rows, found["what"])] if result else []
    missed = [found["what"] for found in rows if not found["met"]]
    measured = f"`bench {promise.thing}`, {len(rows)} {'row' if len(rows) == 1 else 'rows'}"
    if not rows:
        return f"| {promise.words} | `bench {promise.thing}` | not measured yet |"
    if not missed:
        return f"| {promise.words} | {measured} | yes |"
    return f"| {promise.words} | {measured} | not by {'; '.join(missed)} |"
