"""The demo once it is there: its sign-ins, how it stays alive, and that it goes without a trace."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.demo.site import fill_demo, remove_demo
from teams.models import (
    AuditEntry,
    Board,
    Counter,
    Figure,
    Member,
    Organization,
    Recalibration,
    Submission,
    Team,
    User,
)
from teams.models.figures import dots_of
from teams.queries.boards.counters import counter_table
from teams.rules.insights.correlation import spearman
from teams.rules.months import Month, months_between
from tests.actions.demo.test_demo import AFTERNOON, QUICK, SIGN_INS, everything, mid_market, rep
from tests.makers import make_display, make_import, make_organization, make_rep, make_team


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The demo, made once for all these tests in the afternoon; each works on it in a transaction of its own."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True, PASSWORD_HASHERS=QUICK):
        yield fill_demo(AFTERNOON)
        transaction.set_rollback(True)


@pytest.fixture
def demo(made, db, settings):
    """Brings the demo up to date at a moment."""
    settings.DEMO, settings.PASSWORD_HASHERS = True, QUICK
    return fill_demo


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


# Later


def test_a_second_start_changes_nothing(demo):
    before = everything()
    demo(AFTERNOON)
    demo(AFTERNOON + timedelta(days=3))
    assert everything() == before


@pytest.mark.parametrize(
    ("later", "months"), [(datetime(2026, 12, 1, 8, tzinfo=UTC), 1), (datetime(2027, 2, 1, 8, tzinfo=UTC), 3)]
)
def test_it_is_alive_in_a_later_month(demo, later, months):
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
    closed = list(Board.objects.filter(closed_at__isnull=False).order_by("pk").values())
    demo(datetime(2027, 1, 20, tzinfo=UTC))
    assert list(Board.objects.filter(pk__in=[board["id"] for board in closed]).order_by("pk").values()) == closed


def test_meetings_are_counted_and_hang_on_the_score_only_a_little(demo):
    counted = Figure.objects.count()
    demo(AFTERNOON)

    year = months_between(Month(2025, 11), Month(2026, 10))
    counters = Counter.objects.order_by("team__name")
    found = {counter.team.name: _correlation(counter, year) for counter in counters}
    assert (Figure.objects.count(), list(found)) == (counted, ["Enterprise", "Mid-market", "Sales"])
    assert found["Sales"] is None  # five people are too few to tell
    assert 0 < found["Enterprise"].value < 0.6
    assert found["Mid-market"].says == "nothing"


def test_its_teams_play_for_their_meetings_and_nothing_of_it_was_amended(demo):
    demo(AFTERNOON)
    team = mid_market()
    board = Board.objects.of(team, Month(2026, 10))

    table = counter_table(team.counters.playable().get(), board)

    assert (board.closed_at is not None, table.is_complete, table.amendments) == (True, True, [])
    assert {row.figure.source for row in table.rows} == {"own"}


def _correlation(counter, months):
    return spearman([(float(dot.score), float(dot.figure)) for dot in dots_of(counter, months)])


def test_people_whom_somebody_added_get_no_invented_scores(demo):
    added = make_rep(mid_market(), "Zoe", login=False)
    demo(datetime(2026, 12, 20, tzinfo=UTC))
    assert not added.submissions.exists()


def test_the_log_tells_what_is_stored_and_is_told_once(demo):
    said = [entry.sentence for entry in AuditEntry.objects.for_pages()]
    demo(AFTERNOON + timedelta(days=1))

    assert AuditEntry.objects.count() == len(said) > 50
    assert [sentence.partition(" ")[2] for sentence in said if sentence.startswith("The clock")]
    assert "Somebody" not in " ".join(said)


# Away with it


def test_removal_leaves_other_organizations_untouched_and_nothing_behind(demo):
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
    team = Team.objects.exclude(memberships=None).first()
    manager = Member.objects.get(memberships__team=team, memberships__role="manager")
    make_import(team, manager)
    make_display(team, manager)

    remove_demo()

    assert everything() == set()


def test_after_removal_submissions_are_append_only_again(demo):
    remove_demo()
    member = make_rep(make_team("North", make_organization("Acme")), "Ada", total=50)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        member.submissions.all().delete()
