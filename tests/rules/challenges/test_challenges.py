"""Challenges as plain values: what counts, who wins, who owes whom, and when."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.challenges import counting, settling, stages
from teams.rules.challenges.counting import Progress, Reading, Typed, amended_after, counting_at, progress
from teams.rules.challenges.grounds import Grounds, Ruling
from teams.rules.challenges.progress import percents, to_the_target
from teams.rules.challenges.recalibrating import Choice, Decided
from teams.rules.challenges.settling import Result, Standing, debts, results, team_progress
from teams.rules.challenges.stages import Facts, Stage, grace_ends, stage
from teams.rules.challenges.terms import ChallengeKind, StakeKind, Terms, Winners, default_winners, next_month, refusal
from teams.rules.months import days_left
from teams.rules.scores import is_evidenced
from teams.words.challenges import explain, explain_team, explained_with_rulings, read_back, what_it_takes

START, END = date(2026, 11, 10), date(2026, 11, 30)
ACCEPTED = datetime(2026, 11, 9, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def november(day):
    return date(2026, 11, day)


def noon(day, month=11):
    return datetime(2026, month, day, 12, tzinfo=UTC)


def terms(kind=ChallengeKind.GAIN, **fields):
    is_duel = fields.get("is_duel", False)
    winners, count = default_winners(kind, is_duel=is_duel)
    points = Decimal(5) if kind in (ChallengeKind.GAIN, ChallengeKind.REACH) else None
    return Terms(
        **{"kind": kind, "starts_on": START, "ends_on": END, "points": points, "winners": winners, "count": count}
        | fields
    )


def reading(day, value, *, known=None, pk=None):
    """A reading of a day in November, typed that noon unless `known` says otherwise."""
    return Reading(pk or day, november(day), known or noon(day), Decimal(value))


def made_by(kind, *readings, accepted=ACCEPTED, **fields):
    return progress(terms(kind, **fields), readings, accepted, accepted.date())


# What counts


def test_a_correction_takes_the_place_of_a_reading_and_keeps_the_moment_at_which_it_was_known():
    typed = [Typed(1, november(3), noon(3), Decimal(50)), Typed(2, november(4), noon(20), Decimal(48), replaces=1)]

    assert counting_at(typed, noon(10)) == [Reading(1, november(3), noon(3), Decimal(50))]
    assert counting_at(typed, noon(21)) == [Reading(2, november(4), noon(3), Decimal(48), corrected_at=noon(20))]


def test_what_is_typed_at_the_last_moment_counts_and_what_comes_at_the_deadline_does_not():
    deadline = datetime(2026, 12, 3, tzinfo=UTC)
    typed = [
        Typed(1, november(30), deadline - timedelta(microseconds=1), Decimal(50)),
        Typed(2, november(30), deadline, Decimal(60)),
    ]

    assert [each.id for each in counting_at(typed, deadline)] == [1]


def test_a_withdrawal_after_the_deadline_changes_nothing_until_it_is_settled_again():
    typed = [Typed(1, november(20), noon(20), Decimal(50), withdrawn_at=noon(5, 12))]

    assert [each.id for each in counting_at(typed, noon(3, 12))] == [1]
    assert amended_after(typed, noon(3, 12)) == []


def test_settling_again_sees_corrections_of_what_was_known_but_nothing_new():
    typed = [
        Typed(1, november(20), noon(20), Decimal(50)),
        Typed(2, november(20), noon(9, 12), Decimal(40), replaces=1),
        Typed(3, november(30), noon(9, 12), Decimal(70)),
    ]

    assert [(each.id, each.value) for each in amended_after(typed, noon(3, 12))] == [(2, Decimal(40))]


def test_a_reading_without_the_pillar_that_is_played_for_is_not_looked_at():
    assert counting_at([Typed(1, november(20), noon(20), None)], noon(21)) == []


# Evidence


@pytest.mark.parametrize(
    ("pillars", "is_pasted", "is_confirmed", "expected"),
    [
        ((10, 10, 10, 10), True, False, True),
        ((10, 10, 10, 9), True, False, False),
        ((None, 10, 10, 10), True, False, False),
        ((10, 10, 10, 10), False, False, False),
        ((None, None, None, None), False, True, True),
    ],
)
def test_evidence_is_a_whole_page_that_adds_up_or_a_managers_word(pillars, is_pasted, is_confirmed, expected):
    points = tuple(None if each is None else Decimal(each) for each in pillars)

    assert is_evidenced(40, points, is_pasted=is_pasted, is_confirmed=is_confirmed) is expected


def test_a_reading_from_a_picture_has_evidence():
    nothing = (None, None, None, None)

    assert is_evidenced(40, nothing, is_pasted=False, is_confirmed=False, is_pictured=True)


@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 100), st.booleans()), unique_by=lambda each: each[0]),
    st.sampled_from([ChallengeKind.GAIN, ChallengeKind.REACH, ChallengeKind.IMPROVED, ChallengeKind.HIGHEST]),
    st.sampled_from(StakeKind),
)
def test_readings_without_evidence_count_as_if_they_were_not_there_and_only_where_something_is_at_stake(
    days, kind, stake
):
    readings = [replace(reading(day, value), is_evidenced=proven) for day, value, proven in sorted(days)]
    among = terms(kind, stake=stake, evidenced_only=True)
    counted = readings if stake == StakeKind.NONE else [each for each in readings if each.is_evidenced]

    found = progress(among, readings, ACCEPTED, ACCEPTED.date())

    assert replace(found, unevidenced=()) == progress(terms(kind), counted, ACCEPTED, ACCEPTED.date())
    assert set(found.unevidenced) <= set(readings) - set(counted)


def test_a_result_says_which_readings_were_left_out_as_they_were_only_typed():
    among = terms(stake=StakeKind.PRIZE, evidenced_only=True)
    proven = [replace(reading(day, value), is_evidenced=True) for day, value in ((9, 40), (20, 44))]
    found = progress(among, [*proven, reading(25, 60)], ACCEPTED, ACCEPTED.date())
    stored = json.loads(json.dumps(Grounds(found).as_json(), cls=DjangoJSONEncoder))

    said = explained_with_rulings(among, Grounds.of_json(stored), Result(None, won=False))

    assert said == (
        "Started at 40, read on 9 November 2026 (the first after accepting). "
        "Ended at 44, read on 20 November 2026: +4. 1 point short. "
        "Left out, as only typed: 60, read on 25 November 2026."
    )


def test_where_only_confirmed_readings_count_evidence_is_not_asked_for_besides():
    assert not terms(stake=StakeKind.PRIZE, evidenced_only=True, confirmed_only=True).needs_evidence


def test_a_team_is_compared_by_its_evidenced_readings_only():
    among = terms(ChallengeKind.TEAMS, stake=StakeKind.PRIZE, evidenced_only=True)
    proven = [replace(reading(day, value), is_evidenced=True) for day, value in ((9, 40), (20, 44))]

    found = team_progress(among, {1: [*proven, reading(25, 60)], 2: [reading(9, 30)]}, ACCEPTED)

    assert (found.reps, found.baseline, found.now, found.of) == ((1,), Decimal(40), Decimal(44), 2)


# The baseline


@pytest.mark.parametrize(
    ("why", "readings", "baseline", "is_late"),
    [
        ("the latest of the fourteen days", [reading(1, 40), reading(6, 44)], 6, False),
        ("one of the first of the fourteen days", [Reading(7, date(2026, 10, 27), noon(1), Decimal(40))], 7, False),
        ("none that is older", [Reading(7, date(2026, 10, 26), noon(1), Decimal(40))], None, False),
        ("one of the start itself that was known", [reading(10, 44, known=noon(8))], 10, False),
        ("one of before the start that was not known yet", [reading(6, 44, known=noon(12))], None, False),
        ("the first after accepting where none was known", [reading(12, 44), reading(20, 50)], 12, True),
        ("none after the end", [Reading(50, date(2026, 12, 1), noon(1, 12), Decimal(44))], None, False),
    ],
)
def test_the_baseline_is(why, readings, baseline, is_late):
    found = made_by(ChallengeKind.GAIN, *readings)

    assert (found.baseline and found.baseline.id, found.is_late) == (baseline, is_late)


def test_only_readings_after_the_baseline_count():
    found = made_by(ChallengeKind.GAIN, reading(12, 44), reading(20, 49))

    assert ([each.id for each in found.readings], found.gained, found.made_on) == ([20], Decimal(5), november(20))


def test_a_second_reading_of_the_baselines_day_counts():
    found = made_by(ChallengeKind.GAIN, reading(10, 44, known=noon(8), pk=1), reading(10, 49, pk=2))

    assert found.made_on == START


def test_correcting_the_baseline_moves_it():
    typed = [Typed(1, november(5), noon(5), Decimal(50)), Typed(3, november(20), noon(20), Decimal(53))]
    corrected = [*typed, Typed(4, november(5), noon(21), Decimal(48), replaces=1)]

    before, after = (
        progress(terms(), counting_at(each, noon(22)), ACCEPTED, november(9)) for each in (typed, corrected)
    )

    assert (before.needed, before.made_on) == (Decimal(2), None)
    assert (after.baseline.value, after.baseline.corrected_at, after.made_on) == (Decimal(48), noon(21), november(20))


# What somebody has made


@pytest.mark.parametrize(
    ("kind", "points", "values", "gained", "needed", "made_on"),
    [
        (ChallengeKind.GAIN, 5, [44], 0, 5, None),
        (ChallengeKind.GAIN, 5, [44, 48], 4, 1, None),
        (ChallengeKind.GAIN, 5, [44, 49], 5, 0, 21),
        (ChallengeKind.GAIN, 5, [44, 49, 40], -4, 0, 21),
        (ChallengeKind.REACH, 50, [44, 49], 5, 1, None),
        (ChallengeKind.REACH, 50, [44, 50, 30], -14, 0, 21),
        (ChallengeKind.IMPROVED, None, [44, 60, 50], 6, None, None),
        (ChallengeKind.HIGHEST, None, [44, 60, 50], 6, None, None),
    ],
)
def test_what_was_made_is_dated_and_kept_and_the_last_reading_compares(kind, points, values, gained, needed, made_on):
    start, *later = values
    readings = [reading(6, start), *(reading(21 + n, value) for n, value in enumerate(later))]

    found = made_by(kind, *readings, points=points and Decimal(points))

    assert (found.gained or 0, found.needed, found.made_on) == (gained, needed, made_on and november(made_on))


def test_readings_before_the_start_and_after_the_end_do_not_count():
    found = made_by(
        ChallengeKind.REACH,
        reading(9, 60),
        Reading(40, date(2026, 12, 1), noon(1, 12), Decimal(60)),
        points=Decimal(50),
    )

    assert (found.readings, found.made_on) == ((), None)


def test_to_reach_needs_no_baseline():
    assert made_by(ChallengeKind.REACH, reading(30, 50), points=Decimal(50)).made_on == END


VALUES = st.integers(0, 100).map(Decimal)
TYPED = st.lists(st.tuples(st.integers(-20, 30), st.integers(-20, 35), VALUES, st.booleans()), max_size=12).map(
    lambda rows: [
        Typed(
            number,
            START + timedelta(days=min(taken, typed)),
            noon(10) + timedelta(days=typed),
            value,
            withdrawn_at=noon(10) + timedelta(days=typed + 1) if gone else None,
        )
        for number, (taken, typed, value, gone) in enumerate(rows)
    ]
)


@given(TYPED, st.sampled_from(list(ChallengeKind)), st.randoms())
def test_progress_depends_neither_on_the_order_nor_on_what_came_after_the_deadline(typed, kind, random):
    deadline = noon(3, 12)
    shuffled = [one for one in typed if one.typed_at < deadline]
    random.shuffle(shuffled)

    first, second = (
        progress(terms(kind), counting_at(each, deadline), ACCEPTED, november(9)) for each in (typed, shuffled)
    )

    assert first == second
    assert all(START <= each.taken_on <= END for each in first.readings)
    assert first.made_on is None or (first.needed == 0 and first.made_on in [each.taken_on for each in first.readings])


# Who wins


def compared(figures, **fields):
    standings = {name: Standing(figure=None if value is None else Decimal(value)) for name, value in figures.items()}
    return winners(results(terms(**fields), standings))


def winners(found):
    return {name for name, result in found.items() if result.won}


def made(days, **fields):
    standings = {name: Standing(made_on=day and november(day)) for name, day in days.items()}
    return winners(results(terms(**fields), standings))


@pytest.mark.parametrize(
    ("fields", "figures", "expected"),
    [
        ({"kind": ChallengeKind.IMPROVED}, {"a": 9, "b": 7, "c": 7, "d": 3}, {"a", "b", "c"}),
        ({"kind": ChallengeKind.IMPROVED}, {"a": 9, "b": 7, "c": 3, "d": 3}, {"a", "b", "c", "d"}),
        ({"kind": ChallengeKind.IMPROVED}, {"a": 2, "b": 0, "c": -4, "d": None}, {"a"}),
        ({"kind": ChallengeKind.IMPROVED, "count": 1}, {"a": 9, "b": 9, "c": 7}, {"a", "b"}),
        ({"kind": ChallengeKind.HIGHEST}, {"a": 40, "b": None}, {"a"}),
        ({"kind": ChallengeKind.HIGHEST, "is_duel": True}, {"a": 61, "b": 60}, {"a"}),
        ({"kind": ChallengeKind.HIGHEST, "is_duel": True}, {"a": 60, "b": 60}, set()),
        ({"kind": ChallengeKind.IMPROVED, "is_duel": True}, {"a": -1, "b": -5}, {"a"}),
        ({"kind": ChallengeKind.IMPROVED, "is_duel": True}, {"a": -1, "b": None}, {"a"}),
        ({"kind": ChallengeKind.IMPROVED, "is_duel": True}, {"a": None, "b": None}, set()),
        ({"kind": ChallengeKind.TEAMS}, {"a": "2.1", "b": "2.0"}, {"a"}),
        ({"kind": ChallengeKind.TEAMS}, {"a": "2.1", "b": "2.1"}, set()),
        ({"kind": ChallengeKind.TEAMS}, {"a": "2.1", "b": "2.1", "c": 1}, {"a", "b"}),
    ],
)
def test_those_who_compare_win(fields, figures, expected):
    assert compared(figures, **fields) == expected


@pytest.mark.parametrize(
    ("fields", "days", "expected"),
    [
        ({}, {"a": 12, "b": 30, "c": None}, {"a", "b"}),
        ({"winners": Winners.FIRST, "count": 1}, {"a": 12, "b": 13}, {"a"}),
        ({"winners": Winners.FIRST, "count": 1}, {"a": 12, "b": 12, "c": 13}, {"a", "b"}),
        ({"winners": Winners.FIRST, "count": 2}, {"a": 12, "b": 13, "c": 13, "d": 14}, {"a", "b", "c"}),
        ({"winners": Winners.FIRST, "count": 3}, {"a": None}, set()),
    ],
)
def test_those_who_make_it_win(fields, days, expected):
    assert made(days, **fields) == expected


@given(
    st.dictionaries(st.integers(1, 9), st.none() | VALUES),
    st.integers(1, 4),
    st.sampled_from([ChallengeKind.IMPROVED, ChallengeKind.HIGHEST]),
)
def test_whoever_is_better_than_a_winner_wins_and_equals_share(figures, count, kind):
    standings = {member: Standing(figure=figure) for member, figure in figures.items()}
    found = results(terms(kind, count=count), standings)

    assert all(
        found[better].won and found[better].place <= found[winner].place
        for winner, result in found.items()
        if result.won
        for better, figure in figures.items()
        if figure is not None and figure >= figures[winner]
    )
    assert found == results(terms(kind, count=count), dict(reversed(standings.items())))


def test_a_silent_rep_counts_with_the_last_score_and_a_newcomer_does_not():
    found = team_progress(
        terms(ChallengeKind.TEAMS),
        {1: [reading(5, 40), reading(25, 46)], 2: [reading(4, 50)], 3: [reading(20, 90)], 4: [], 5: [reading(10, 9)]},
        ACCEPTED,
    )

    assert found == settling.TeamProgress((1, 2), Decimal("45.0"), Decimal("48.0"), Decimal("3.0"), of=5)


def test_a_team_without_a_score_at_the_start_has_no_mean():
    assert team_progress(terms(ChallengeKind.TEAMS), {1: [reading(20, 40)]}, ACCEPTED) == settling.TeamProgress(
        (), None, None, None, of=1
    )


@pytest.mark.parametrize(
    ("stake", "expected"),
    [
        (StakeKind.NONE, set()),
        (StakeKind.ON_ME, {(9, 1), (9, 2)}),
        (StakeKind.PRIZE, {(9, 1), (9, 2)}),
        (StakeKind.LOSER, {(3, 1), (3, 2)}),
    ],
)
def test_there_is_one_debt_for_each_pair(stake, expected):
    assert debts(stake, 9, [1, 2, 1], [3]) == expected


@given(st.sampled_from(list(StakeKind)), st.integers(1, 5), st.sets(st.integers(1, 5)), st.sets(st.integers(1, 5)))
def test_nobody_owes_themselves_and_without_a_winner_nobody_owes(stake, maker, won, lost):
    found = debts(stake, maker, won, lost)

    assert all(debtor != creditor and creditor in won for debtor, creditor in found)


# When


@pytest.mark.parametrize(
    ("facts", "today", "expected"),
    [
        (Facts(sent=False), START, Stage.DRAFT),
        (Facts(sent=True), START - timedelta(days=1), Stage.INVITED),
        (Facts(sent=True), START, Stage.RUNNING),
        (Facts(sent=True), END, Stage.RUNNING),
        (Facts(sent=True), END + timedelta(days=1), Stage.GRACE),
        (Facts(sent=True, settled=True), END, Stage.SETTLED),
        (Facts(sent=True, voided=True), START, Stage.VOID),
    ],
)
def test_a_challenge_is_at_a_stage(facts, today, expected):
    assert stage(terms(), facts, today) == expected


def test_a_duel_runs_once_both_are_in():
    duel = terms(ChallengeKind.HIGHEST, is_duel=True)

    assert [stage(duel, Facts(sent=True, accepted=count), START) for count in (1, 2)] == [Stage.INVITED, Stage.RUNNING]


@pytest.mark.parametrize(
    ("days", "half_time"),
    [(0, 0), (1, 0), (2, 1), (20, 10), (29, 14)],
)
def test_one_may_join_until_half_time(days, half_time):
    short = terms(ends_on=START + timedelta(days=days))
    last = START + timedelta(days=half_time)

    assert [stages.may_join(short, day) for day in (last, last + timedelta(days=1))] == [True, False]


@pytest.mark.parametrize(
    ("kind", "accepted", "is_void"),
    [
        (ChallengeKind.GAIN, 0, True),
        (ChallengeKind.GAIN, 1, False),
        (ChallengeKind.REACH, 1, False),
        (ChallengeKind.IMPROVED, 1, True),
        (ChallengeKind.HIGHEST, 2, False),
    ],
)
def test_too_few_at_half_time_is_void(kind, accepted, is_void):
    facts = Facts(sent=True, accepted=accepted)

    assert stages.is_void(terms(kind), facts, november(21)) == is_void
    assert not stages.is_void(terms(kind), facts, november(20))


@pytest.mark.parametrize(
    ("why", "closed_at", "expected"),
    [
        ("two whole days of the organization", None, datetime(2026, 12, 3, tzinfo=BERLIN)),
        (
            "the closing where it is earlier",
            datetime(2026, 12, 2, 9, tzinfo=BERLIN),
            datetime(2026, 12, 2, 9, tzinfo=BERLIN),
        ),
        ("not a later closing", datetime(2026, 12, 3, 18, tzinfo=BERLIN), datetime(2026, 12, 3, tzinfo=BERLIN)),
        (
            "never before the last day is over",
            datetime(2026, 11, 29, tzinfo=BERLIN),
            datetime(2026, 12, 1, tzinfo=BERLIN),
        ),
    ],
)
def test_the_grace_lasts(why, closed_at, expected):
    assert grace_ends(END, BERLIN, closed_at) == expected


def test_the_grace_keeps_its_days_when_the_clocks_change():
    assert grace_ends(date(2026, 10, 24), BERLIN).astimezone(UTC) == datetime(2026, 10, 26, 23, tzinfo=UTC)


def test_a_duel_waits_for_72_hours():
    sent = noon(1)

    assert [stages.has_expired(sent, sent + timedelta(hours=hours)) for hours in (71, 72)] == [False, True]


def test_days_left_count_today_and_never_fall_below_nothing():
    days = [START - timedelta(days=3), START, END, END + timedelta(days=1)]
    played = terms()

    assert [days_left(played.ends_on, day, played.starts_on) for day in days] == [21, 21, 1, 0]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "today", "expected"),
    [
        (date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 3), (date(2026, 12, 1), date(2026, 12, 31))),
        (date(2027, 1, 31), date(2027, 1, 31), date(2027, 2, 3), (date(2027, 2, 28), date(2027, 2, 28))),
        (date(2026, 11, 10), date(2026, 11, 20), date(2027, 1, 16), (date(2027, 2, 10), date(2027, 2, 20))),
    ],
)
def test_a_challenge_repeats_in_a_later_month_whose_half_time_is_ahead(starts_on, ends_on, today, expected):
    repeated = next_month(terms(starts_on=starts_on, ends_on=ends_on), today)

    assert (repeated.starts_on, repeated.ends_on) == expected


# What may be agreed


@pytest.mark.parametrize(
    ("fields", "begins"),
    [
        ({}, None),
        ({"kind": ChallengeKind.REACH, "figure": "insights", "points": Decimal("2.5")}, None),
        ({"kind": ChallengeKind.IMPROVED}, None),
        ({"kind": ChallengeKind.HIGHEST, "is_duel": True, "stake": StakeKind.LOSER}, None),
        ({"starts_on": START - timedelta(days=1)}, "The first day is over"),
        ({"ends_on": START - timedelta(days=1)}, "The last day is before"),
        ({"ends_on": START + timedelta(days=400)}, "A challenge lasts a year"),
        ({"points": None}, "Write how many points, up to 100"),
        ({"points": Decimal(26), "figure": "brand"}, "Write how many points, up to 25"),
        ({"points": Decimal("2.5")}, "Scores are whole numbers"),
        ({"kind": ChallengeKind.IMPROVED, "points": Decimal(5)}, "Only “gain” and “reach”"),
        ({"kind": ChallengeKind.IMPROVED, "winners": Winners.EVERYONE, "count": None}, "“Top” is for"),
        ({"winners": Winners.TOP, "count": 3}, "“Top” is for"),
        ({"winners": Winners.FIRST, "count": None}, "Write how many can win"),
        ({"is_duel": True}, "A duel is about"),
        ({"stake": StakeKind.LOSER}, "Only in a duel"),
    ],
)
def test_terms_that_nobody_could_play_are_refused_with_a_sentence(fields, begins):
    said = refusal(terms(**fields), START)

    assert said is None if begins is None else said.startswith(begins)


# What is said


def test_the_rules_are_read_back():
    assert read_back(terms(stake=StakeKind.ON_ME), maker="Grace", invited=["North"], stake="lunch") == [
        "Everyone who gains 5 points from 10 November 2026 to 30 November 2026 wins.",
        "Played for: lunch. Grace owes it to each winner.",
        "The start is each one's latest reading of the 14 days before, else the first afterwards. "
        "Readings of these days count when they are typed by 2 December 2026.",
        "The reps of North are asked; who does not answer is not in. One may join until 20 November 2026.",
    ]


@pytest.mark.parametrize(
    ("fields", "first"),
    [
        ({"kind": ChallengeKind.REACH, "points": Decimal(50)}, "Everyone who reaches 50 from"),
        (
            {"kind": ChallengeKind.GAIN, "figure": "insights", "points": Decimal("2.5")},
            "Everyone who gains 2.5 points in insights",
        ),
        (
            {"winners": Winners.FIRST, "count": 2},
            "Whoever gains 5 points from 10 November 2026 to 30 November 2026 can win",
        ),
        ({"kind": ChallengeKind.IMPROVED}, "The 3 who gain most from"),
        ({"kind": ChallengeKind.IMPROVED, "count": 1}, "Whoever gains most from"),
        ({"kind": ChallengeKind.HIGHEST}, "The 3 who have the highest score"),
        ({"kind": ChallengeKind.IMPROVED, "is_duel": True}, "Whoever of the two gains more points"),
        ({"kind": ChallengeKind.TEAMS}, "The team whose mean score rises most"),
    ],
)
def test_every_kind_has_its_sentence(fields, first):
    assert read_back(terms(**fields), maker="Grace", invited=["North", "South"])[0].startswith(first)


def test_a_rule_has_a_few_words():
    assert [what_it_takes(terms(kind)) for kind in ChallengeKind] == [
        "gain 5 points", "reach 5", "most improved", "highest score", "team against team"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("readings", "result", "expected"),
    [
        (
            [reading(6, 44), reading(21, 49)],
            Result(1, True),
            "Started at 44, read on 6 November 2026. Ended at 49, read on 21 November 2026: +5. "
            "Made it on 21 November 2026.",
        ),
        (
            [reading(12, 44), reading(21, 46)],
            Result(None, False),
            "Started at 44, read on 12 November 2026 (the first after accepting). "
            "Ended at 46, read on 21 November 2026: +2. 3 points short.",
        ),
        (
            [reading(6, 44)],
            Result(None, False),
            "Started at 44, read on 6 November 2026. No later reading counted. 5 points short.",
        ),
        (
            [reading(6, 44), reading(20, 50), reading(22, 47)],
            Result(1, True),
            "Started at 44, read on 6 November 2026. Ended at 47, read on 22 November 2026: +3. "
            "Made it with 50, read on 20 November 2026: what was made is kept.",
        ),
        ([], Result(None, False), "There was no reading to start from. Without a reading there is no place."),
    ],
)
def test_a_result_is_explained(readings, result, expected):
    assert explain(terms(), made_by(ChallengeKind.GAIN, *readings), result) == expected


@pytest.mark.parametrize(
    "progress",
    [
        made_by(ChallengeKind.GAIN, reading(6, 44), reading(20, 50), reading(22, 47)),
        made_by(ChallengeKind.GAIN),
        settling.TeamProgress((1, 2), Decimal("45.0"), Decimal("44.0"), Decimal("-1.0"), of=3),
        settling.TeamProgress((), None, None, None, of=3),
    ],
)
def test_what_a_result_rests_on_says_the_same_once_it_was_stored(progress):
    decided = (Decided(november(9), Choice.SHIFT, -4, by="Grace"), Decided(november(20), Choice.STAND))
    grounds = Grounds(progress, decided, Ruling(counts=True, by="Grace"))
    stored = json.loads(json.dumps(grounds.as_json(), cls=DjangoJSONEncoder))

    said = explained_with_rulings(terms(), Grounds.of_json(stored), Result(2, False))

    assert said == explained_with_rulings(terms(), grounds, Result(2, False))
    assert said.endswith("Nobody decided, so every reading counts as read.")


def test_what_was_reached_and_lost_again_names_the_reading_that_reached_it():
    rule = terms(ChallengeKind.REACH, points=Decimal(50))
    found = counting.progress(rule, [reading(20, 51), reading(22, 47)], ACCEPTED, november(9))

    assert explain(rule, found, Result(1, True)) == (
        "Last reading: 47, on 22 November 2026. Made it with 51, read on 20 November 2026: what was made is kept."
    )


def test_level_sides_of_a_duel_and_of_teams_read_that_it_is_a_draw():
    duel = terms(ChallengeKind.HIGHEST, is_duel=True, count=1)
    found = counting.progress(duel, [reading(20, 51)], ACCEPTED, november(9))
    team = settling.TeamProgress((1, 2), Decimal("45.0"), Decimal("46.0"), Decimal("1.0"))
    level = [Result(1, False), Result(1, False)]

    assert explain(duel, found, level[0]).endswith("Equal: a draw.")
    assert explain_team(team, level[0]).endswith("Equal: a draw.")
    rules = (duel, terms(ChallengeKind.TEAMS), terms(ChallengeKind.IMPROVED))
    assert [settling.is_draw(rule, level) for rule in rules] == [True, True, False]


def test_the_result_of_a_team_is_explained():
    team = settling.TeamProgress((1, 2), Decimal("45.0"), Decimal("44.0"), Decimal("-1.0"), of=3)

    assert (
        explain_team(team, Result(2, False))
        == "The mean of the same 2 reps went from 45.0 to 44.0 (−1). Place 2: not won."
    )


def test_nothing_at_all_has_no_progress():
    assert counting.progress(terms(), [], ACCEPTED, november(9)) == Progress()


# The way behind somebody


@pytest.mark.parametrize(("score", "percent"), [("40", 0), ("42", 40), ("45", 100), ("49", 100), ("38", 0)])
def test_the_way_to_points_gained_is_the_part_that_is_gained(score, percent):
    assert to_the_target(terms(), made_by(ChallengeKind.GAIN, reading(9, 40), reading(20, score))) == percent


def test_the_way_to_a_score_is_the_part_of_it_that_is_there():
    asked = terms(ChallengeKind.REACH, points=Decimal(50))

    assert to_the_target(asked, progress(asked, [reading(12, 40)], ACCEPTED, ACCEPTED.date())) == 80
    assert to_the_target(asked, progress(asked, [], ACCEPTED, ACCEPTED.date())) == 0


def test_whoever_made_it_has_the_whole_way_behind_them_even_if_they_fell_again():
    assert to_the_target(terms(), made_by(ChallengeKind.GAIN, reading(9, 40), reading(15, 46), reading(20, 41))) == 100


def test_where_people_are_compared_the_leader_has_the_whole_way():
    gains = [made_by(ChallengeKind.IMPROVED, reading(9, 40), reading(20, score)) for score in (50, 45, 38)]
    heights = [made_by(ChallengeKind.HIGHEST, reading(20, score)) for score in (80, 40)]
    teams = [team_progress(terms(ChallengeKind.TEAMS), {}, ACCEPTED)]

    assert percents(terms(ChallengeKind.IMPROVED), [*gains, made_by(ChallengeKind.IMPROVED)]) == [100, 50, 0, 0]
    assert percents(terms(ChallengeKind.HIGHEST), heights) == [100, 50]
    assert percents(terms(ChallengeKind.TEAMS), teams) == [0]
