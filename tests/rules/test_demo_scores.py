"""Scores as people could have them: within LinkedIn’s limits, spread as in real teams, always the same."""

from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from teams.rules.demo_scores import absent, measure, reading_days, seller, with_a_tie
from teams.rules.measure import TYPICAL, Pillar, adds_up
from teams.rules.months import Month

SINCE, MARK = date(2025, 10, 1), date(2026, 6, 15)
LAST = date(2026, 11, 23)
TEAM = [seller(f"Seller {n}") for n in range(200)]
days = st.dates(SINCE, date(2040, 12, 31))
months = st.builds(Month, st.integers(2020, 2040), st.integers(1, 12))


def totals(day):
    return [measure(who, day, SINCE, MARK).total for who in TEAM]


@given(st.text(), days)
def test_every_reading_could_stand_on_the_page(seed, day):
    shown = measure(seller(seed), day, SINCE, MARK)
    assert list(shown.pillars) == list(Pillar)
    assert all(0 <= points <= 25 and points == round(points, 3) for points in shown.pillars.values())
    assert adds_up(shown.total, shown.pillars)
    assert 1 <= shown.industry_rank <= 100
    assert 1 <= shown.network_rank <= 100


@given(st.text(), days)
def test_a_seed_has_the_same_numbers_every_time(seed, day):
    assert measure(seller(seed), day, SINCE, MARK) == measure(seller(seed), day, SINCE, MARK)


def test_trailing_zeros_are_dropped_as_linkedin_does():
    written = [str(points) for who in TEAM for points in measure(who, LAST, SINCE, MARK).pillars.values()]
    assert [text for text in written if "." in text and text.endswith("0")] == []


def test_the_middle_seller_has_the_typical_profile():
    shown = [measure(who, SINCE, SINCE, MARK).pillars for who in TEAM]
    for pillar in Pillar:
        middle = median(pillars[pillar] for pillars in shown)
        assert abs(middle - TYPICAL[pillar]) < TYPICAL[pillar] * Decimal("0.2")


def test_scores_are_spread_as_in_real_teams():
    assert min(totals(SINCE)) <= 18
    assert max(totals(SINCE)) >= 70
    assert 28 <= median(totals(SINCE)) <= 38


def test_some_are_steady_some_climb_and_a_few_fall():
    changes = [after - before for before, after in zip(totals(SINCE), totals(MARK - timedelta(days=1)), strict=True)]
    climbing, falling = sum(change >= 4 for change in changes), sum(change <= -4 for change in changes)
    assert len(changes) - climbing - falling > 60
    assert climbing > 2 * falling > 10


def test_a_day_moves_a_score_by_noise_only():
    pairs = zip(totals(LAST), totals(LAST - timedelta(days=1)), strict=True)
    assert max(abs(after - before) for after, before in pairs) <= 2


def test_a_recalibration_takes_three_or_four_points_from_everybody():
    pairs = list(zip(totals(MARK), totals(MARK - timedelta(days=1)), strict=True))
    assert median(after - before for after, before in pairs) in (-3, -4)
    assert all(-6 <= after - before <= -1 for after, before in pairs)


def test_a_better_score_has_a_better_rank():
    shown = sorted((measure(who, SINCE, SINCE, MARK) for who in TEAM), key=lambda each: sum(each.pillars.values()))
    assert [each.industry_rank for each in shown] == sorted((each.industry_rank for each in shown), reverse=True)
    assert [each.network_rank for each in shown] == sorted((each.network_rank for each in shown), reverse=True)


@given(st.text(), months, st.integers(1, 31))
def test_readings_lie_in_the_month_and_not_in_the_future(seed, month, until):
    today = month.first_day + timedelta(days=until - 1)
    found = reading_days(seed, month, today)
    assert 1 <= len(found) <= 3
    assert found == sorted(set(found))
    assert all(day in month and day <= today for day in found)


@given(st.text(), months, st.lists(st.text(), unique=True, max_size=60))
def test_nobody_is_silent_and_away_at_once(seed, month, names):
    silent, away = absent(seed, month, names)
    assert set(silent).isdisjoint(away)
    assert len(silent) <= len(names) / 8
    assert {*silent, *away} <= set(names)


@given(st.lists(st.integers(0, 199), unique=True, min_size=8, max_size=14))
def test_a_team_can_be_given_a_tie(numbers):
    shown = {number: measure(TEAM[number], LAST, SINCE, MARK) for number in numbers}
    tied = with_a_tie(shown)
    assert len({each.total for each in tied.values()}) < len(tied)
    assert sum(tied[number] != shown[number] for number in numbers) <= 1
    assert all(adds_up(each.total, each.pillars) for each in tied.values())
