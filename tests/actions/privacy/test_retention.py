"""What an organization has kept long enough goes, each organization by its own setting; all that is younger stays."""

from copy import deepcopy
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from teams.actions import checks, confirmations, submissions
from teams.actions.audit import record
from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.months.closing import amend, close_month
from teams.actions.people.memberships import reactivate
from teams.actions.privacy import erasures, retention
from teams.actions.privacy.append_only import erasing
from teams.models import Act, AuditEntry, Board, Erasure, Member, Moment, Submission
from teams.rules.errors import Refused
from teams.rules.months import Month, months_between
from teams.words.figures import month_name
from tests.makers import (
    days_ago,
    make_counter,
    make_debt,
    make_delivery,
    make_goal,
    make_leave,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    make_thanks,
    places,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BEGUN = 27
"""Months ago in which both organizations began."""

WHEN = {
    "Board": "month", "Standing": "board__month", "Revision": "board__month",
    "RevisedStanding": "revision__board__month", "ScoreCount": "month", "Challenge": "starts_on",
    "Settlement": "challenge__starts_on", "Debt": "settlement__challenge__starts_on", "Entry": "challenge__starts_on",
    "Goal": "started_on", "GoalStart": "goal__started_on", "Figure": "month", "Delivery": "created_at",
    "Moment": "noticed_at", "Thanks": "given_at",
    "AuditEntry": "at",
}  # fmt: skip
"""How each table that goes with the boards says when its rows are from."""
READINGS = {
    "Submission": "month", "Withdrawal": "submission__month", "Confirmation": "submission__month",
    "Leave": "ends_on",
}  # fmt: skip
"""The same for what goes three months later."""
ELSEWHERE = {
    "Outcome", "RecalibrationChoice",  # with their challenge
    "Import", "ImportSheet", "ImportPerson", "ImportRow", "SubmissionLink", "Invitation",  # tests of their own
    "AccountMail", "ApiAnswer",  # the same
    "Score",  # a view
}  # fmt: skip
STAYS = {
    "Organization", "Team", "User", "Member", "Membership", "Face", "Logo", "ApiToken", "CalendarFeed", "Endpoint",
    "Display", "Webhook", "Counter", "ShareLink", "SlackApp", "SlackUser",
    "RememberedColumns", "RememberedTable", "RememberedPerson", "FormerName", "Merge",
    "Sweep", "Recalibration", "RecalibrationSuggestion", "Unsubscription", "UnsubscribeLink", "Erasure",
}  # fmt: skip
"""Who and what is there now, days that concern nobody in person, and the proofs of what somebody did not want."""


def make_company(name, months, zone="UTC"):
    """A company that has submitted, closed, amended, played and written since 27 months ago."""
    organization = make_organization(name, retention_months=120, time_zone=zone)
    team = make_team(f"Team {name}", organization, slug=name.lower())
    grace = make_manager(team, f"Grace {name}")
    ada, ben = (make_rep(team, f"{each} {name}") for each in ("Ada", "Ben"))
    this = Month.of(organization.today())
    company = SimpleNamespace(organization=organization, team=team, grace=grace, ada=ada, ben=ben, this=this)
    for back in range(BEGUN, -1, -1):
        fill_month(company, this - back, back)
    rank_stale_boards()
    organization.retention_months = months
    organization.save()
    return company


def fill_month(company, month, back):
    """What happens in a month; the ids of what is in the log are those of entries of its first day."""
    grace, ada, ben, team = company.grace, company.ada, company.ben, company.team
    first = make_submission(ada, 70 - back, month=month)
    make_submission(ada, 71 - back, month=month, replaces=first)
    wrong = make_submission(ben, 90, month=month)
    confirmations.confirm(Submission.objects.filter(pk=wrong.pk), grace, [team])
    submissions.withdraw(wrong, grace, "a typo")
    make_submission(ben, 50, month=month)
    make_counter(team, grace, {ada: back, ben: 3}, month=month, name=f"Meetings {back}")
    make_leave(ben, month.first_day, month.first_day + timedelta(days=1))
    moment = datetime.combine(month.first_day, time(), ZoneInfo(company.organization.time_zone))
    make_delivery(ada, subject=f"{month} -3", created_at=moment)
    make_goal(ada, 60 + back, by=ada, started_on=month.first_day, due_on=month.last_day)
    debt = make_debt(team, grace, ada, stake=f"lunch {back}")
    challenge = debt.settlement.challenge
    challenge.starts_on = challenge.ends_on = month.first_day
    challenge.save()
    challenge.entries.create(member=ada, answer="accepted", answered_at=moment)
    AuditEntry.objects.create(organization=company.organization, team=team, actor=ada, act=Act.SIGNED_IN, at=moment)
    make_thanks(ada, ben, given_at=moment)
    Moment.objects.create(member=ada, team=team, kind="best_month", month=month, noticed_at=moment)
    if back > 0:
        rank_stale_boards()
        board = Board.objects.select_related("team").get(team=team, month=month)
        close_month(board.pk, NOW, grace)
        reading = Submission(
            member=ben, taken_on=month.last_day, month=month, total=52, typed_by=grace, source="manager", reason="late"
        )
        amend(board, reading, NOW)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Both companies, made once for all these tests: each of them works on them in a transaction of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {"acme": make_company("Acme", 15, "Pacific/Auckland"), "globex": make_company("Globex", 24)}
        transaction.set_rollback(True)


@pytest.fixture
def acme(made, db):
    return deepcopy(made["acme"])


@pytest.fixture
def globex(made, db):
    return deepcopy(made["globex"])


def rows(company):
    """What each table holds of a company, by the month that it is from."""
    at_home = company.organization
    found = {}
    for name, when in {**WHEN, **READINGS}.items():
        model = apps.get_model("teams", name)
        values = of(model, at_home).values_list("pk", when)
        found[name] = sorted((month_of(value, at_home), str(pk)) for pk, value in values)
    return found


OWNER = {
    "Board": "team__organization", "Standing": "board__team__organization", "Revision": "board__team__organization",
    "RevisedStanding": "revision__board__team__organization", "Settlement": "challenge__organization",
    "Debt": "settlement__challenge__organization", "Entry": "challenge__organization", "Goal": "member__organization",
    "GoalStart": "goal__member__organization",
    "Figure": "member__organization", "Delivery": "team__organization", "Submission": "member__organization",
    "Withdrawal": "submission__member__organization", "Confirmation": "submission__member__organization",
    "Leave": "member__organization", "Moment": "team__organization",
    "Thanks": "team__organization",
}  # fmt: skip


def of(model, organization):
    return model._default_manager.filter(**{OWNER.get(model.__name__, "organization"): organization})


def month_of(value, organization):
    if isinstance(value, datetime):
        value = organization.local(value).date()
    return value if isinstance(value, Month) else Month.of(value)


def younger(found, first):
    """The rows that are to stay: from the first month on, readings and leave from three months before it."""
    return {
        name: [row for row in listed if row[0] >= (first - 3 if name in READINGS else first)]
        for name, listed in found.items()
    }


def without_the_run(found):
    """All but the entries of today, among which is the one that tells of the run."""
    return found | {"AuditEntry": [row for row in found["AuditEntry"] if row[0] < Month.of(NOW.date())]}


def test_each_organization_loses_what_is_older_than_it_keeps_and_nothing_else(acme, globex):
    before = [rows(acme), rows(globex)]

    for company in (acme, globex):
        retention.delete_old(company.organization.pk, NOW)

    kept = [younger(before[0], acme.this - 15), younger(before[1], globex.this - 24)]
    assert [without_the_run(rows(acme)), without_the_run(rows(globex))] == [without_the_run(each) for each in kept]
    assert all(len(kept[0][name]) < len(before[0][name]) for name in [*WHEN, *READINGS])
    assert list(Board.objects.filter(team=acme.team).order_by("month").values_list("month", flat=True)) == (
        months_between(acme.this - 15, acme.this)
    )


def test_what_is_left_is_right(acme):
    boards = Board.objects.filter(team=acme.team, month__gte=acme.this - 15).order_by("month")
    before = [(board.month, board.mean, places(board)) for board in boards]

    retention.delete_old(acme.organization.pk, NOW)
    rank_stale_boards()

    boards = Board.objects.filter(team=acme.team).order_by("month")
    assert [(board.month, board.mean, places(board)) for board in boards] == before
    assert (list(checks.differing_boards()), list(checks.differing_counts())) == ([], [])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_each_run_that_deletes_leaves_one_entry_and_the_next_finds_nothing(acme, globex):
    assert retention.delete_old(acme.organization.pk, NOW) > 1
    left = rows(acme)

    assert retention.delete_old(acme.organization.pk, NOW) == 0

    entry = AuditEntry.objects.get(act=Act.RETENTION)
    assert (entry.organization, entry.team, entry.actor) == (acme.organization, None, None)
    assert entry.details == {"month": str(acme.this - 15)}
    assert entry.sentence.startswith("The clock deleted what was from before ")
    assert rows(acme) == left


def test_batches_are_small_and_a_run_that_stops_is_taken_up_by_the_next(acme, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 5)
    before = rows(acme)
    boards = len(before["Board"])
    steps = retention._too_old(acme.organization, acme.this - 15)
    retention._delete_some(next(steps), acme.organization, acme.this - 15, is_first=True)
    assert len(rows(acme)["Board"]) == boards - 5

    retention.delete_old(acme.organization.pk, NOW)

    assert without_the_run(rows(acme)) == without_the_run(younger(before, acme.this - 15))


def test_nothing_may_be_changed_afterwards_by_anything_else(acme):
    retention.delete_old(acme.organization.pk, NOW)

    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_the_demo_keeps_everything():
    demo, real = make_organization("Demo", is_demo=True), make_organization("Real")

    assert (demo.pk in retention.organizations_to_look_at(), real.pk in retention.organizations_to_look_at()) == (
        False,
        True,
    )


def test_no_reading_is_taken_for_a_month_that_is_not_kept(acme):
    retention.delete_old(acme.organization.pk, NOW)
    month = acme.this - 16
    late = Submission(
        member=acme.ada, month=month, taken_on=month.last_day, total=50, typed_by=acme.ada, source="typed"
    )

    with pytest.raises(Refused, match=f"Nothing from before {month_name(acme.this - 15)} is kept here"):
        submissions.submit(late)

    assert not acme.team.boards.filter(month=month).exists()


def test_what_still_runs_stays_however_long_ago_it_began(acme):
    long_ago = acme.organization.today() - timedelta(days=800)
    goal = make_goal(acme.ada, 99, by=acme.ada, started_on=long_ago)

    retention.delete_old(acme.organization.pk, NOW)

    goal.refresh_from_db()
    assert goal.due_on > acme.organization.today()


def test_who_was_deactivated_longer_ago_is_erased_after_a_week(acme):
    carl = make_rep(acme.team, "Carl", deactivated_on=(acme.this - 30).first_day)
    carl.memberships.update(left_on=(acme.this - 30).first_day, paused=True)
    dora = make_rep(acme.team, "Dora", deactivated_on=days_ago(acme.organization, 30))
    dora.memberships.update(left_on=days_ago(acme.organization, 30), paused=True)
    eve = make_rep(acme.team, "Eve", login=False)
    eve.memberships.update(left_on=(acme.this - 30).first_day)

    retention.delete_old(acme.organization.pk, NOW)
    retention.delete_old(acme.organization.pk, NOW)

    assert sorted(Erasure.objects.values_list("member__name", "asked_by")) == [("Carl", None), ("Eve", None)]
    later = NOW + timedelta(days=7)
    for member in erasures.due_erasures(later):
        erasures.erase(member, later)
    assert sorted(Member.objects.filter(pk__in=[carl.pk, dora.pk, eve.pk]).values_list("name", flat=True)) == [
        "Dora",
        "Former member",
        "Former member",
    ]


def test_who_is_brought_back_within_that_week_is_not_erased(acme):
    carl = make_rep(acme.team, "Carl", deactivated_on=(acme.this - 30).first_day)
    carl.memberships.update(left_on=(acme.this - 30).first_day, paused=True)
    retention.delete_old(acme.organization.pk, NOW)

    reactivate(carl, acme.organization.today())
    retention.delete_old(acme.organization.pk, NOW)

    assert not Erasure.objects.exists()


def test_tries_to_sign_in_of_nobody_go_after_the_shortest_time(db):
    record(Act.SIGN_IN_UNKNOWN)
    record(Act.SIGN_IN_UNKNOWN)
    old = AuditEntry.objects.filter(organization=None).earliest("pk")
    with erasing():
        AuditEntry.objects.filter(pk=old.pk).update(at=NOW - timedelta(days=500))

    retention.delete_nobodys(NOW)

    assert list(AuditEntry.objects.filter(organization=None).values_list("pk", flat=True)) == [old.pk + 1]


def test_every_table_is_kept_for_a_reason_or_goes():
    tables = {model.__name__ for model in apps.get_app_config("teams").get_models() if not model._meta.auto_created}

    assert tables == {*WHEN, *READINGS} | ELSEWHERE | STAYS
