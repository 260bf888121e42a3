"""The bell: what waits for whom, counted on every page, read by opening it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.confirmations import confirm
from teams.models import Board, Challenge, Debt, Entry, Member, Outcome, Settlement, Submission
from teams.models.challenges.recalibration_choices import waiting_for as choices_waiting_for
from teams.queries.today.waiting import waiting_for
from teams.rules.waiting import WaitingKind
from tests.makers import make_challenge, make_manager, make_recalibration, make_rep, make_submission

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r'<span class="unread">(\d*)</span>')
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.fixture
def quiet(world):
    """The same world, in which nothing waits for anybody."""
    Debt.objects.update(forgiven_at=timezone.now())
    Challenge.objects.filter(settled_at=None).update(voided_at=timezone.now())
    world.acme.suggestions.all().delete()
    Board.objects.update(in_history=True)
    return world


def kinds(member, now=None):
    return [each.kind for each in waiting_for(member.user_id, now or timezone.now())]


def items(page):
    """The lines of the bell's page, each with where it leads."""
    return [(waiting.kind, address) for waiting, address in page.context["rows"]]


def test_nothing_waits_on_a_quiet_day(quiet, browse):
    page = browse(quiet.ada).get("/bell/")

    assert items(page) == []
    assert "Nothing waits for you" in page.content.decode()
    assert NUMBER.findall(page.content.decode()) == [""]


def test_an_invitation_waits_until_it_is_answered(quiet, browse):
    duel = make_challenge(quiet.north, quiet.ben, kind="highest", opponent=quiet.ada)

    asked = items(browse(quiet.ada).get("/bell/"))
    Entry.objects.filter(challenge=duel, member=quiet.ada).update(answer="declined", answered_at=timezone.now())

    assert asked == [(WaitingKind.ASKED, f"/challenges/{duel.pk}/")]
    assert kinds(quiet.ada) == []
    assert kinds(quiet.ben) == []


def test_an_invitation_waits_no_more_after_half_time(quiet):
    duel = make_challenge(quiet.north, quiet.ben, kind="highest", opponent=quiet.ada)
    Challenge.objects.filter(pk=duel.pk).update(starts_on=duel.starts_on - timedelta(days=22))

    assert kinds(quiet.ada) == []


def test_both_sides_of_a_debt_are_told_until_it_is_ticked(world, browse):
    Challenge.objects.filter(pk=world.debt.settlement.challenge_id).update(settled_at=timezone.now())

    owed, owe = kinds(world.ada), kinds(world.grace)
    browse(world.ada).post(f"/debts/{world.debt.pk}/")

    assert WaitingKind.OWED in owed
    assert WaitingKind.OWE in owe
    assert WaitingKind.OWED not in kinds(world.ada)
    assert WaitingKind.OWE not in kinds(world.grace)


def test_readings_wait_for_whoever_manages_the_team_and_not_for_its_reps(quiet, browse):
    board = Board.objects.get(team=quiet.north, month=quiet.month)
    Board.objects.filter(pk=board.pk).update(in_history=False)

    confirming = [each for each in waiting_for(quiet.grace.user_id, timezone.now()) if each.kind == WaitingKind.CONFIRM]

    assert [(each.team, each.month, each.count) for each in confirming] == [("North", quiet.month, 2)]
    assert (WaitingKind.CONFIRM, f"/team/north/{quiet.month}/") in items(browse(quiet.grace).get("/bell/"))
    assert [kinds(who) for who in (quiet.ada, quiet.vera, quiet.sue)] == [[], [], []]


def test_what_a_manager_confirmed_waits_no_more(quiet):
    Board.objects.filter(team=quiet.north, month=quiet.month).update(in_history=False)

    confirm(Submission.objects.filter(member__in=[quiet.ada, quiet.ben]), quiet.grace, [quiet.north])

    assert WaitingKind.CONFIRM not in kinds(quiet.grace)


def test_ones_own_reading_waits_for_another_manager(quiet):
    grace = quiet.grace
    grace.memberships.update(competing=True)
    make_submission(grace, 70)
    rank_stale_boards()
    Board.objects.filter(team=quiet.north, month=quiet.month).update(in_history=False)
    other = make_manager(quiet.north, "Gus")

    counts = {
        who.name: [each.count for each in waiting_for(who.user_id, timezone.now()) if each.kind == WaitingKind.CONFIRM]
        for who in (grace, other)
    }

    assert counts == {"Grace": [2], "Gus": [3]}


def test_who_is_missing_waits_from_the_last_day_until_the_month_closes(quiet):
    last = quiet.month - 1
    Board.objects.filter(team=quiet.north).delete()
    open_board = Board.objects.create(team=quiet.north, month=last, expected=9, submitted=2)

    silent = [each for each in waiting_for(quiet.grace.user_id, timezone.now()) if each.kind == WaitingKind.SILENT]
    Board.objects.filter(pk=open_board.pk).update(closed_at=timezone.now())

    assert [(each.team, each.month, each.count) for each in silent] == [("North", last, 7)]
    assert WaitingKind.SILENT not in kinds(quiet.grace)


def test_nobody_is_missing_before_the_last_day(quiet):
    Board.objects.filter(team=quiet.north, month=quiet.month).update(in_history=False, expected=9, submitted=2)
    noon = quiet.acme.local(timezone.now()).replace(hour=12)

    waits = {day: noon.replace(day=day) for day in (27, quiet.month.last_day.day)}
    found = {day: {each.kind for each in waiting_for(quiet.grace.user_id, now)} for day, now in waits.items()}

    assert WaitingKind.SILENT not in found[27]
    assert WaitingKind.SILENT in found[quiet.month.last_day.day]


def test_a_month_from_before_the_company_came_here_waits_for_nobody(quiet):
    quiet.acme.created_at = timezone.now()
    quiet.acme.save()
    Board.objects.filter(team=quiet.north).delete()
    Board.objects.create(team=quiet.north, month=quiet.month - 1, expected=9, submitted=2)

    assert kinds(quiet.grace) == []


def test_a_new_formula_waits_for_whoever_may_choose(quiet):
    running = make_challenge(quiet.north, quiet.grace)
    make_recalibration(quiet.acme, day=running.starts_on)

    everybody = {member: kinds(member) for member in (quiet.grace, quiet.alan, quiet.sue, quiet.ada, quiet.gina)}

    waits = {who.name for who, found in everybody.items() if WaitingKind.FORMULA in found}
    assert waits == {who.name for who in everybody if choices_waiting_for(who.user).exists()} == {"Grace", "Alan"}


def test_a_challenge_that_nobody_confirmed_waits_for_its_manager(quiet):
    ended = make_challenge(quiet.north, quiet.grace, confirmed_only=True)
    Challenge.objects.filter(pk=ended.pk).update(
        starts_on=ended.starts_on - timedelta(days=30), ends_on=ended.starts_on - timedelta(days=3)
    )

    assert WaitingKind.DECIDE in kinds(quiet.grace)
    assert WaitingKind.DECIDE not in kinds(quiet.sue)
    assert WaitingKind.DECIDE not in kinds(quiet.ada)


def test_every_page_counts_what_is_new_and_opening_the_bell_reads_it(quiet, browse):
    make_challenge(quiet.north, quiet.ben, kind="highest", opponent=quiet.ada)
    ada = browse(quiet.ada)

    before = [ada.get(path).content.decode() for path in ("/", "/board/north/", "/me/")]
    ada.get("/bell/")
    after = [ada.get(path).content.decode() for path in ("/", "/board/north/", "/me/")]

    assert [NUMBER.findall(page) for page in before] == [["1"]] * 3
    assert [TITLE.search(page)[1][:4] for page in before] == ["(1) "] * 3
    assert [NUMBER.findall(page) for page in after] == [[""]] * 3
    assert not any("(1)" in TITLE.search(page)[1] for page in after)
    assert kinds(quiet.ada) == [WaitingKind.ASKED]


def test_what_comes_later_is_new_again(quiet, browse):
    ada = browse(quiet.ada)
    ada.get("/bell/")

    make_challenge(quiet.north, quiet.ben, kind="highest", opponent=quiet.ada)
    page = ada.get("/bell/")

    assert [waiting.is_new for waiting, _ in page.context["rows"]] == [True]
    assert [waiting.is_new for waiting, _ in ada.get("/bell/").context["rows"]] == [False]


def test_a_page_that_is_asked_for_by_its_head_reads_nothing(quiet, browse):
    browse(quiet.ada).head("/bell/")

    assert Member.objects.get(pk=quiet.ada.pk).bell_read_at is None


def test_the_shared_board_says_to_each_their_own_number(quiet, browse):
    make_challenge(quiet.north, quiet.ben, kind="highest", opponent=quiet.ada)

    numbers = [NUMBER.findall(browse(who).get("/board/north/").content.decode()) for who in (quiet.ada, quiet.ben)]

    assert numbers == [["1"], [""]]


def won(settlement, member):
    """The latest result of a challenge, which somebody won."""
    entry, _ = Entry.objects.get_or_create(
        challenge=settlement.challenge, member=member, answer="accepted", answered_at=timezone.now()
    )
    return Outcome.objects.create(settlement=settlement, entry=entry, won=True, explanation="")


def test_who_won_hears_it_for_two_weeks(quiet):
    settlement = quiet.debt.settlement
    won(settlement, quiet.ada)

    found = {days: kinds(quiet.ada, timezone.now() + timedelta(days=days)) for days in (0, 13, 15)}

    assert found == {0: [WaitingKind.WON], 13: [WaitingKind.WON], 15: []}
    assert kinds(quiet.ben) == []


def test_who_won_by_an_earlier_result_only_hears_nothing(quiet):
    settlement = quiet.debt.settlement
    won(settlement, quiet.ada)

    Settlement.objects.create(challenge=settlement.challenge, number=2, read_until=timezone.now())

    assert kinds(quiet.ada) == []


def test_a_rep_of_another_company_hears_nothing(quiet):
    make_challenge(quiet.north, quiet.grace)
    make_rep(quiet.east, "Gus")

    assert kinds(quiet.gil) == []
    assert kinds(quiet.gina) == []
