"""What a process holds in memory and stays at, and what many walls cost one web process."""

import time
from collections.abc import Callable, Iterator

from bench.compare import Figure
from bench.load import get, load
from bench.news import wall_question
from bench.site import Site, cpu_seconds, resident
from bench.world import make_ranked, make_walls, session_of
from leaderboard.celery import app
from teams.queries.broker import queue
from teams.tasks import rank_board

WALLS = 2_000
EVERY = 3
"""Seconds between two questions of a wall."""
REQUESTS = 100_000
PAGES = 5_000
"""How many of them are whole pages; the others ask for news."""
JOBS = 100_000


def comparisons(site: Site) -> Iterator[Figure]:
    ranked = make_ranked("Team")
    web, worker = site.web(), site.worker(1)
    tokens = make_walls(ranked, WALLS)

    def walls() -> float:
        """The share of a core that the process uses while each wall asks twice."""
        question = wall_question(web, ranked)
        questions = [question.replace(ranked.token.encode(), token.encode()) for token in tokens]
        before, began = cpu_seconds(web.child), time.monotonic()
        load(web.port, questions, status=204, every=EVERY / WALLS, seconds=2 * EVERY)
        return (cpu_seconds(web.child) - before) / (time.monotonic() - began)

    def web_after() -> float:
        page = get(f"/board/{ranked.team.slug}/", cookie=session_of(ranked.reps[0]))
        _repeat(PAGES, lambda: load(web.port, [page], seconds=5).answers)
        _repeat(REQUESTS - PAGES, lambda: load(web.port, [wall_question(web, ranked)], status=204, seconds=5).answers)
        return resident(web.child)

    def worker_after() -> float:
        with app.connection_for_write() as broker:
            for _ in range(JOBS):
                rank_board.apply_async([0], connection=broker)
        while queue().length:
            time.sleep(0.5)
        return resident(worker)

    walls()  # their contacts are noted
    yield Figure(f"{WALLS:,} walls that ask one web process every {EVERY} s", "of a core", 0.3, walls)
    load(web.port, [get("/healthz")])
    yield Figure("Memory of a web process that has begun", "MB", 150, lambda: resident(web.child), rounds=1)
    yield Figure(f"The same {REQUESTS:,} requests later", "MB", 150, web_after, rounds=1)
    rank_board.delay(0)
    yield Figure("Memory of a worker that has begun", "MB", 150, lambda: resident(worker), rounds=1)
    yield Figure(f"The same {JOBS:,} jobs later", "MB", 150, worker_after, rounds=1)


def _repeat(total: int, some: Callable[[], int]) -> None:
    while total > 0:
        total -= some()
