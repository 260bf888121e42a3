"""LinkedIn changed its formula inside a challenge, as plain values: what may be chosen and what it does."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from teams.rules.challenges.counting import Reading, progress
from teams.rules.challenges.recalibrating import Choice, Decided, choices, is_inside, shifted
from teams.rules.challenges.settling import Result, team_progress
from teams.rules.challenges.terms import ChallengeKind, Terms, default_winners
from teams.words.challenges import explain, what_was_decided

ACCEPTED = datetime(2026, 11, 9, 12, tzinfo=UTC)
CHANGE = date(2026, 11, 15)
LESS = Decided(CHANGE, Choice.SHIFT, -4, "Grace")


def terms(kind=ChallengeKind.GAIN, **fields):
    winners, count = default_winners(kind)
    points = Decimal(5) if kind in (ChallengeKind.GAIN, ChallengeKind.REACH) else None
    return Terms(kind, date(2026, 11, 10), date(2026, 11, 30), points, winners=winners, count=count, **fields)


def reading(day, value):
    return Reading(day, date(2026, 11, day), datetime(2026, 11, day, 11, tzinfo=UTC), Decimal(value))


@pytest.mark.parametrize(("day", "inside"), [(9, False), (10, True), (30, True)])
def test_only_a_change_from_the_first_to_the_last_day_asks(day, inside):
    assert is_inside(terms(), date(2026, 11, day)) is inside


def test_baselines_are_shifted_only_where_there_are_some_and_the_median_is_known():
    without = [Choice.STAND, Choice.VOID]

    assert [choices(terms(kind)) for kind in (ChallengeKind.GAIN, ChallengeKind.IMPROVED, ChallengeKind.TEAMS)] == [
        list(Choice)
    ] * 3
    assert [choices(terms(kind)) for kind in (ChallengeKind.REACH, ChallengeKind.HIGHEST)] == [without] * 2
    assert choices(terms(figure="insights")) == without


def test_readings_before_the_day_move_and_those_from_it_on_stay():
    moved = shifted([reading(14, 50), reading(15, 50)], [LESS])

    assert [(each.value, each.as_read) for each in moved] == [(46, 50), (50, 50)]


@pytest.mark.parametrize("choice", [Choice.STAND, Choice.VOID])
def test_other_choices_move_nothing(choice):
    assert shifted([reading(14, 50)], [Decided(CHANGE, choice, -4, "Grace")]) == [reading(14, 50)]


def test_two_changes_add_up():
    later = Decided(date(2026, 11, 20), Choice.SHIFT, 3, "Grace")

    moved = shifted([reading(14, 50), reading(16, 50), reading(20, 50)], [LESS, later])

    assert [each.value for each in moved] == [49, 53, 50]


def test_whoever_fell_only_by_the_new_formula_still_makes_it():
    readings = [reading(8, 50), reading(20, 51)]

    as_read = progress(terms(), readings, ACCEPTED, ACCEPTED.date())
    in_new_points = progress(terms(), shifted(readings, [LESS]), ACCEPTED, ACCEPTED.date())

    assert (as_read.gained, as_read.made_on) == (1, None)
    assert (in_new_points.gained, in_new_points.made_on) == (5, date(2026, 11, 20))


def test_the_shift_gives_nobody_points_for_what_was_read_before_it():
    found = progress(terms(), shifted([reading(8, 50), reading(12, 52)], [LESS]), ACCEPTED, ACCEPTED.date())

    assert (found.gained, found.needed) == (2, 3)


def test_a_silent_rep_of_a_team_neither_gains_nor_loses_by_it():
    found = team_progress(terms(ChallengeKind.TEAMS), {1: shifted([reading(8, 50)], [LESS])}, ACCEPTED)

    assert found.gained == 0


def test_the_result_names_what_was_read_and_what_it_counted_as():
    found = progress(terms(), shifted([reading(8, 50), reading(20, 51)], [LESS]), ACCEPTED, ACCEPTED.date())

    assert explain(terms(), found, Result(1, True)) == (
        "Started at 50, read on 8 November 2026, counted as 46. Ended at 51, read on 20 November 2026: +5. "
        "Made it on 20 November 2026."
    )


@pytest.mark.parametrize(
    ("decided", "sentence"),
    [
        (LESS, ". Readings before it count 4 points less, as Grace decided."),
        (Decided(CHANGE, Choice.SHIFT, 1, "Grace"), ". Readings before it count 1 point more, as Grace decided."),
        (Decided(CHANGE, Choice.SHIFT, 0, "Grace"), ". Every reading counts as read, as Grace decided."),
        (Decided(CHANGE, Choice.STAND, -4, "Grace"), ". Every reading counts as read, as Grace decided."),
        (Decided(CHANGE, Choice.STAND, -4), ". Nobody decided, so every reading counts as read."),
        (Decided(CHANGE, Choice.VOID, -4, "Grace"), ", and Grace ended the challenge."),
    ],
)
def test_every_choice_has_its_sentence(decided, sentence):
    assert what_was_decided(decided) == f"LinkedIn changed its formula on 15 November 2026{sentence}"
