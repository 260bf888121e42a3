"""Thanks: three a month, for whom one shares a team with; on the board if they agree; gone when taken down."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from teams.actions.people.merging import merge
from teams.actions.privacy.own_data import take_out
from teams.actions.thanks import forget_thanks, publish_on_board, take_down, thank, thank_after_closing
from teams.models import AuditEntry, Board, Thanks
from teams.queries.thanks import colleagues, offers, thanks_on_board
from teams.rules.errors import Refused
from teams.rules.thanks import ON_BOARD, Rarity
from tests.makers import (
    make_leave,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    make_thanks,
    ranked_board,
    this_month,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def team():
    return make_team("North", make_organization())


@pytest.fixture
def ada(team):
    return make_rep(team, "Ada")


@pytest.fixture
def ben(team):
    return make_rep(team, "Ben")


def test_the_fourth_of_a_month_is_refused_also_where_one_was_taken_down(ada, ben):
    first, *_ = [thank(ada, ben, "for the intro", NOW) for _ in range(3)]
    take_down(first, ada, NOW)

    with pytest.raises(Refused, match="three times this month"):
        thank(ada, ben, "for the coffee", NOW)
    assert thank(ben, ada, "for asking", NOW).team == ada.memberships.get().team
    assert thank(ada, ben, "for the coffee", NOW + timedelta(days=32))


def test_whoever_shares_no_team_is_refused_and_not_offered(team, ada, ben):
    sam = make_rep(make_team("South", team.organization), "Sam")
    ben.memberships.update(left_on=team.organization.today())

    for other in (sam, ben, ada):
        with pytest.raises(Refused, match="share a team"):
            thank(ada, other, "for the intro", NOW)

    assert (colleagues(ada), list(Thanks.objects.all())) == ([], [])


def test_it_stands_on_the_board_once_whoever_was_thanked_agrees_and_for_a_month(team, ada, ben):
    said = thank(ada, ben, "for the intro", NOW)
    before = thanks_on_board(team, NOW)

    publish_on_board(said, NOW)

    assert (before, thanks_on_board(team, NOW)) == ([], [said])
    assert thanks_on_board(team, NOW + ON_BOARD) == []


def test_what_is_taken_down_says_nothing_any_more_and_a_managers_hand_is_noted(team, ada, ben):
    grace = make_manager(team)
    own, other = make_thanks(ada, ben), make_thanks(ben, ada)

    take_down(own, ben, NOW)
    take_down(other, grace, NOW)

    assert list(Thanks.objects.values_list("text", "agreed_at")) == [("", None)] * 2
    assert list(AuditEntry.objects.values_list("act", "actor", "about")) == [("people.thanks", grace.pk, ben.pk)]


def test_screens_and_boards_hear_of_what_comes_and_goes(team, ada, ben):
    Board.objects.create(team=team, month=this_month(team.organization))
    said = make_thanks(ada, ben, on_board=False)

    publish_on_board(said, NOW)
    publish_on_board(said, NOW)
    take_down(said, ada, NOW)

    assert Board.objects.get().version == 2


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"agreed_at": NOW, "taken_down_at": NOW, "text": ""}, {"taken_down_at": NOW}]
)
def test_the_database_keeps_what_was_taken_down_silent(ada, ben, wrong):
    said = make_thanks(ada, ben, on_board=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        Thanks.objects.filter(pk=said.pk).update(**wrong)


def test_an_erased_members_thanks_are_gone_on_both_sides(ada, ben):
    make_thanks(ada, ben)
    make_thanks(ben, ada)

    forget_thanks(ada)

    assert not Thanks.objects.exists()


def test_both_have_them_among_their_own_data(ada, ben):
    make_thanks(ada, ben, "for the intro")

    assert all('"text": "for the intro"' in take_out(member, NOW) for member in (ada, ben))


def test_a_merged_members_thanks_move_but_for_those_to_oneself(team, ada, ben):
    twin = make_rep(team, "Ada L.", login=False)
    twin.memberships.update(competing=True)
    kept, own = make_thanks(ben, twin), make_thanks(ada, twin)

    merge(twin, ada, make_manager(team), NOW)

    assert [each.receiver for each in (kept, own) if not each.refresh_from_db()] == [ada, twin]


def closed(team, month):
    board = ranked_board(team, month)
    Board.objects.filter(pk=board.pk).update(closed_at=NOW)
    return Board.objects.get(pk=board.pk)


def test_after_a_closing_a_manager_is_offered_those_who_did_something_rare(team, ada, ben):
    month, grace = this_month(team.organization) - 1, make_manager(team)
    for back, total in ((2, 30), (1, 31)):
        make_submission(ada, total, month=month - back)
        make_submission(ben, 45, month=month - back)
    cleo = make_rep(team, "Cleo")
    make_submission(cleo, 40, month=month - 2)
    make_leave(cleo, (month - 1).first_day, (month - 1).last_day)
    for rep, total in ((ada, 39), (ben, 51), (cleo, 41)):
        make_submission(rep, total, month=month)
    board = closed(team, month)

    found = [(each.row.member.name, each.rarity) for each in offers([team], grace, NOW)]
    thank_after_closing(board, grace, cleo, "Good to have you back.", NOW)
    again = thank_after_closing(board, grace, cleo, "Once more.", NOW)
    left = [(each.row.member.name, each.rarity) for each in offers([team], grace, NOW)]

    assert found == [("Cleo", Rarity.COMEBACK), ("Ben", Rarity.FIRST_FIFTY)]
    assert (again, left) == (False, [("Ben", Rarity.FIRST_FIFTY)])
    assert offers([team], grace, NOW + timedelta(days=8)) == []


@pytest.mark.parametrize(("first", "last", "is_comeback"), [(1, 20, True), (28, 31, False)])
def test_a_comeback_is_of_whoever_was_away_by_the_rule_of_boards(team, ada, first, last, is_comeback):
    month = this_month(team.organization) - 1
    days = [day for day in (month - 1).days() if first <= day.day <= last]
    make_submission(ada, 40, month=month - 2)
    make_leave(ada, days[0], days[-1])
    make_submission(ada, 40, month=month)
    closed(team, month)

    found = [(each.row.member.name, each.rarity) for each in offers([team], make_manager(team), NOW)]

    assert found == [("Ada", Rarity.COMEBACK)] * is_comeback


def test_a_managers_word_is_none_of_the_three(team, ada):
    grace = make_manager(team)
    board = Board.objects.create(team=team, month=this_month(team.organization) - 1)
    thank_after_closing(board, grace, ada, "Well done.", NOW)

    assert [thank(grace, ada, "for the intro", NOW).month for _ in range(3)] == [None] * 3
