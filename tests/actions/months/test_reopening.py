"""Opening a month again that was closed early, and closing it a second time, against PostgreSQL."""

from datetime import UTC, date, datetime, timedelta

import pytest

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.challenges.news import tell_challenge_news
from teams.actions.challenges.settling import settle, settle_again
from teams.actions.messages.news import tell_news
from teams.actions.months.closing import amend, close_month, due_boards
from teams.actions.months.reopening import open_month_again
from teams.actions.submissions import closed_months
from teams.models import Act, AuditEntry, Board, Challenge, Debt, Delivery, Display, Submission
from teams.rules.errors import Refused
from teams.rules.months import Month
from tests.makers import (
    make_display,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    places,
)

pytestmark = pytest.mark.django_db
OCTOBER = Month(2026, 10)
EARLY = datetime(2026, 10, 31, 16, tzinfo=UTC)
NEXT_DAY = datetime(2026, 11, 1, 10, tzinfo=UTC)
REGULAR = datetime(2026, 11, 4, 18, tzinfo=UTC)


@pytest.fixture
def team():
    return make_team("North", make_organization(time_zone="UTC", created_at=datetime(2026, 1, 1, tzinfo=UTC)))


@pytest.fixture
def grace(team):
    return make_manager(team)


@pytest.fixture
def early(team, grace):
    """October, closed by Grace in the afternoon of its last day: Ada 60, Ben 50."""
    make_rep(team, "Ada", total=60, month=OCTOBER)
    make_rep(team, "Ben", total=50, month=OCTOBER)
    rank_stale_boards()
    return close_month(Board.objects.get(team=team, month=OCTOBER).pk, EARLY, grace)


def test_a_month_that_was_closed_early_takes_scores_again_and_closes_a_second_time(team, grace, early):
    ben = team.memberships.get(member__name="Ben").member
    open_month_again(early.pk, NEXT_DAY, grace, "Ben was on a plane")
    make_submission(ben, 70, month=OCTOBER, taken_on=date(2026, 10, 31))

    assert closed_months(ben, [OCTOBER], NEXT_DAY) == set()
    assert due_boards(REGULAR) == [early.pk]
    second = close_month(early.pk, REGULAR)
    assert (places(second), second.closed_by) == ([(1, "Ben", 70), (2, "Ada", 60)], None)
    [entry] = AuditEntry.objects.filter(act=Act.REOPENED)
    assert (entry.team, entry.actor, entry.reason) == (team, grace, "Ben was on a plane")
    assert entry.sentence == "Grace opened October 2026 again."


def test_it_is_opened_once_and_only_with_a_reason(grace, early):
    with pytest.raises(Refused, match="Say why the month is opened again"):
        open_month_again(early.pk, NEXT_DAY, grace, "")

    nudged = [open_month_again(early.pk, NEXT_DAY, grace, "Too early") for _ in range(2)]

    assert nudged == [[early.pk], []]
    assert AuditEntry.objects.filter(act=Act.REOPENED).count() == 1


@pytest.mark.parametrize(("by_hand", "now"), [(True, REGULAR), (False, REGULAR - timedelta(seconds=1))])
def test_what_the_clock_closed_or_would_have_closed_by_now_is_final(team, grace, by_hand, now):
    make_rep(team, "Ada", total=60, month=OCTOBER)
    board = close_month(Board.objects.get(team=team, month=OCTOBER).pk, EARLY, grace if by_hand else None)

    with pytest.raises(Refused, match="October 2026 is final"):
        open_month_again(board.pk, now, grace, "Too late")

    assert Board.objects.get(pk=board.pk).closed_at == EARLY


def test_amendments_of_the_first_closing_stay_readable(team, grace, early):
    ada = team.memberships.get(member__name="Ada").member
    amended = Submission(
        member=ada, month=OCTOBER, taken_on=date(2026, 10, 31), total=66, typed_by=grace, source="manager",
        replaces=ada.submissions.get(), reason="Misread",
    )  # fmt: skip
    amend(early, amended, NEXT_DAY)

    open_month_again(early.pk, NEXT_DAY, grace, "More to come")

    second = close_month(early.pk, REGULAR)
    assert places(second) == [(1, "Ada", 66), (2, "Ben", 50)]
    assert [revision.reason for revision in second.revisions.all()] == ["Misread"]


@pytest.mark.parametrize("state", ["waiting", "dropped", "sent", "uncertain"])
def test_the_second_closing_is_told_whatever_became_of_the_news_of_the_first(team, grace, early, state):
    tell_news(EARLY)
    Delivery.objects.filter(kind="month_result").update(state=state)

    open_month_again(early.pk, NEXT_DAY, grace, "Too early")
    close_month(early.pk, REGULAR)
    tell_news(REGULAR)

    told = list(Delivery.objects.filter(kind="month_result").order_by("pk").values_list("subject", "state"))
    before = [] if state in ("waiting", "dropped") else [(f"2026-10 {EARLY.isoformat()}", state)]
    assert told == [*before, ("2026-10", "waiting")]


def play(team, grace, **fields):
    """A challenge of October that Ada and Ben are in, "reach 65 for lunch", which Grace pays."""
    began = datetime(2026, 10, 1, 8, tzinfo=UTC)
    fields = {"stake_kind": "on_me", "stake": "lunch", **fields}
    days = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31)}
    challenge = Challenge.objects.create(
        organization=team.organization, maker=grace, title="Up", kind="reach", points=65, winners="everyone",
        sent_at=began, **days, **fields,
    )  # fmt: skip
    challenge.teams.add(team)
    for membership in team.memberships.filter(competing=True):
        challenge.entries.create(member=membership.member, answer="accepted", answered_at=began)
    return challenge


def test_a_challenge_that_the_early_closing_settled_waits_for_its_grace_and_is_settled_again(team, grace):
    ada, ben = make_rep(team, "Ada"), make_rep(team, "Ben")
    for rep, total in ((ada, 66), (ben, 50)):
        make_submission(rep, total, month=OCTOBER, typed_at=datetime(2026, 10, 2, tzinfo=UTC))
    challenge = play(team, grace)
    screen = make_display(team, grace, celebrated=[f"challenge-{challenge.pk}", "goal-1"])
    board = close_month(Board.objects.get(team=team, month=OCTOBER).pk, EARLY, grace)
    settled_early = datetime(2026, 11, 1, 0, 1, tzinfo=UTC)
    settle(challenge.pk, settled_early)
    tell_challenge_news(settled_early)

    open_month_again(board.pk, NEXT_DAY, grace, "Ben was on a plane")
    tell_challenge_news(NEXT_DAY)
    with pytest.raises(Refused, match="It is not settled yet"):
        settle_again(challenge, grace, NEXT_DAY)
    make_submission(ben, 70, month=OCTOBER, taken_on=date(2026, 10, 31), typed_at=NEXT_DAY)
    too_early, in_time = datetime(2026, 11, 2, 23, tzinfo=UTC), datetime(2026, 11, 3, 0, 1, tzinfo=UTC)

    assert settle(challenge.pk, too_early) is None
    second = settle(challenge.pk, in_time)
    tell_challenge_news(in_time)

    assert (second.number, {str(each.entry): each.won for each in second.outcomes.all()}) == (
        2,
        {"Ada": True, "Ben": True},
    )
    owed = Debt.objects.filter(lapsed_at=None).values_list("settlement__number", "creditor__name")
    assert sorted(owed) == [(2, "Ada"), (2, "Ben")]
    told = Delivery.objects.filter(kind="challenge_result").order_by("member__name")
    assert [(each.member, each.subject[-8:]) for each in told] == [(ada, "result 2"), (ben, "result 2")]
    assert Display.objects.get(pk=screen.pk).celebrated == ["goal-1"]


def test_a_challenge_whose_grace_was_over_by_then_stays_settled(team, grace):
    make_rep(team, "Ada", total=66, month=OCTOBER)
    challenge = play(team, grace)
    board = close_month(Board.objects.get(team=team, month=OCTOBER).pk, EARLY, grace)
    settle(challenge.pk, datetime(2026, 11, 1, 0, 1, tzinfo=UTC))

    open_month_again(board.pk, datetime(2026, 11, 3, tzinfo=UTC), grace, "One is missing")

    assert Challenge.objects.get(pk=challenge.pk).settled_at is not None
