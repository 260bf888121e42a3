"""The board page of somebody who is signed in: unchanged, and the first time after a change."""

import time
from collections.abc import Callable, Iterator
from random import Random

from django.db import connection
from django.template import engines
from django.test import RequestFactory
from django.utils.module_loading import import_string

from bench.compare import SEED, Comparison
from bench.load import get, text
from bench.site import Site
from bench.submit import TOKEN
from bench.world import Ranked, make_ranked, session_of
from teams.actions.boards.ranking import rank_stale_boards
from teams.models import Member
from tests.makers import make_submission

TEAMS = 4
ENOUGH = 95
"""Whoever has this score gains no more."""


def comparisons(site: Site) -> Iterator[Comparison]:
    teams = [make_ranked(f"Team{number}") for number in range(TEAMS)]
    web = site.web()
    pages = [get(f"/board/{each.team.slug}/", cookie=cookies_of(rep)) for each in teams for rep in each.reps[:4]]
    page = site.var / "page.html"
    page.write_text(text(web.port, pages[0]))
    limit = site.limit("bench.limits", PAGE=str(page))
    constant = [page.replace(b"/board/team", b"/page/?team") for page in pages]
    yield Comparison(
        what="Board page, signed in, unchanged",
        limit="a constant page of the same bytes behind the same middleware",
        unit="answers/s of a core",
        goal=0.75,
        measure=lambda: web.answers(pages),
        measure_limit=lambda: limit.answers(constant),
    )
    yield first_view(teams[0], page.read_text())


def cookies_of(rep: Member) -> str:
    """What a browser sends that has opened a page before."""
    return f"{session_of(rep)}; csrf={TOKEN}"


def first_view(ranked: Ranked, page: str) -> Comparison:
    """The page in this process, after somebody submitted; the limit asks what the view asks, by psycopg alone."""
    application = import_string("leaderboard.wsgi.application")
    browser = RequestFactory(headers={"Cookie": cookies_of(ranked.reps[0]), "Host": "127.0.0.1"})
    today, random = ranked.team.organization.today(), Random(SEED)
    totals = dict(ranked.board.standings.values_list("member", "total"))

    def view() -> None:
        environ = browser.get(f"/board/{ranked.team.slug}/").environ
        said = []
        answer = application(environ, lambda *status: said.append(status[0]))
        assert b"".join(answer)
        assert said == ["200 OK"]
        answer.close()

    def change() -> None:
        """Somebody gains some points and passes some others: no row is ever again what it was."""
        rep = random.choice([rep for rep in ranked.reps if totals[rep.pk] < ENOUGH])
        totals[rep.pk] += random.randint(1, 5)
        make_submission(rep, totals[rep.pk], taken_on=today)
        rank_stale_boards()

    view()  # what the process keeps whoever submits is made
    change()
    queries = []

    def note(execute, sql, params, many, context):
        queries.append((type(context["cursor"].cursor), sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        view()
    constants = engines["django"].from_string(page.replace("{", "").replace("%", ""))

    def limit() -> None:
        for cursor, sql, params in queries:
            asked = cursor(connection.connection).execute(sql, params)
            asked.fetchall() if asked.description else None
        constants.render()

    return Comparison(
        what=f"Board page of 25 rows, first view after a submission, {len(queries)} queries",
        limit="the same queries by psycopg alone, and a template of constants",
        unit="pages/s of a core",
        goal=0.5,
        measure=lambda: rate(view, before_each=change),
        measure_limit=lambda: rate(limit),
    )


def rate(do: Callable[[], None], before_each: Callable[[], None] = lambda: None, times: int = 20) -> float:
    """How often a second of this process's processor time does it."""
    spent = 0.0
    for _ in range(times):
        before_each()
        began = time.process_time()
        do()
        spent += time.process_time() - began
    return times / spent
