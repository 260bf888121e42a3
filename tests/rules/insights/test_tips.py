"""The coaching tips and the choice of the week's."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.insights.tips import EVIDENCE, TIPS, tip_of_the_week, tips
from teams.rules.measure import Pillar

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))
PILLARS = st.sampled_from(Pillar)


def test_there_are_ten_tips_a_pillar_with_ids_of_their_own():
    assert Counter(tip.pillar for tip in TIPS) == dict.fromkeys(Pillar, 10)
    assert len({tip.id for tip in TIPS}) == 40


def test_every_mark_of_evidence_is_explained():
    assert {mark for tip in TIPS for mark in tip.evidence} == set(EVIDENCE)


def test_a_tip_may_carry_two_marks():
    assert TIPS[0].evidence == ("O", "A")


def test_tips_ask_friendly_and_briefly():
    assert [tip.id for tip in TIPS if "!" in tip.title + tip.how or len(tip.how) > 180 or tip.minutes < 1] == []


@pytest.mark.parametrize(
    ("pillar", "without", "having"),
    [(Pillar.BRAND, 10, 10), (Pillar.PEOPLE, 8, 10), (Pillar.INSIGHTS, 9, 10), (Pillar.RELATIONSHIPS, 9, 10)],
)
def test_tips_for_sales_navigator_are_only_for_those_who_have_it(pillar, without, having):
    assert len(tips(pillar, sales_navigator=False)) == without
    assert len(tips(pillar, sales_navigator=True)) == having


@given(PILLARS, DAYS, st.booleans(), st.integers())
def test_the_tip_of_the_week_is_one_of_the_pillars_tips(pillar, day, sales_navigator, seed):
    tip = tip_of_the_week(pillar, day=day, sales_navigator=sales_navigator, seed=seed)
    assert tip in tips(pillar, sales_navigator=sales_navigator)


@given(PILLARS, DAYS, st.booleans(), st.integers(), st.integers(1, 60))
def test_the_tip_stays_within_a_week_and_changes_with_the_next(pillar, day, sales_navigator, seed, later):
    def on(day):
        return tip_of_the_week(pillar, day=day, sales_navigator=sales_navigator, seed=seed)

    other = day + timedelta(days=later)
    weeks = (other - timedelta(days=other.weekday()) - (day - timedelta(days=day.weekday()))).days // 7
    number = len(tips(pillar, sales_navigator=sales_navigator))
    assert (on(day) == on(other)) is (weeks % number == 0)


def test_two_people_may_get_different_tips_in_one_week():
    day = date(2026, 11, 23)
    chosen = [tip_of_the_week(Pillar.PEOPLE, day=day, sales_navigator=True, seed=seed) for seed in range(10)]
    assert sorted(tip.id for tip in chosen) == sorted(tip.id for tip in tips(Pillar.PEOPLE, sales_navigator=True))
