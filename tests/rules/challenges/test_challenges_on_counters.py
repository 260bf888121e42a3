"""Challenges on what a team counts itself, as plain values: by month, and from the month before."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.challenges.counting import Reading, progress
from teams.rules.challenges.recalibrating import is_inside
from teams.rules.challenges.settling import Result, results, standing
from teams.rules.challenges.terms import (
    COUNTER,
    ChallengeKind,
    StakeKind,
    Terms,
    Winners,
    default_winners,
    next_month,
    refusal,
)
from teams.rules.counters import Counted
from teams.rules.months import Month
from teams.words.challenges import explain, read_back, what_it_takes

JANUARY = Month(2027, 1)
START, END = JANUARY.first_day, JANUARY.last_day
ACCEPTED = datetime(2026, 12, 30, 12, tzinfo=UTC)
BEFORE = ACCEPTED.replace(day=1)
EUROS, CALLS = Counted("Revenue", "€"), Counted("Calls")
amounts = st.decimals(0, 10**12, places=2, allow_nan=False, allow_infinity=False)


def terms(kind=ChallengeKind.HIGHEST, *, of=CALLS, **fields):
    winners, count = default_winners(kind, is_duel=fields.get("is_duel", False))
    points = Decimal(1200) if kind in (ChallengeKind.GAIN, ChallengeKind.REACH) else None
    usual = {"kind": kind, "starts_on": START, "ends_on": END, "points": points, "winners": winners, "count": count}
    return Terms(figure=COUNTER, counter=of, **usual | fields)


def figure(month, value, *, pk=1, known=BEFORE):
    return Reading(pk, month.last_day, known, Decimal(value))


def made_by(rules, *readings):
    return progress(rules, readings, ACCEPTED, ACCEPTED.date())


def test_the_start_is_the_figure_of_the_month_before_on_whatever_day_it_begins():
    rules = terms(ChallengeKind.GAIN, starts_on=date(2027, 1, 20))
    entered = [figure(JANUARY - 2, 9), figure(JANUARY - 1, 10, pk=2), figure(JANUARY, 1250, pk=3)]

    found = made_by(rules, *entered)

    assert (found.baseline, found.is_late, found.gained, found.made_on) == (entered[1], False, Decimal(1240), END)


def test_a_start_that_was_entered_after_accepting_is_one_and_is_marked_so():
    late = figure(JANUARY - 1, 10, known=ACCEPTED.replace(day=31))
    found = made_by(terms(ChallengeKind.IMPROVED), late, figure(JANUARY, 4, pk=2))

    assert (found.baseline, found.is_late, found.gained) == (late, True, Decimal(-6))


def test_without_a_figure_of_the_month_before_nothing_is_gained():
    found = made_by(terms(ChallengeKind.IMPROVED), figure(JANUARY - 2, 10), figure(JANUARY, 40, pk=2))

    assert (found.baseline, found.gained, found.readings) == (None, None, ())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, None),
        ({"ends_on": date(2027, 1, 30)}, "It is counted by month. Choose the last day of one."),
        ({"confirmed_only": True}, "Only readings of the score are confirmed. Untick that."),
        (
            {"kind": ChallengeKind.TEAMS, "points": None, "winners": Winners.TOP, "count": 1},
            "Team against team is played on the score: each team counts something of its own.",
        ),
        (
            {"winners": Winners.FIRST, "count": 2},
            "It is counted by month, so nobody is first. Leave open how many can win.",
        ),
        ({"points": Decimal(0)}, "Write how much of it, above 0."),
        ({"points": None}, "Write how much of it, above 0."),
        ({"points": Decimal("999999999999.99")}, None),
    ],
)
def test_what_needs_a_day_or_a_proof_is_refused_with_a_sentence(fields, said):
    assert refusal(replace(terms(ChallengeKind.REACH), **fields), date(2026, 12, 1)) == said


def test_neither_evidence_nor_a_new_formula_of_linkedins_is_asked_about():
    rules = terms(evidenced_only=True, stake=StakeKind.ON_ME)

    assert (rules.needs_evidence, is_inside(rules, date(2027, 1, 10))) == (False, False)


def test_the_next_edition_is_of_the_next_month_to_its_last_day():
    following = next_month(terms(), date(2027, 1, 31))

    assert (following.starts_on, following.ends_on) == (date(2027, 2, 1), date(2027, 2, 28))
    assert refusal(following, date(2027, 1, 31)) is None


@given(st.lists(amounts, min_size=2, max_size=9), st.randoms())
def test_whoever_has_most_is_first_whatever_the_order(values, random):
    """As large as figures are; who is level shares the place."""
    rules = terms(count=1)
    found = {pk: standing(rules, made_by(rules, figure(JANUARY, value))) for pk, value in enumerate(values)}
    mixed = list(found.items())
    random.shuffle(mixed)

    won = {pk for pk, each in results(rules, dict(mixed)).items() if each.won}

    assert won == {pk for pk, value in enumerate(values) if value == max(values)}


@pytest.mark.parametrize(
    ("rules", "takes", "who"),
    [
        (
            terms(ChallengeKind.GAIN, of=EUROS),
            "gain 1,200\xa0€ in “Revenue”",
            "Everyone who gains 1,200\xa0€ in “Revenue” in January 2027 wins.",
        ),
        (
            terms(ChallengeKind.REACH),
            "reach 1,200 in “Calls”",
            "Everyone who reaches 1,200 in “Calls” in January 2027 wins.",
        ),
        (
            terms(ChallengeKind.IMPROVED),
            "most improved in “Calls”",
            "The 3 who gain most in “Calls” in January 2027 win. Equal gains share a place.",
        ),
        (
            terms(count=1),
            "most “Calls” in January 2027",
            "Whoever has most in “Calls” in January 2027 wins. Equal ones share a place.",
        ),
        (
            terms(ends_on=date(2027, 3, 31)),
            "most “Calls” from January 2027 to March 2027",
            "The 3 who have most in “Calls” from January 2027 to March 2027 win. Equal ones share a place.",
        ),
        (
            terms(is_duel=True),
            "most “Calls” in January 2027",
            "Whoever of the two has more in “Calls” in January 2027 wins. Equal is a draw.",
        ),
        (
            terms(ChallengeKind.IMPROVED, is_duel=True),
            "most improved in “Calls”",
            "Whoever of the two gains more in “Calls” in January 2027 wins. Equal is a draw.",
        ),
    ],
)
def test_the_rule_names_what_is_counted_and_its_months(rules, takes, who):
    assert (what_it_takes(rules), read_back(rules, maker="Grace", invited=["North"])[0]) == (takes, who)


def test_the_sentences_say_what_counts_and_from_what_it_starts():
    gain = read_back(terms(ChallengeKind.GAIN), maker="Grace", invited=["North"])[1]
    quarter = read_back(terms(ends_on=date(2027, 3, 31)), maker="Grace", invited=["North"])[1]

    assert gain == (
        "The start is each one's figure of December 2026. "
        "Figures of these months count when they are entered by 2 February 2027."
    )
    assert quarter.startswith("Each one's last figure of these months counts.")


@pytest.mark.parametrize(
    ("rules", "entered", "result", "said"),
    [
        (
            terms(ChallengeKind.GAIN, of=EUROS),
            [figure(JANUARY - 1, 1000), figure(JANUARY, "2500.50", pk=2)],
            Result(1, won=True),
            "Started at 1,000\xa0€ in December 2026. Ended at 2,500.50\xa0€ in January 2027: +1,500.50\xa0€. "
            "Made it in January 2027.",
        ),
        (
            terms(ChallengeKind.GAIN),
            [figure(JANUARY - 1, 10), figure(JANUARY, 7, pk=2)],
            Result(None, won=False),
            "Started at 10 in December 2026. Ended at 7 in January 2027: −3. 1,203 short.",
        ),
        (terms(), [figure(JANUARY, 12)], Result(1, won=True), "12 in January 2027. Place 1: won."),
        (
            terms(),
            [],
            Result(None, won=False),
            "No figure of these months. Without a figure there is no place.",
        ),
        (
            terms(ChallengeKind.IMPROVED),
            [figure(JANUARY, 7)],
            Result(None, won=False),
            "There was no figure to start from. Without a figure there is no place.",
        ),
    ],
)
def test_a_result_is_explained_by_its_figures(rules, entered, result, said):
    assert explain(rules, made_by(rules, *entered), result) == said
