"""The demo: what it shows on any day, how it stays alive, and that it goes without a trace."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from teams.actions.boards import rank_stale_boards
from teams.actions.demo import fill_demo, remove_demo
from teams.actions.refusals import Refused
from teams.actions.submissions import submit
from teams.models import (
    AuditEntry,
    Board,
    Challenge,
    Counter,
    Figure,
    Leave,
    Member,
    Membership,
    Organization,
    Recalibration,
    Role,
    Source,
    Submission,
    Team,
    User,
    Withdrawal,
)
from teams.models.figures import dots_of
from teams.models.goal_progress import progress_of
from teams.rules.closing import closes_at
from teams.rules.correlation import spearman
from teams.rules.months import Month, months_between
from teams.rules.scores import adds_up
from tests.makers import make_display, make_import, make_organization, make_rep, make_team

AFTERNOON = datetime(2026, 11, 23, 14, tzinfo=UTC)
MOMENTS = {
    "the first of March": datetime(2027, 3, 1, 0, 5, tzinfo=UTC),
    "the leap day": datetime(2028, 2, 29, 12, tzinfo=UTC),
    "the end of the year, which has ended in the east": datetime(2026, 12, 31, 20, tzinfo=UTC),
    "new year in Berlin": datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
    "the middle of a month": datetime(2027, 7, 15, 6, tzinfo=UTC),
    "an hour before closing": datetime(2026, 12, 3, 16, 0, tzinfo=UTC),
}
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SIGN_INS = [
    "rep@demo.example",
    "manager@demo.example",
    "admin@demo.example",
    "viewer@demo.example",
    "manager@other.example",
]


@pytest.fixture(scope="module", params=MOMENTS.values(), ids=MOMENTS.keys())
def now(request, django_db_setup, django_db_blocker):
    """The moment at which the demo was made that a test looks at."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True, PASSWORD_HASHERS=QUICK):
        fill_demo(request.param)
        yield request.param
        transaction.set_rollback(True)


@pytest.fixture
def demo(db, settings):
    """Makes the demo, or brings it up to date, at a moment."""
    settings.DEMO, settings.PASSWORD_HASHERS = True, QUICK
    return fill_demo


def today(team, now):
    return now.astimezone(ZoneInfo(team.organization.time_zone)).date()


def this_month(team, now):
    return Month.of(today(team, now))


def mid_market():
    return Team.objects.select_related("organization").get(slug="mid-market")


def rep():
    return Member.objects.get(user__email="rep@demo.example")


def everything():
    """Every row of every table that holds something of somebody, as text."""
    models = [model for label in ("teams", "account") for model in apps.get_app_config(label).get_models()]
    return {f"{model.__name__} {row}" for model in models for row in model._default_manager.values()}


# What it shows, on any day


def test_two_organizations_have_three_teams_of_5_14_and_40(now):
    sizes = {
        (team.organization.name, team.slug): team.memberships.active().count()
        for team in Team.objects.select_related("organization")
    }
    assert sizes == {
        ("Brightwater", "mid-market"): 14,
        ("Brightwater", "enterprise"): 40,
        ("Alder & Finch", "sales"): 5,
    }


def test_the_sign_ins_belong_to_the_team_of_14(now):
    roles = mid_market().memberships.exclude(member__user=None).values_list("member__user__email", "role")
    assert dict(roles) == {
        "rep@demo.example": Role.REP,
        "manager@demo.example": Role.MANAGER,
        "admin@demo.example": Role.REP,
        "viewer@demo.example": Role.VIEWER,
    }


def test_there_are_fourteen_months_of_boards_up_to_this_one(now):
    for team in Team.objects.select_related("organization"):
        this = this_month(team, now)
        months = list(team.boards.order_by("month").values_list("month", flat=True))
        assert months == [this - n for n in reversed(range(14))]


def test_at_least_ten_of_fourteen_have_submitted_this_month(now):
    board = mid_market().boards.get(month=this_month(mid_market(), now))
    assert board.submitted >= 10
    assert board.standings.count() == board.submitted
    assert board.is_complete


def test_the_rep_has_a_history_and_nothing_this_month(now):
    months = rep().scores.order_by("month").values_list("month", flat=True)
    this = this_month(mid_market(), now)
    assert list(months) == [this - n for n in range(13, 0, -1)]


def test_two_reps_share_a_place_this_month(now):
    ranks = mid_market().boards.get(month=this_month(mid_market(), now)).standings.values_list("rank", flat=True)
    assert len(set(ranks)) < len(ranks)


def test_every_month_has_silent_and_away_reps_and_is_complete(now):
    enterprise = Team.objects.get(slug="enterprise")
    for board in enterprise.boards.all():
        reps = Member.objects.competing_in(enterprise, board.month).with_access(board.month)
        ranked = set(board.standings.values_list("member_id", flat=True))
        away = Leave.objects.away_in(board.month) & set(reps.values_list("pk", flat=True))
        assert board.is_complete
        assert away
        assert away.isdisjoint(ranked)
        assert board.expected == reps.count() - len(away)
        assert board.submitted < board.expected


def test_one_rep_of_the_team_of_14_is_away_and_another_one_silent(now):
    team, this = mid_market(), this_month(mid_market(), now)
    missing = Member.objects.competing_in(team, this).exclude(standings__board__month=this)
    away = Leave.objects.away_in(this)
    assert missing.filter(pk__in=away).count() == 1
    assert missing.exclude(pk__in=away).exclude(pk=rep().pk).count() == 1


def test_no_reading_is_from_the_future_or_typed_before_it_was_taken(now):
    for submission in Submission.objects.select_related("member__organization"):
        zone = ZoneInfo(submission.member.organization.time_zone)
        assert submission.typed_at <= now
        assert submission.taken_on == submission.typed_at.astimezone(zone).date()
        assert submission.taken_on in submission.month


def test_every_reading_that_counts_adds_up_and_has_its_pillars(now):
    for submission in Submission.objects.counting():
        assert None not in submission.pillars.values()
        assert adds_up(submission.total, submission.pillars)


def test_scores_reach_from_beginners_to_leaders(now):
    totals = Submission.objects.counting().values_list("total", flat=True)
    assert min(totals) <= 18
    assert max(totals) >= 68


def test_some_readings_were_corrected_and_some_withdrawn(now):
    corrections = Submission.objects.exclude(replaces=None)
    assert corrections.filter(source=Source.MANAGER).exclude(reason="").exists()
    assert corrections.exclude(source=Source.MANAGER).exists()
    assert 3 <= corrections.count() <= 30
    assert 1 <= Withdrawal.objects.count() <= 20


def test_some_read_more_than_once_in_a_month(now):
    month = this_month(mid_market(), now) - 1
    readings = Submission.objects.counting().filter(month=month)
    assert readings.count() > readings.values("member").distinct().count()


def test_a_recalibration_five_months_ago_took_three_or_four_points(now):
    for mark in Recalibration.objects.select_related("organization"):
        day = now.astimezone(ZoneInfo(mark.organization.time_zone)).date()
        assert Month.of(mark.day) == Month.of(day) - 5
        assert mark.shift in (-3, -4)
    assert Recalibration.objects.count() == 2


def test_after_the_recalibration_everybody_read_again(now):
    day = Recalibration.objects.get(organization=mid_market().organization).day
    late = Submission.objects.counting().filter(taken_on__gte=day, month=Month.of(day))
    for board in Board.objects.filter(team__organization=mid_market().organization, month=Month.of(day)):
        ranked = set(board.standings.values_list("member_id", flat=True))
        assert ranked <= set(late.values_list("member_id", flat=True))


def test_months_are_closed_when_it_is_time_and_open_until_then(now):
    for board in Board.objects.select_related("team__organization"):
        moment = closes_at(board.month, ZoneInfo(board.team.organization.time_zone))
        assert board.closed_at == (moment if moment <= now else None)
        assert board.stale_since is None
        assert board.version == 1
    assert Board.objects.filter(closed_at=None).count() >= 3


def test_people_came_went_moved_and_lost_access(now):
    left = Membership.objects.exclude(left_on=None).select_related("member")
    moved = [past.member.name for past in left if past.member.memberships.active().exists()]
    gone = [past.member.name for past in left if not past.member.memberships.active().exists()]
    lost = Member.objects.exclude(no_access_since=None)
    assert moved == ["Tomasz Zieliński"]
    assert gone == ["Pavel Dvořák"]
    assert [member.name for member in lost] == ["Noor van Dijk"]
    assert max(lost.get().scores.values_list("month", flat=True)) < Month.of(lost.get().no_access_since)
    assert Membership.objects.filter(role=Role.MANAGER, competing=True).count() == 2


def test_teams_and_the_rep_have_goals_to_reach_and_one_that_is_reached(now):
    for team in Team.objects.select_related("organization"):
        rows = progress_of(team.goals.with_owners(), today(team, now))
        assert [(row.goal.kind, row.state) for row in rows[:1]] == [("mean", "reached")]
        assert [row.goal.kind for row in rows[1:]] == ["mean", "everybody"]
        assert {"reached", "missed", "waiting"}.isdisjoint(row.state for row in rows[1:])
    own = progress_of(rep().goals.with_owners(), today(mid_market(), now))
    assert [row.goal.shared for row in own] == [False, True]
    assert {"reached", "missed", "waiting"}.isdisjoint(row.state for row in own)


def test_every_team_plays_for_something_and_the_rep_is_in_a_duel(now):
    rep = Member.objects.get(user__email="rep@demo.example")
    plus_five = Challenge.objects.open().filter(kind="gain")

    assert sorted(plus_five.values_list("teams", flat=True)) == sorted(Team.objects.values_list("pk", flat=True))
    assert Challenge.objects.open_duels_of(rep).count() == 1


def test_nobody_competes_without_history_in_their_old_team(now):
    moved = Member.objects.get(name="Tomasz Zieliński")
    teams = moved.standings.order_by("board__month").values_list("board__team__slug", flat=True)
    assert list(dict.fromkeys(teams)) == ["enterprise", "mid-market"]


# The sign-ins


def test_each_sign_in_has_a_password_that_works_and_a_verified_address(demo):
    sign_ins = demo(AFTERNOON)
    assert [email for email, _ in sign_ins] == SIGN_INS
    assert [User.objects.get(email=email).check_password(word) for email, word in sign_ins] == [True] * 5
    assert EmailAddress.objects.filter(verified=True, primary=True, email__in=SIGN_INS).count() == 5
    assert min(len(password) for _, password in sign_ins) >= 12
    assert len({password for _, password in sign_ins}) == 5


def test_a_sign_in_gets_its_password_back(demo):
    before = demo(AFTERNOON)
    user = User.objects.get(email="rep@demo.example")
    user.set_password("something of my own")
    user.save()
    assert demo(AFTERNOON) == before
    assert User.objects.get(email="rep@demo.example").check_password(before[0].password)


def test_another_secret_key_makes_other_passwords(demo, settings):
    before = demo(AFTERNOON)
    settings.SECRET_KEY = "another secret key that is long enough"
    after = demo(AFTERNOON)
    assert {password for _, password in before}.isdisjoint(password for _, password in after)
    assert User.objects.get(email=after[0].email).check_password(after[0].password)


def test_the_command_prints_the_sign_ins_each_time(db, settings, capsys):
    settings.DEMO = True
    call_command("demo")
    first = capsys.readouterr().out
    call_command("demo")
    assert capsys.readouterr().out == first
    assert [line.split("  ")[0] for line in first.splitlines()] == SIGN_INS
    assert all(len(line.split(" ")) == 3 for line in first.splitlines())


# When there is none


@pytest.mark.django_db
def test_it_is_refused_where_demo_mode_is_off(settings):
    settings.DEMO = False
    with pytest.raises(Refused):
        fill_demo(AFTERNOON)
    with pytest.raises(CommandError, match="The demo is switched off"):
        call_command("demo")
    assert everything() == set()


def test_a_site_with_a_team_of_its_own_is_left_alone(demo, capsys):
    make_rep(make_team("North"), "Ada", total=50)
    before = everything()
    call_command("demo")
    assert demo(AFTERNOON) == []
    assert everything() == before
    assert capsys.readouterr().out == ""


# Later


def test_a_second_start_changes_nothing(demo):
    demo(AFTERNOON)
    before = everything()
    demo(AFTERNOON)
    demo(AFTERNOON + timedelta(days=3))
    assert everything() == before


def test_what_somebody_submitted_stays(demo):
    demo(datetime(2026, 11, 1, 9, tzinfo=UTC))
    day = datetime(2026, 11, 1).date()
    mine = Submission(member=rep(), month=Month.of(day), taken_on=day, total=88, source=Source.TYPED, typed_by=rep())
    submit(mine)
    demo(datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert list(rep().submissions.filter(month=Month.of(day))) == [mine]


@pytest.mark.parametrize(
    ("later", "months"), [(datetime(2026, 12, 1, 8, tzinfo=UTC), 1), (datetime(2027, 2, 1, 8, tzinfo=UTC), 3)]
)
def test_it_is_alive_in_a_later_month(demo, later, months):
    demo(AFTERNOON)
    before = set(Submission.objects.values_list("pk", flat=True))

    demo(later)

    board = mid_market().boards.get(month=Month.of(later.date()))
    open_months = mid_market().boards.filter(closed_at=None).order_by("month").values_list("month", flat=True)
    assert set(Submission.objects.values_list("pk", flat=True)) > before
    assert board.submitted >= 10
    assert list(open_months) == [board.month - 1, board.month]
    assert mid_market().boards.count() == 14 + months
    assert rep().scores.filter(month=board.month - 1).exists()
    assert not rep().scores.filter(month=board.month).exists()
    assert Recalibration.objects.count() == 2
    assert not Board.objects.stale().exists()


def test_closed_months_keep_their_figures(demo):
    demo(AFTERNOON)
    closed = list(Board.objects.filter(closed_at__isnull=False).order_by("pk").values())
    demo(datetime(2027, 1, 20, tzinfo=UTC))
    assert list(Board.objects.filter(pk__in=[board["id"] for board in closed]).order_by("pk").values()) == closed


def test_meetings_are_counted_and_hang_on_the_score_only_a_little(demo):
    demo(AFTERNOON)
    counted = Figure.objects.count()
    demo(AFTERNOON)

    year = months_between(Month(2025, 11), Month(2026, 10))
    counters = Counter.objects.order_by("team__name")
    found = {counter.team.name: _correlation(counter, year) for counter in counters}
    assert (Figure.objects.count(), list(found)) == (counted, ["Enterprise", "Mid-market", "Sales"])
    assert found["Sales"] is None  # five people are too few to tell
    assert 0 < found["Enterprise"].value < 0.6
    assert found["Mid-market"].says == "nothing"


def _correlation(counter, months):
    return spearman([(float(dot.score), float(dot.figure)) for dot in dots_of(counter, months)])


def test_people_whom_somebody_added_get_no_invented_scores(demo):
    demo(AFTERNOON)
    added = make_rep(mid_market(), "Zoe", login=False)
    demo(datetime(2026, 12, 20, tzinfo=UTC))
    assert not added.submissions.exists()


# Away with it


def test_removal_leaves_other_organizations_untouched_and_nothing_behind(demo):
    demo(AFTERNOON)
    before = everything()
    own = make_team("North", make_organization("Acme"))
    make_rep(own, "Ada", total=50)
    make_rep(own, "Bob", total=60)
    rank_stale_boards()
    mine = everything() - before
    remove_demo()
    assert everything() == mine
    assert Organization.objects.count() == 1


def test_removal_takes_what_visitors_have_made_too(demo):
    demo(AFTERNOON)
    team = Team.objects.exclude(memberships=None).first()
    manager = Member.objects.get(memberships__team=team, memberships__role="manager")
    make_import(team, manager)
    make_display(team, manager)

    remove_demo()

    assert everything() == set()


def test_after_removal_submissions_are_append_only_again(demo):
    demo(AFTERNOON)
    remove_demo()
    member = make_rep(make_team("North", make_organization("Acme")), "Ada", total=50)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        member.submissions.all().delete()


@pytest.mark.django_db
def test_removal_where_there_is_no_demo_does_nothing():
    remove_demo()
    assert everything() == set()


def test_the_log_tells_what_is_stored_and_is_told_once(demo):
    demo(AFTERNOON)
    said = [entry.sentence for entry in AuditEntry.objects.for_pages()]
    demo(AFTERNOON + timedelta(days=1))

    assert AuditEntry.objects.count() == len(said) > 50
    assert [sentence.partition(" ")[2] for sentence in said if sentence.startswith("The clock")]
    assert "Somebody" not in " ".join(said)
