"""History: filled by imports in any order, open for more of them, and closed together, without news to anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.checks import differing_boards, differing_counts
from teams.actions.imports import intake, storing
from teams.actions.messages.news import tell_news
from teams.actions.months import history
from teams.actions.months.closing import amend_by_withdrawing, close_month, due_boards
from teams.models import Act, AuditEntry, Board, Delivery, Import, Submission
from teams.rules.errors import Refused
from teams.words.figures import month_name
from tests.actions.imports.test_imports import judged, months, receive, store
from tests.makers import make_admin, make_manager, make_organization, make_rep, make_team, places

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


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
    columns = months(team, count)
    return f"Name,{','.join(map(str, columns))}\n{name},{','.join(str(50 + place) for place in range(count))}\n"


def closed(team):
    """The closed months, and who closed each."""
    boards = Board.objects.filter(team=team, closed_at__isnull=False).order_by("month")
    return [(board.month, board.closed_by) for board in boards]


def test_history_stays_open_for_the_next_import(team, alan):
    store(receive(team, alan, sheet(team, 4)))

    store(receive(team, alan, sheet(team, 4, "Ben")))

    assert closed(team) == []
    assert [places(Board.objects.get(team=team, month=month)) for month in months(team, 4)] == [
        [(1, "Ada", total), (1, "Ben", total)] for total in (50, 51, 52, 53)
    ]
    assert (differing_counts(), list(differing_boards(Board.objects.values_list("pk", flat=True)))) == ([], [])


def test_a_manager_says_that_it_is_complete_and_its_months_close_together(team, alan, grace):
    store(receive(team, alan, sheet(team, 4)))
    now = timezone.now()

    history.complete(team, now, grace)

    *past, _ = months(team, 4)
    assert closed(team) == [(month, grace) for month in past]
    assert set(Board.objects.filter(closed_at__isnull=False).values_list("closed_at", flat=True)) == {now}
    entry = AuditEntry.objects.filter(act=Act.HISTORY_COMPLETE).get()
    assert entry.sentence == f"Grace closed the history: {', '.join(month_name(month) for month in past)}."
    assert judged(receive(team, alan, sheet(team, 4, "Ben")))[2:] == [("D2", "error", "closed"), ("E2", "member", "")]
    assert history.complete(team, now, grace) == []


def test_history_that_closes_is_no_news(team, alan, grace):
    store(receive(team, alan, sheet(team, 4)))
    history.complete(team, timezone.now(), alan)

    tell_news(timezone.now())

    assert list(Delivery.objects.all()) == []


def test_it_closes_by_itself_with_the_first_regular_closing_after_the_import(team, alan):
    store(receive(team, alan, sheet(team, 3)))
    Import.objects.update(ended_at=timezone.now())
    moment = team.organization.next_closing(timezone.now())
    two_weeks = timezone.now() + timedelta(days=14)

    assert history.closing_of_history(team) == pytest.approx(min(moment, two_weeks), abs=A_MINUTE)


def test_it_closes_by_itself_two_weeks_after_the_last_import(old_team, alan):
    store(receive(old_team, alan, sheet(old_team, 3)))
    imported = old_team.organization.next_closing(timezone.now()) + A_MINUTE  # the next closing is weeks away
    Import.objects.update(ended_at=imported)
    due = imported + timedelta(days=14)

    assert history.closing_of_history(old_team) == due
    assert (history.due_teams(due - A_MINUTE), history.due_teams(due)) == ([], [old_team])


def test_what_is_due_is_found_and_closed_by_the_clock(team, alan):
    store(receive(team, alan, sheet(team, 3)))
    moment = history.closing_of_history(team)
    assert [history.due_teams(moment - A_MINUTE), history.due_teams(moment)] == [[], [team]]

    history.complete(team, moment)

    assert closed(team) == [(month, None) for month in months(team, 3)[:2]]
    assert history.due_teams(moment) == []


def test_the_clock_closes_no_month_of_history_as_if_it_were_a_regular_one(old_team, alan):
    store(receive(old_team, alan, sheet(old_team, 6)))

    assert due_boards(timezone.now()) == []


def test_closed_too_early_it_is_opened_again_until_the_regular_closing(team, alan, grace):
    store(receive(team, alan, sheet(team, 3)))
    now = timezone.now()
    history.complete(team, now, grace)

    history.open_again(team, now, grace)
    store(receive(team, alan, sheet(team, 3, "Ben")))

    assert closed(team) == []
    history.complete(team, now, grace)
    with pytest.raises(Refused, match="The history of North is final"):
        history.open_again(team, history.closing_of_history(team), grace)


def test_what_the_clock_closed_is_not_opened_again(team, alan, grace):
    store(receive(team, alan, sheet(team, 3)))
    history.complete(team, timezone.now())

    with pytest.raises(Refused, match="is final"):
        history.open_again(team, timezone.now(), grace)


def test_history_that_was_amended_is_not_opened_again(team, alan, grace):
    store(receive(team, alan, sheet(team, 3) + "Ben,1,2,3\n"))
    history.complete(team, timezone.now(), grace)
    board = Board.objects.filter(team=team, closed_at__isnull=False).earliest("month")
    wrong = Submission.objects.get(month=board.month, total=1)
    amend_by_withdrawing(board, wrong, alan, "Of somebody else", timezone.now())

    with pytest.raises(Refused, match="is final"):
        history.open_again(team, timezone.now(), grace)


def test_months_of_ones_time_here_are_history_where_they_were_empty(old_team, alan):
    before, due, *_ = months(old_team, 4)  # on a month's first days the closing of the last one is to come
    make_rep(old_team, "Ben", total=40, month=before)
    rank_stale_boards()

    store(receive(old_team, alan, f"Name,{before},{due}\nAda,50,51\n"))

    assert list(Board.objects.filter(in_history=True).values_list("month", flat=True)) == [due]


@pytest.fixture
def empty(old_team):
    """A month of two months ago, closed by the clock with nothing stored."""
    board = Board.objects.create(team=old_team, month=months(old_team, 3)[0], stale_since=LONG_AGO)
    return close_month(board.pk, timezone.now().replace(microsecond=0))


def test_an_admin_fills_a_month_that_was_closed_with_nothing_stored(empty, old_team, alan, grace):
    tell_news(timezone.now())
    told = Delivery.objects.count()

    store(receive(old_team, alan, sheet(old_team, 3)))
    history.complete(old_team, timezone.now(), alan)
    tell_news(timezone.now())

    assert (empty.month, alan) in closed(old_team)
    assert places(empty) == [(1, "Ada", 50)]
    assert Delivery.objects.count() == told


def test_a_manager_fills_no_closed_month_even_where_nothing_is_stored(empty, old_team, grace):
    upload = receive(old_team, grace, sheet(old_team, 3))

    assert judged(upload)[0] == ("B2", "error", "closed")


def test_a_closed_month_whose_only_reading_was_taken_back_is_filled_by_amendments_only(team, alan):
    store(receive(team, alan, sheet(team, 2)))
    history.complete(team, timezone.now(), alan)
    board = Board.objects.get(team=team, closed_at__isnull=False)
    amend_by_withdrawing(board, Submission.objects.get(month=board.month), alan, "Of somebody else", timezone.now())

    assert judged(receive(team, alan, sheet(team, 2, "Ben")))[0] == ("B2", "error", "closed")


def test_taken_back_history_is_open_and_empty_and_left_to_the_next_import(team, alan):
    upload = store(receive(team, alan, sheet(team, 3)))

    storing.take_back(upload, alan)
    rank_stale_boards()

    assert [(places(board), board.closed_at) for board in Board.objects.filter(team=team)] == [([], None)] * 3
    store(receive(team, alan, sheet(team, 3, "Ben")))
    assert [places(board) for board in Board.objects.order_by("month")] == [
        [(1, "Ben", total)] for total in (50, 51, 52)
    ]


def test_an_import_into_history_that_is_closed_is_not_taken_back(team, alan):
    upload = store(receive(team, alan, sheet(team, 3)))
    history.complete(team, timezone.now(), alan)

    with pytest.raises(Refused, match=f"{month_name(months(team, 3)[0])} is closed"):
        storing.take_back(upload, alan)

    assert Submission.objects.counting().count() == 3
    history.open_again(team, timezone.now(), alan)
    storing.take_back(upload, alan)
    assert Submission.objects.counting().count() == 0


def test_no_file_is_needed_to_say_it_is_complete(team, alan):
    make_rep(team, "Ada", total=40, month=months(team, 2)[0])

    assert history.complete(team, timezone.now(), alan) == months(team, 2)[:1]
    assert intake.candidates(team) != []
