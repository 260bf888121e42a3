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

    def rate(ask: Callable[[], int], *children: Child) -> float:
        """The answers that a second of a core's time gives, with that of PostgreSQL."""
        before = sum(map(cpu_seconds, (site.database, *children)))
        answers = ask()
        return answers / (sum(map(cpu_seconds, (site.database, *children))) - before)

    yield Comparison(
        what=f"Today, board and submitting mixed, {CLIENTS} connections, with the worker that ranks",
        limit="a third of what the plain list has under the same load",
        unit="answers/s of a core",
        goal=1,
        measure=lambda: rate(in_turn, web.child, worker),
        measure_limit=lambda: rate(plain_lists, limit.child) / 3,
        rounds=9,
    )
