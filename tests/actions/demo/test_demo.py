"""The demo: what it shows on any day, how it stays alive, and that it goes without a trace."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils.translation import override

from teams.actions.demo.site import fill_demo, remove_demo
from teams.actions.submissions import submit
from teams.models import (
    Board,
    Challenge,
    Counter,
    Goal,
    Leave,
    Member,
    Membership,
    Recalibration,
    Role,
    Source,
    Submission,
    Team,
    Thanks,
    Withdrawal,
)
from teams.queries.goals.progress import progress_of
from teams.rules.closing import closes_at
from teams.rules.errors import Refused
from teams.rules.measure import adds_up
from teams.rules.months import Month
from tests.makers import make_rep, make_team

AFTERNOON = datetime(2026, 11, 23, 14, tzinfo=UTC)
MOMENTS = {
    "the leap day": datetime(2028, 2, 29, 12, tzinfo=UTC),
    "new year in Berlin": datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
    "an hour before closing": datetime(2026, 12, 3, 16, 0, tzinfo=UTC),
    "the first of March": datetime(2027, 3, 1, 0, 5, tzinfo=UTC),
    "the end of the year, which has ended in the east": datetime(2026, 12, 31, 20, tzinfo=UTC),
    "the middle of a month": datetime(2027, 7, 15, 6, tzinfo=UTC),
}
EACH = [
    pytest.param(moment, id=name, marks=[pytest.mark.soak] * (number > 2))
    for number, (name, moment) in enumerate(MOMENTS.items())
]
"""Half of them are enough for a quick look."""
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SIGN_INS = [
    "rep@demo.example",
    "manager@demo.example",
    "admin@demo.example",
    "viewer@demo.example",
    "manager@other.example",
]


@pytest.fixture(scope="module", params=EACH)
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


def test_each_team_has_one_or_two_thanks_on_its_board(now):
    for team in Team.objects.all():
        thanks = Thanks.objects.on_board(now).filter(team=team)
        assert 1 <= len(thanks) <= 2
        assert all(each.agreed_at <= now for each in thanks)


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
        counted = [(row.goal.kind, row.goal.counter and row.goal.counter.name) for row in rows[1:]]
        assert counted == [("mean", None), ("mean", "Meetings from LinkedIn"), ("everybody", None)]
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


@pytest.mark.django_db
def test_removal_where_there_is_no_demo_does_nothing():
    remove_demo()
    assert everything() == set()


# In a later month


def test_what_somebody_submitted_stays(demo):
    demo(datetime(2026, 11, 1, 9, tzinfo=UTC))
    day = datetime(2026, 11, 1).date()
    mine = Submission(member=rep(), month=Month.of(day), taken_on=day, total=88, source=Source.TYPED, typed_by=rep())
    submit(mine)
    demo(datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert list(rep().submissions.filter(month=Month.of(day))) == [mine]


def test_what_its_people_wrote_is_read_in_the_readers_language_and_stays_as_it_was(demo):
    def texts():
        columns = [(Challenge, "title"), (Challenge, "stake"), (Goal, "text"), (Counter, "name")]
        return {text for model, field in columns for text in model.objects.values_list(field, flat=True)}

    demo(AFTERNOON)
    english = texts()
    duels = set(Challenge.objects.filter(is_duel=True).values_list("title", flat=True))

    for language in ("de", "fr", "es"):
        with override(language):
            assert texts() & english - duels <= {""}
            for challenge in Challenge.objects.all():
                challenge.save()

    assert texts() == english
