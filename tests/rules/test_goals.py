"""Goals: figures over the same reps, pace, recalibrations, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.counters import Counted
from teams.rules.goals import (
    Aim,
    Figures,
    GoalKind,
    GoalState,
    Point,
    Rep,
    figures,
    is_reached,
    on_the_line,
    pace,
    progress,
    refusal,
    state,
)
from teams.rules.measure import Pillar
from teams.rules.months import Month

START, DUE = date(2026, 11, 1), date(2026, 12, 31)
MIDDLE = date(2026, 12, 1)
MEAN_50 = Aim(GoalKind.MEAN, Decimal(50), START, DUE)
scores = st.integers(0, 100)


def point(value, day):
    return Point(value, day, Month.of(day))


def rep(start, now, day=MIDDLE, **fields):
    return Rep(
        None if start is None else point(start, START),
        None if now is None else point(now, day),
        **fields,
    )


def aim(kind, target, **fields):
    return Aim(kind, Decimal(target), START, fields.pop("due_on", DUE), **fields)


def numbers(found):
    return (found.baseline, found.now, found.counted)


reps = st.lists(st.builds(rep, scores | st.none(), scores | st.none(), from_start=st.booleans()), max_size=12)


def test_a_mean_is_of_the_same_reps_at_the_start_and_now():
    team = [rep(40, 50), rep(30, 41), rep(None, 90), rep(20, None), rep(10, 99, from_start=False)]

    assert numbers(figures(MEAN_50, team, MIDDLE)) == (Decimal("35.0"), Decimal("45.5"), 2)


def test_an_away_rep_counts_once_they_submitted():
    away, back = rep(40, 90, START, away=True), rep(40, 50, away=True)

    assert numbers(figures(MEAN_50, [away, back], MIDDLE)) == (40, 50, 1)


def test_everybody_is_the_share_of_expected_reps_at_a_score_and_nobody_is_rounded_in():
    team = [rep(50, 61), rep(40, 50), rep(30, None), rep(10, 99, from_start=False)]

    found = figures(aim(GoalKind.EVERYBODY, 50), team, MIDDLE)

    assert (found.baseline, found.now, found.there, found.counted) == (33, 66, 2, 3)


def test_coverage_is_of_the_due_month_and_begins_at_nothing():
    team = [rep(50, 61), rep(40, 50), rep(30, None), rep(10, 20, START)]

    early = figures(aim(GoalKind.COVERAGE, 90), team, date(2026, 11, 20))
    assert figures(aim(GoalKind.COVERAGE, 90), team, MIDDLE) == Figures(Decimal(0), Decimal(50), MIDDLE, 4, 2)
    assert (early.baseline, early.day) == (0, MIDDLE)


def test_a_recalibration_between_two_readings_is_taken_off():
    marks = [(date(2026, 11, 15), -4), (date(2026, 12, 20), 9), (START, 7)]

    found = figures(MEAN_50, [rep(40, 46)], MIDDLE, marks)

    assert (found.now, found.is_shifted) == (50, True)
    assert figures(aim(GoalKind.EVERYBODY, 50), [rep(40, 46)], MIDDLE, marks).there == 1
    assert figures(aim(GoalKind.SCORE, 50), [rep(40, 46)], MIDDLE, marks).now == 50


def test_a_pillar_has_no_known_shift():
    brand = aim(GoalKind.MEAN, 15, pillar=Pillar.BRAND)

    assert figures(brand, [rep(10, 12)], MIDDLE, [(date(2026, 11, 15), -4)]).now == 12


@given(reps, st.randoms())
def test_the_order_of_reps_does_not_matter(team, random):
    shuffled = random.sample(team, len(team))

    assert figures(MEAN_50, shuffled, MIDDLE) == figures(MEAN_50, team, MIDDLE)


@given(reps, st.builds(rep, scores, st.none()) | st.builds(rep, st.none(), scores))
def test_who_has_only_one_reading_never_moves_a_mean(team, one_sided):
    assert numbers(figures(MEAN_50, [*team, one_sided], MIDDLE)) == numbers(figures(MEAN_50, team, MIDDLE))


@given(st.lists(st.tuples(scores, st.integers(20, 80)), min_size=1, max_size=12), st.integers(-20, 20))
def test_what_linkedin_moved_for_everybody_moves_no_goal(pairs, shift):
    before = [rep(start, now) for start, now in pairs]
    after = [rep(start, now + shift) for start, now in pairs]

    moved = figures(MEAN_50, after, MIDDLE, [(MIDDLE, shift)])

    assert numbers(moved) == numbers(figures(MEAN_50, before, MIDDLE))


@given(st.decimals(0, 49, places=1), st.dates(START, DUE))
def test_the_line_runs_from_the_baseline_to_the_target(baseline, day):
    assert on_the_line(MEAN_50, baseline, START) == baseline
    assert on_the_line(MEAN_50, baseline, DUE) == 50
    assert baseline <= on_the_line(MEAN_50, baseline, day) <= 50


@given(st.decimals(0, 49, places=1), st.decimals(0, 100, places=1), st.dates(START, DUE))
def test_progress_and_state_agree(baseline, now, day):
    found = Figures(baseline, now, day, 9)

    done, how = progress(MEAN_50, found), state(MEAN_50, found, day)

    assert (done >= 1) == (how == GoalState.REACHED) == is_reached(MEAN_50, found)
    assert state(MEAN_50, found, DUE + timedelta(days=1)) == (GoalState.REACHED if done >= 1 else GoalState.MISSED)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("46.1", GoalState.AHEAD),
        ("46.0", GoalState.ON_PACE),
        ("44.0", GoalState.ON_PACE),
        ("43.9", GoalState.BEHIND),
        ("50.0", GoalState.REACHED),
    ],
)
def test_pace_allows_a_point_to_both_sides_of_the_line(now, expected):
    half_way = MEAN_50.line_from + (DUE - START) / 2
    found = Figures(Decimal(40), Decimal(now), half_way, 9)

    assert state(MEAN_50, found, date(2026, 12, 30)) == expected


def test_pace_waits_for_the_next_reading():
    found = figures(MEAN_50, [rep(40, 40, START)], date(2026, 12, 20))

    assert (found.day, state(MEAN_50, found, date(2026, 12, 20))) == (START, GoalState.ON_PACE)


def test_a_mean_is_reached_only_in_a_month_with_coverage():
    three = [rep(40, 60, START), rep(40, 60, START), rep(40, 60)]
    found = figures(MEAN_50, three, MIDDLE)

    assert (found.is_covered, state(MEAN_50, found, MIDDLE)) == (False, GoalState.AHEAD)
    covered = figures(MEAN_50, [*three[1:], rep(40, 60)], MIDDLE)
    assert state(MEAN_50, covered, MIDDLE) == GoalState.REACHED


def test_a_goal_that_was_reached_stays_so():
    found = Figures(Decimal(40), Decimal(30), MIDDLE, 9)

    assert state(MEAN_50, found, date(2027, 1, 5), reached_on=MIDDLE) == GoalState.REACHED


def test_without_a_reading_a_goal_waits_until_it_is_missed():
    found = figures(MEAN_50, [], MIDDLE)

    assert progress(MEAN_50, found) is None
    assert [state(MEAN_50, found, day) for day in (MIDDLE, date(2027, 1, 1))] == [GoalState.WAITING, GoalState.MISSED]


@pytest.mark.parametrize(
    ("goal", "team", "sentence"),
    [
        (aim(GoalKind.MEAN, 50), [rep(40, 51)], "The mean is 51.0 already. Choose a higher target."),
        (aim(GoalKind.SCORE, 50), [rep(40, 50)], "Your score is 50 already. Choose a higher target."),
        (aim(GoalKind.EVERYBODY, 50), [rep(40, 50)], "Everybody is at 50 already. Choose a higher score."),
        (aim(GoalKind.COVERAGE, 60), [rep(40, 50)], "100 % are in already. Choose a higher target."),
        (aim(GoalKind.SCORE, 50), [rep(None, None)], "Submit your score first: the goal starts from it."),
        (aim(GoalKind.MEAN, 50), [rep(40, 45)], None),
        (aim(GoalKind.MEAN, 50, due_on=MIDDLE), [rep(40, 45)], "Choose a day after today."),
        (aim(GoalKind.MEAN, 50, due_on=date(2036, 1, 1)), [rep(40, 45)], "Choose a day within the next three years."),
    ],
)
def test_what_cannot_be_a_goal_is_refused_with_a_sentence(goal, team, sentence):
    assert refusal(goal, figures(goal, team, MIDDLE), MIDDLE) == sentence


def test_a_team_without_scores_gets_no_goal_yet():
    assert refusal(MEAN_50, figures(MEAN_50, [], MIDDLE), MIDDLE).startswith("Nobody here has a score")


# What a team counts itself

CALLS = Counted("Calls")
OCTOBER, NOVEMBER, JANUARY = Month(2026, 10), Month(2026, 11), Month(2027, 1)
amounts = st.decimals(0, 10**12, places=2, allow_nan=False, allow_infinity=False)


def calls(value, month=NOVEMBER, of="now"):
    """A month's figure, as the only one that is known at the start or now."""
    dated = Point(Decimal(value), month.last_day, month, -1)
    return Rep(dated if of == "start" else None, dated if of == "now" else None)


def on_calls(target, kind=GoalKind.MEAN, due_on=JANUARY.last_day):
    return Aim(kind, Decimal(target), START, due_on, counter=CALLS)


def both(before, now, month=NOVEMBER):
    return Rep(calls(before, OCTOBER, "start").start, calls(now, month).now)


def test_the_mean_of_what_is_counted_is_to_the_hundredth_and_who_had_nothing_began_at_nothing():
    team = [both("10", "12.50"), both("8", "9"), calls("4"), calls("7", OCTOBER, "start")]

    found = figures(on_calls(20), team, date(2026, 11, 20))

    assert (*numbers(found), found.is_covered) == (Decimal("6.00"), Decimal("8.50"), 3, True)


def test_a_new_formula_of_linkedins_takes_nothing_off_what_is_counted():
    found = figures(on_calls(20), [both("10", "12")], MIDDLE, [(date(2026, 11, 10), 8)])

    assert (found.now, found.is_shifted) == (Decimal(12), False)


def test_of_a_month_that_runs_as_much_is_due_as_of_its_days_is_over():
    aim, team = on_calls(30, due_on=NOVEMBER.last_day), [both("15", "11")]
    found = {day: figures(aim, team, date(2026, 11, day)) for day in (10, 20, 30)}

    states = {day: state(aim, each, date(2026, 11, day)) for day, each in found.items()}

    assert states == {10: GoalState.ON_PACE, 20: GoalState.BEHIND, 30: GoalState.BEHIND}
    assert [round(pace(aim, each, date(2026, 11, day)), 2) for day, each in found.items()] == [
        Decimal("0.33"),
        Decimal("0.67"),
        1,
    ]


def test_the_way_to_what_is_counted_begins_at_nothing_as_each_month_does():
    aim = on_calls(20)

    assert progress(aim, figures(aim, [both("16", "5")], date(2026, 11, 20))) == Decimal("0.25")


def test_a_goal_on_what_is_counted_waits_for_its_first_figure_and_ends_with_a_month():
    none, early = figures(on_calls(20), [Rep(None, None)], START), figures(on_calls(20), [both("1", "20")], START)
    short = on_calls(20, due_on=date(2027, 1, 30))

    assert state(on_calls(20), none, START) == GoalState.WAITING
    assert {
        "waits": refusal(on_calls(20), none, START),
        "is met": refusal(on_calls(20), early, START),
        "short": refusal(short, none, START),
        "coverage": refusal(on_calls(20, GoalKind.COVERAGE), none, START),
        "over": refusal(on_calls(20, due_on=START), none, START),
    } == {
        "waits": None,
        "is met": "That is reached already. Choose a higher target.",
        "short": "It is counted by month. Choose the last day of one.",
        "coverage": "How many are in is counted for the score only.",
        "over": "Choose a day after today.",
    }


@given(st.lists(amounts, min_size=1, max_size=9), amounts.filter(bool), st.integers(1, 30))
def test_more_is_never_further_away_and_is_there_exactly_from_the_target_on(values, target, day):
    """Whoever enters more stands no worse; without an end at 100."""
    aim, today = on_calls(target), date(2026, 11, day)
    found = figures(aim, [both(0, value) for value in values], today)
    more = figures(aim, [both(0, value + 1) for value in values], today)

    assert 0 <= progress(aim, found) <= progress(aim, more)
    assert 0 <= pace(aim, found, today) <= 1
    assert is_reached(aim, found) == (found.now >= target)
