"""History closes with the import that brings it, is no news to anybody, and opens when the import is taken back."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from teams.actions.boards import rank_stale_boards
from teams.actions.checks import differing_counts
from teams.actions.imports import storing
from teams.actions.messages.news import tell_news
from teams.actions.months import amend_by_withdrawing, close_month, due_boards
from teams.models import Board, Delivery, Revision, Submission
from teams.rules.errors import Refused
from teams.words.figures import month_name
from tests.actions.test_imports import judged, months, receive, store
from tests.makers import make_admin, make_manager, make_organization, make_rep, make_team, places

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def team(db):
    return make_team("North", make_organization())


@pytest.fixture
def old_team(team):
    """A team of an organization that is here for years."""
    team.organization.created_at = LONG_AGO
    team.organization.save()
    return team


@pytest.fixture
def alan(team):
    return make_admin(team.organization)


@pytest.fixture
def grace(team):
    return make_manager(team)


def sheet(team, count, name="Ada"):
    """A sheet of this month and those before it."""
    return sheet_of(months(team, count), name)


def sheet_of(columns, name="Ada"):
    """A sheet of these months: 50, 51 and so on."""
    return f"Name,{','.join(map(str, columns))}\n{name},{','.join(str(50 + place) for place in range(len(columns)))}\n"


def due_months(team, count):
    """The last months whose closing has come on any day: on the first days of a month, last month's has not."""
    return months(team, count + 2)[:count]


def closed(team):
    """The closed months, and who closed each."""
    boards = Board.objects.filter(team=team, closed_at__isnull=False).order_by("month")
    return [(board.month, board.closed_by) for board in boards]


def test_history_closes_with_its_import_and_this_month_stays_open(team, alan):
    upload = store(receive(team, alan, sheet(team, 4)))

    *history, current = months(team, 4)
    assert closed(team) == [(month, alan) for month in history]
    assert set(upload.closed.values_list("month", flat=True)) == set(history)
    assert [places(Board.objects.get(team=team, month=month)) for month in history] == [
        [(1, "Ada", total)] for total in (50, 51, 52)
    ]
    assert Board.objects.get(team=team, month=current).closed_at is None
    assert differing_counts() == []


def test_a_month_that_closes_with_an_import_is_no_news(team, alan, grace):
    store(receive(team, alan, sheet(team, 4)))

    tell_news(timezone.now())

    assert list(Delivery.objects.all()) == []


def test_a_month_of_ones_time_here_closes_with_the_import_where_it_was_empty(old_team, alan):
    before, last = due_months(old_team, 2)
    make_rep(old_team, "Ben", total=40, month=before)
    rank_stale_boards()

    store(receive(old_team, alan, sheet_of([before, last])))

    assert closed(old_team) == [(last, alan)]


@pytest.fixture
def empty(old_team):
    """A month that was closed by the clock with nothing stored."""
    board = Board.objects.create(team=old_team, month=due_months(old_team, 1)[0], stale_since=LONG_AGO)
    return close_month(board.pk, timezone.now().replace(microsecond=0))


def test_an_admin_fills_a_month_that_was_closed_with_nothing_stored(empty, old_team, alan, grace):
    tell_news(timezone.now())
    told = Delivery.objects.count()

    store(receive(old_team, alan, sheet_of([empty.month])))
    tell_news(timezone.now())

    assert closed(old_team) == [(empty.month, alan)]
    assert places(empty) == [(1, "Ada", 50)]
    assert Delivery.objects.count() == told


def test_a_manager_fills_no_closed_month_even_where_nothing_is_stored(empty, old_team, grace):
    upload = receive(old_team, grace, sheet_of([empty.month]))

    assert judged(upload) == [("B2", "error", "closed")]


def test_a_closed_month_that_holds_something_takes_no_second_import(team, alan):
    store(receive(team, alan, sheet(team, 2)))

    again = receive(team, alan, sheet(team, 2, "Ben"))

    assert judged(again) == [("B2", "error", "closed"), ("C2", "member", "")]


def test_a_closed_month_whose_only_reading_was_taken_back_is_filled_by_amendments_only(team, alan):
    store(receive(team, alan, sheet(team, 2)))
    board = Board.objects.get(team=team, closed_at__isnull=False)
    amend_by_withdrawing(board, Submission.objects.get(month=board.month), alan, "Of somebody else", timezone.now())

    assert judged(receive(team, alan, sheet(team, 2, "Ben")))[0] == ("B2", "error", "closed")


def test_taken_back_history_is_open_and_empty_and_left_to_the_next_import(team, alan):
    upload = store(receive(team, alan, sheet(team, 3)))

    storing.take_back(upload, alan)
    rank_stale_boards()

    boards = Board.objects.filter(team=team)
    assert [(places(board), board.closed_at, board.closed_with) for board in boards] == [([], None, None)] * 3
    assert due_boards(timezone.now()) == []
    store(receive(team, alan, sheet(team, 3, "Ben")))
    assert [month for month, _ in closed(team)] == months(team, 3)[:2]


def test_taken_back_what_the_clock_had_closed_is_closed_and_empty_again(empty, old_team, alan):
    upload = store(receive(old_team, alan, sheet_of([empty.month])))

    storing.take_back(upload, alan)

    assert (closed(old_team), places(empty)) == ([(empty.month, alan)], [])
    tell_news(timezone.now())
    assert list(Delivery.objects.all()) == []


def test_an_import_whose_month_was_amended_since_is_not_taken_back(team, alan):
    upload = store(receive(team, alan, sheet(team, 3) + "Ben,1,2,3\n"))
    board = Board.objects.filter(team=team, closed_at__isnull=False).earliest("month")
    wrong = Submission.objects.get(month=board.month, total=1)
    amend_by_withdrawing(board, wrong, alan, "Of somebody else", timezone.now())
    before = closed(team)

    with pytest.raises(Refused, match=f"{month_name(board.month)} is closed"):
        storing.take_back(upload, alan)

    assert closed(team) == before
    assert Revision.objects.count() == 1
    assert Submission.objects.counting().count() == 5
