"""More processes, on two hosts: whether each answer and each board costs what it costs one process alone.

The hosts are two addresses of this machine. Rates are those of a core, so that a machine of few cores can tell; the
rates by the clock are said beside them.
"""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.utils import timezone

from bench.compare import Comparison
from bench.load import Load, get, load
from bench.site import Site, Web, cpu_seconds
from bench.submit import Forms
from bench.world import Ranked, make_ranked, session_of
from leaderboard.local.processes import Child
from teams.models import Board
from teams.tasks import rank_board

HOSTS = ["127.0.0.1", "127.0.0.2"]
TEAMS = 20
COUNTS = [2, 4]
SECONDS = 3
TURNS = 10
"""How often each board is ranked."""
ENOUGH = 0.9
"""Of what one process gives."""


def comparisons(site: Site) -> Iterator[Comparison]:
    teams = [make_ranked(f"Team{number}") for number in range(TEAMS)]
    webs = [site.web(HOSTS[number % 2]) for number in range(max(COUNTS))]
    pages = [get(f"/board/{each.team.slug}/", cookie=session_of(each.reps[0])) for each in teams]
    forms = Forms(teams)
    for what, unit, do in [
        ("Board pages", "answers/s of a core", lambda count: shared(site, webs[:count], pages)),
        ("Submissions", "rows/s of a core", lambda count: submitted(site, webs[:count], forms)),
        ("Boards ranked", "boards/s of a core", lambda count: ranked(site, count, teams)),
    ]:
        for count in COUNTS:
            by = "workers" if unit.startswith("boards") else "web processes"
            yield _comparison(f"{what} by {count} {by} on two hosts", unit, do, count)


def _comparison(what: str, unit: str, do: Callable[[int], float], count: int) -> Comparison:
    return Comparison(
        what=what,
        limit="by one",
        unit=unit,
        goal=ENOUGH,
        measure=lambda: do(count),
        measure_limit=lambda: do(1),
        rounds=5,
    )


def shared(site: Site, webs: list[Web], requests: list[bytes], **kind: int | bool) -> float:
    """All of the processes are asked at once, each by 8 connections; the database's share is in it."""
    used = [*(web.child for web in webs), site.database]
    with _costs(used) as cost, ThreadPoolExecutor() as clients:
        asking = [
            clients.submit(
                load, web.port, requests[n :: len(webs)], host=web.host, seconds=SECONDS, connections=8, **kind
            )
            for n, web in enumerate(webs)
        ]
        done: list[Load] = [each.result() for each in asking]
    answers = sum(each.answers for each in done)
    _say(len(webs), sum(each.rate for each in done))
    return answers / cost[0]


def submitted(site: Site, webs: list[Web], forms: Forms) -> float:
    """Everybody submits in turn, and no worker ranks meanwhile."""
    return shared(site, webs, [forms.next(rep) for _ in range(3) for rep in forms.reps], status=302)


def ranked(site: Site, count: int, teams: list[Ranked]) -> float:
    """So many workers of one process each rank the same boards again and again."""
    workers = [site.worker(1) for _ in range(count)]
    boards = Board.objects.filter(pk__in=[each.board.pk for each in teams])
    _rank_all(boards)  # they have begun
    began = time.perf_counter()
    with _costs([*workers, site.database]) as cost:
        for _ in range(TURNS):
            _rank_all(boards)
    _say(count, TURNS * len(teams) / (time.perf_counter() - began))
    for worker in workers:
        worker.stop()
    return TURNS * len(teams) / cost[0]


def _rank_all(boards) -> None:
    boards.update(stale_since=timezone.now())
    for board in boards:
        rank_board.delay(board.pk)
    while boards.stale().exists():
        time.sleep(0.005)


@contextmanager
def _costs(children: list[Child]) -> Iterator[list[float]]:
    """Seconds of a core that these use together meanwhile."""
    cost, before = [], sum(map(cpu_seconds, children))
    yield cost
    cost.append(sum(map(cpu_seconds, children)) - before)


def _say(processes: int, rate: float) -> None:
    print(f"  {processes}: {rate:,.0f}/s by the clock", file=sys.stderr)
