"""The board page of somebody who is signed in: unchanged, and the first time after a change."""

import time
from collections.abc import Callable, Iterator

from django.core.signals import request_started
from django.db import connection, reset_queries
from django.db.models import F
from django.template import engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

from bench.compare import Comparison
from bench.load import get, text
from bench.site import Site
from bench.world import Ranked, make_ranked, session_of
from teams.models import Board

TEAMS = 4


def comparisons(site: Site) -> Iterator[Comparison]:
    teams = [make_ranked(f"Team{number}") for number in range(TEAMS)]
    web = site.web()
    pages = [get(f"/board/{each.team.slug}/", cookie=session_of(rep)) for each in teams for rep in each.reps[:4]]
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


def first_view(ranked: Ranked, page: str) -> Comparison:
    """The page in this process, made anew each time; the limit asks what the view asks, by psycopg alone."""
    application = import_string("leaderboard.wsgi.application")
    browser = RequestFactory(headers={"Cookie": session_of(ranked.reps[0]), "Host": "127.0.0.1"})
    board = Board.objects.filter(pk=ranked.board.pk)

    def view() -> None:
        environ = browser.get(f"/board/{ranked.team.slug}/").environ
        said = []
        answer = application(environ, lambda *status: said.append(status[0]))
        assert b"".join(answer)
        assert said == ["200 OK"]
        answer.close()

    def change() -> None:
        board.update(version=F("version") + 1)

    request_started.disconnect(reset_queries)
    change()
    with CaptureQueriesContext(connection) as asked:
        view()
    queries = [query["sql"] for query in asked.captured_queries]
    constants = engines["django"].from_string(page.replace("{", "").replace("%", ""))

    def limit() -> None:
        with connection.connection.cursor() as cursor:
            for query in queries:
                cursor.execute(query)
                cursor.fetchall() if cursor.description else None
        constants.render()

    return Comparison(
        what=f"Board page of 25 rows, first view after a change, {len(queries)} queries",
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
