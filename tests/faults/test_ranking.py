"""Ranking through what goes wrong: a killed worker, a lost broker, a burst, any order."""

import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path

import pytest
from django.db import connection, transaction

from leaderboard.celery import app
from leaderboard.local import site
from teams.actions.boards.ranking import rank_boards, rank_stale_boards
from teams.actions.checks import differing_boards, differing_counts
from teams.models import Board, Standing, Submission
from teams.tasks import rank_board
from teams.tasks import rank_stale_boards as sweep
from tests.deploy.http import Visitor, until
from tests.makers import make_manager, make_organization, make_rep, make_submission, make_team, places, this_month
from tests.ports import free_port

VAR = Path(os.environ["LEADERBOARD_VAR"])
QUICK = 6
"""Seconds in which a submission is answered, whatever the broker does."""


def visitor(url, browse, member):
    """Real HTTP, in which the member is signed in already; gives what to call and the port."""
    visitor = Visitor(url)
    visitor.cookies = {name: morsel.value for name, morsel in browse(member).cookies.items()}
    return visitor, visitor.site.port


def somebody_waits():
    """Whether a process of the site waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_locks WHERE NOT granted")
        return cursor.rowcount > 0


@pytest.mark.soak
def test_a_worker_killed_in_the_middle_of_ranking_leaves_nothing_behind_and_the_sweep_ranks(live, worker):
    team = make_team("North", make_organization())
    ada = make_rep(team, "Ada", total=60)
    rank_stale_boards()
    board = Board.objects.get()
    make_submission(ada, 70)
    make_rep(team, "Ben", total=65)

    with transaction.atomic():
        Standing.objects.select_for_update().get()  # the worker has the board and comes to this row
        rank_board.delay(board.pk)
        assert until(somebody_waits)
        worker.kill()
    assert places(board) == [(1, "Ada", 60)]
    worker.start()
    sweep.delay()

    assert until(lambda: places(board) == [(1, "Ada", 70), (2, "Ben", 65)])
    assert (list(differing_boards()), differing_counts()) == ([], [])


@pytest.fixture
def refusing():
    """A broker's address at which nobody listens."""
    return f"redis://127.0.0.1:{free_port()}/0"


@pytest.fixture
def silent():
    """A broker's address at which somebody takes the call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.mark.soak
@pytest.mark.parametrize("broker", ["refusing", "silent"])
def test_without_a_broker_a_submission_is_stored_at_once_and_ranked_by_the_sweep(live, browse, start, request, broker):
    team = make_team("North", make_organization())
    ada = make_rep(team, "Ada")
    port = free_port()
    web = start("web-alone", site.web(port), CELERY_BROKER_URL=request.getfixturevalue(broker))
    site.wait_for(web, port)
    browser, _ = visitor(live, browse, ada)
    today = team.organization.today()

    began = time.monotonic()
    answer = browser.post(port, "/submit/", taken_on=today, total=61)
    took = time.monotonic() - began

    assert answer == (302, f"/submit/saved/{ada.submissions.get().pk}/")
    assert took < QUICK
    assert Submission.objects.get().total == 61
    rank_stale_boards()
    assert places(Board.objects.get()) == [(1, "Ada", 61)]


@pytest.mark.soak
def test_a_burst_of_forty_is_ranked_by_two_workers_without_losing_one(live, worker, browse, start):
    team = make_team("North", make_organization())
    reps = [make_rep(team, f"Rep {number}", login=False) for number in range(40)]
    start("worker-two", [*site.worker(1), "--hostname=two"])
    assert until(lambda: len(app.control.ping(timeout=0.5)) == 2)
    grace, port = visitor(live, browse, make_manager(team))
    today = team.organization.today()
    grace.get(port, "/")  # the browser's cookies are complete

    def submit(number):
        return grace.post(port, f"/reps/{reps[number].pk}/submit/", taken_on=today, total=30 + number)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(submit, range(40)))

    assert answers == [(302, f"/reps/{rep.pk}/") for rep in reps]
    assert until(lambda: not Board.objects.stale().exists())
    board = Board.objects.get()
    assert places(board) == [(41 - rank, f"Rep {rank - 1}", 29 + rank) for rank in range(40, 0, -1)]
    assert board.version <= 20  # a run for each would be 40
    assert (list(differing_boards()), differing_counts()) == ([], [])


@pytest.mark.django_db
def test_boards_may_be_ranked_in_any_order_and_twice():
    team = make_team("North", make_organization())
    ada, ben = make_rep(team, "Ada"), make_rep(team, "Ben")
    months = [this_month(team.organization) - back for back in range(3)]
    for month in months:
        make_submission(ada, 50 + month.number % 7, month=month)
        make_submission(ben, 53, month=month)
    boards = list(Board.objects.order_by("month").values_list("pk", flat=True))

    results = []
    for order in permutations(boards):
        Board.objects.update(stale_since="2020-01-01T00:00Z")
        for board in order * 2:
            rank_boards([board])
        results.append(set(Standing.objects.values_list("board_id", "member_id", "rank", "climb", "previous_id")))

    assert results == results[:1] * 6
    assert (list(differing_boards()), differing_counts()) == ([], [])
