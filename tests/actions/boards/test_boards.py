"""Marking boards stale and ranking them, against PostgreSQL and the pure rules."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teams.actions.boards.ranking import mark_member_stale, rank_boards, rank_stale_boards
from teams.models import Board, ScoreCount, Submission, Withdrawal
from teams.rules import standings as rules
from teams.rules.months import Month
from tests.makers import (
    make_leave,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    places,
    ranked_board,
)

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


def test_reps_are_ranked_by_total_and_ties_share_a_place_by_name():
    team = make_team()
    for name, total in [("Dan", 40), ("Cleo", 55), ("Ben", 55), ("Ada", 61)]:
        make_rep(team, name, total=total, month=NOVEMBER)

    assert places(ranked_board(team, NOVEMBER)) == [
        (1, "Ada", 61),
        (2, "Ben", 55),
        (2, "Cleo", 55),
        (4, "Dan", 40),
    ]


def test_the_latest_reading_of_the_month_counts_by_day_and_then_by_typing():
    team = make_team()
    ada = make_rep(team, "Ada")
    make_submission(ada, 50, taken_on=date(2026, 11, 9))
    make_submission(ada, 52, taken_on=date(2026, 11, 9))
    make_submission(ada, 70, taken_on=date(2026, 11, 2))

    assert places(ranked_board(team, NOVEMBER)) == [(1, "Ada", 52)]


def test_a_corrected_and_a_withdrawn_reading_stop_counting():
    team = make_team()
    ada, ben = make_rep(team, "Ada"), make_rep(team, "Ben", total=30, month=NOVEMBER)
    wrong = make_submission(ada, 90, taken_on=date(2026, 11, 20))
    make_submission(ada, 45, taken_on=date(2026, 11, 19), replaces=wrong)
    Withdrawal.objects.create(submission=Submission.objects.get(member=ben), by=ben)

    assert places(ranked_board(team, NOVEMBER)) == [(1, "Ada", 45)]


def test_a_board_says_how_many_of_those_expected_submitted_and_their_mean():
    team = make_team()
    make_rep(team, "Ada", total=61, month=NOVEMBER)
    make_rep(team, "Ben", total=30, month=NOVEMBER)
    make_rep(team, "Silent")
    make_leave(make_rep(team, "Away"), date(2026, 11, 20), date(2026, 12, 5))
    make_rep(team, "No access", no_access_since=date(2026, 11, 30))
    make_rep(team, "Joined later", joined_on=date(2026, 12, 1))
    on_leave = make_rep(team, "On leave, but submitted", total=44, month=NOVEMBER)
    make_leave(on_leave, date(2026, 11, 1), date(2026, 11, 30))

    board = ranked_board(team, NOVEMBER)

    assert (board.submitted, board.expected, board.mean) == (3, 4, 45)


def test_a_mean_is_rounded_once_to_what_is_shown():
    team = make_team()
    for number, total in enumerate([*[44] * 6, *[43] * 5]):  # 43.5454…: 43.55, and then 43.6, would be wrong
        make_rep(team, f"Rep {number}", total=total, month=NOVEMBER)

    assert ranked_board(team, NOVEMBER).mean == Decimal("43.5")


def test_who_left_before_the_months_end_is_not_ranked():
    team = make_team()
    ada = make_rep(team, "Ada", total=61, month=NOVEMBER)
    make_rep(team, "Ben", total=30, month=NOVEMBER)
    ada.memberships.update(left_on=date(2026, 11, 30))

    assert places(ranked_board(team, NOVEMBER)) == [(1, "Ben", 30)]


def test_change_is_kept_against_the_latest_of_three_months_and_climb_among_those_ranked_both_times():
    team = make_team()
    for name, before, now in [("Ada", 40, 60), ("Ben", 50, 55), ("Cleo", None, 58), ("Dan", 45, None)]:
        rep = make_rep(team, name)
        if before:
            make_submission(rep, before, month=OCTOBER)
        if now:
            make_submission(rep, now, month=NOVEMBER)
    eve = make_rep(team, "Eve", total=20, month=NOVEMBER)
    make_submission(eve, 18, month=Month(2026, 8))
    make_submission(eve, 90, month=Month(2026, 7))

    rows = ranked_board(team, NOVEMBER).standings.select_related("member", "previous")

    assert [(row.member.name, row.previous and row.previous.total, row.climb) for row in rows] == [
        ("Ada", 40, 1),
        ("Cleo", None, None),
        ("Ben", 50, -1),
        ("Eve", 18, None),
    ]


def test_ranking_twice_changes_nothing_but_is_not_even_tried_when_nothing_is_stale():
    team = make_team()
    make_rep(team, "Ada", total=61, month=NOVEMBER)
    board = ranked_board(team, NOVEMBER)

    assert rank_boards([board.pk]) == []
    board.refresh_from_db()
    assert board.version == 1


def test_a_late_reading_makes_the_next_months_boards_stale_only_where_they_exist():
    team = make_team()
    ada = make_rep(team, "Ada", total=61, month=NOVEMBER)
    rank_stale_boards()

    make_submission(ada, 50, month=OCTOBER)

    stale = Board.objects.stale().order_by("month").values_list("month", flat=True)
    assert list(stale) == [OCTOBER, NOVEMBER]


@pytest.mark.django_db(transaction=True)
def test_only_the_first_of_a_burst_needs_a_nudge():
    team = make_team()
    ada, ben = make_rep(team, "Ada"), make_rep(team, "Ben")

    first, second = mark_member_stale(ada, NOVEMBER), mark_member_stale(ben, NOVEMBER)

    assert (first, second) == ([Board.objects.get().pk], [])


def test_a_closed_board_is_neither_marked_nor_ranked():
    team = make_team()
    ada = make_rep(team, "Ada", total=61, month=NOVEMBER)
    board = ranked_board(team, NOVEMBER)
    Board.objects.update(closed_at="2026-12-03T18:00Z")

    make_submission(ada, 70, month=NOVEMBER, taken_on=date(2026, 11, 30))

    assert rank_stale_boards() == []
    assert places(board) == [(1, "Ada", 61)]


def test_the_organization_counts_how_many_have_each_score():
    organization = make_organization()
    north, south = make_team("North", organization), make_team("South", organization)
    ada = make_rep(north, "Ada", total=61, month=NOVEMBER)
    make_rep(north, "Ben", total=40, month=NOVEMBER)
    make_rep(south, "Cleo", total=61, month=NOVEMBER)
    rank_stale_boards()
    assert ScoreCount.objects.places(organization, NOVEMBER) == {61: 1, 40: 3}

    make_submission(ada, 30, taken_on=date(2026, 11, 20))
    rank_stale_boards()

    assert ScoreCount.objects.places(organization, NOVEMBER) == {61: 1, 40: 2, 30: 3}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 100) | st.none(), st.integers(0, 100) | st.none()), max_size=9))
def test_the_statement_ranks_as_the_rule_does(scores):
    organization = make_organization()
    team = make_team("North", organization)
    now, before = {}, {}
    for number, (earlier, current) in enumerate(scores):
        rep = make_rep(team, f"Rep {number}", login=False)
        for month, total, totals in [(OCTOBER, earlier, before), (NOVEMBER, current, now)]:
            if total is not None:
                make_submission(rep, total, month=month)
                totals[rep.pk] = total

    rank_stale_boards()

    rows = list(
        Board.objects.filter(team=team, month=NOVEMBER).values_list(
            "standings__member_id", "standings__rank", "standings__climb"
        )
    )
    climbs = rules.climbs(now, before)
    expected = {member: (rank, climbs.get(member)) for member, rank in rules.ranks(now).items()}
    assert {member: (rank, climb) for member, rank, climb in rows if member} == expected
