"""Today, the board and submitting in turn, on eight connections, beside a worker that ranks what comes in."""

from collections.abc import Callable, Iterator

from bench.compare import Comparison
from bench.load import get, load
from bench.site import Site, cpu_seconds
from bench.submit import Forms
from bench.world import cookies_of, make_ranked
from leaderboard.local.processes import Child

TEAMS = 4
CLIENTS, SECONDS = 8, 4


def comparisons(site: Site) -> Iterator[Comparison]:
    teams = [make_ranked(f"Team{number}") for number in range(TEAMS)]
    forms = Forms(teams)
    slugs = {rep.pk: each.team.slug for each in teams for rep in each.reps}
    cookies = {rep.pk: cookies_of(rep) for rep in forms.reps}
    plain = [get("/plain-list/", cookie=cookie) for cookie in cookies.values()]
    web, worker, limit = site.web(), site.worker(2), site.limit("bench.limits", LIMIT="bench.plain_list")

    def in_turn() -> int:
        requests = [
            each
            for rep in forms.reps
            for each in (
                get("/", cookie=cookies[rep.pk]),
                get(f"/board/{slugs[rep.pk]}/", cookie=cookies[rep.pk]),
                forms.next(rep),
            )
        ]
        return load(web.port, requests, seconds=SECONDS, connections=CLIENTS, status=[200, 302]).answers

    def plain_lists() -> int:
        return load(limit.port, plain, seconds=SECONDS, connections=CLIENTS).answers

    yield Comparison(
        what=f"Today, board and submitting mixed, {CLIENTS} connections, with the worker that ranks",
        limit="a third of what the plain list has under the same load",
        unit="answers/s of a core",
        goal=1,
        measure=lambda: _rate(in_turn, site.database, web.child, worker),
        measure_limit=lambda: _rate(plain_lists, site.database, limit.child) / 3,
        rounds=9,
    )


def _rate(ask: Callable[[], int], *children: Child) -> float:
    """The answers that a second of a core's time gives, that of all these processes together."""
    before = sum(map(cpu_seconds, children))
    answers = ask()
    return answers / (sum(map(cpu_seconds, children)) - before)
