"""How long a submission takes: to its standings, and until whoever has the board open is told."""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from statistics import median, quantiles
from threading import Thread

import psycopg

from bench.compare import Comparison, Figure
from bench.load import load, text
from bench.news import board_question
from bench.noop import round_trip
from bench.site import Site, Web
from bench.submit import Forms
from bench.world import Ranked, make_ranked
from teams.models import Submission

TEAMS = 20
PROBES = 15
"""Submissions that a median is of."""
BUSY = 100
"""Submissions a second, of others."""
BURST, MINUTE = 5_000, 60
PATIENCE = 600
A_SECOND = 1_000
"""In ms."""
STORED, VISIBLE = "standings stored", "the open board told so"


def comparisons(site: Site) -> Iterator[Comparison | Figure]:
    probe, *others = [make_ranked(f"Team{number}") for number in range(TEAMS + 1)]
    web = site.web()
    site.worker(2, "--include=bench.noop")
    one, many = Probe(site, web, probe), Forms(others)

    def idle(until: str) -> float:
        one.open()
        return median(one.submit(until) for _ in range(PROBES))

    yield Comparison(
        what=f"From a submission to {STORED}, median while nobody else is there",
        limit="a job that does nothing, there and back",
        unit="ms",
        goal=5,
        measure=lambda: idle(STORED),
        measure_limit=lambda: median(milliseconds(round_trip) for _ in range(PROBES)),
        at_least=False,
        rounds=7,
    )
    shown = f"From a submission to {VISIBLE}, median while nobody else is there"
    yield Figure(shown, "ms", A_SECOND, lambda: idle(VISIBLE), rounds=7)

    for what, count, seconds, goal in [
        (f"{BUSY} others submit each second", 10 * BUSY, 10, 2),
        (f"{BURST:,} others submit within {MINUTE} s", BURST, MINUTE, 3),
    ]:
        yield Comparison(
            what=f"From a submission to {VISIBLE}, p95 while {what}",
            limit="the same while nobody else is there",
            unit="ms",
            goal=goal,
            measure=lambda count=count, seconds=seconds: _among(one, many, web.port, count, seconds),
            measure_limit=lambda: _p95(one.submit(VISIBLE) for _ in range(2 * PROBES)),
            at_least=False,
            rounds=1,
        )


EVEN = {"seconds": PATIENCE, "connections": 64, "status": 302, "once": True}
"""A load that sends each request once, as evenly as it is answered."""


class Probe:
    """A team whose board is open somewhere, and whose reps submit one after the other.

    It looks every two milliseconds, by the cheapest means: what it uses of the processor the site does not have.
    """

    def __init__(self, site: Site, web: Web, ranked: Ranked) -> None:
        self.web, self.forms, self.turn, self.ranked = web, Forms([ranked]), 0, ranked
        self.database = psycopg.connect(site.env["DATABASE_URL"], autocommit=True)
        self.board = ranked.board.pk

    def open(self) -> None:
        """Somebody opens the board: with the key on its page they ask for news for some minutes."""
        self.question = board_question(self.web, self.ranked)

    def submit(self, until: str) -> float:
        """Milliseconds from the form that is sent."""
        had, form = self._version(), self.forms.next(self.forms.reps[self.turn % len(self.forms.reps)])
        question = re.sub(rb"version=\d+", b"version=%d" % had, self.question)
        text(self.web.port, question)
        self.turn += 1
        come = {STORED: lambda: self._version() > had, VISIBLE: lambda: text(self.web.port, question)}[until]
        return milliseconds(lambda: self._sent(form, come))

    def _version(self) -> int:
        return self.database.execute(VERSION, [self.board], prepare=True).fetchone()[0]

    def _sent(self, form: bytes, come: Callable[[], object]) -> None:
        text(self.web.port, form)
        while not come():
            time.sleep(0.002)


VERSION = "SELECT version FROM teams_board WHERE id = %s"


def milliseconds(do: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - began)


def _among(one: Probe, many: Forms, port: int, count: int, seconds: float) -> float:
    """The p95 of probes while so many are submitted by others; all of theirs are stored."""
    before = Submission.objects.count()
    forms = [many.next(rep) for rep in (many.reps * (count // len(many.reps) + 1))[:count]]
    sent = Thread(target=load, args=(port, forms), kwargs=EVEN | {"every": seconds / count})
    one.open()
    sent.start()
    times = []
    while sent.is_alive():
        times.append(one.submit(VISIBLE))
    sent.join()
    assert Submission.objects.count() == before + count + len(times)
    return _p95(times)


def _p95(times: Iterable[float]) -> float:
    return quantiles(times, n=20)[-1]
