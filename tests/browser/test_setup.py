"""The tests' own tools work: a real browser, the real site, a real worker."""

import time

from teams.models import Board
from teams.tasks import rank_board
from tests.makers import make_organization, make_rep, make_team


def test_an_empty_site_asks_for_its_first_team(live, page):
    page.goto("/")

    assert page.url == f"{live}/start/"


def test_a_worker_that_was_killed_ranks_after_its_return(worker):
    make_rep(make_team(organization=make_organization()), "Ada", total=60)
    worker.kill()
    rank_board.delay(Board.objects.get().pk)
    worker.start()
    until = time.monotonic() + 20
    while not Board.objects.get().standings.exists() and time.monotonic() < until:
        time.sleep(0.1)

    assert [row.member.name for row in Board.objects.get().standings.all()] == ["Ada"]
