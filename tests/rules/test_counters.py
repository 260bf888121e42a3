"""What may be stored of what a team counts itself, and what a change of it means."""

from decimal import Decimal

import pytest

from teams.rules.counters import Entering, FigureChange, change, mean, refusal
from teams.rules.months import Month
from teams.rules.standings import climbs, ranks, top_quarter

NOVEMBER = Month(2026, 11)


def refused(month=NOVEMBER, *, is_own=True, replaces_others=False, is_closed=False, has_reason=False, kept_from=None):
    return refusal(Entering(month, is_own, replaces_others, is_closed, has_reason), NOVEMBER, kept_from)


def test_a_rep_enters_this_month_and_the_three_before():
    said = {back: refused(NOVEMBER - back) for back in range(-1, 5)}

    assert said == {
        -1: "2026-12 has not begun. Check the year.",
        **dict.fromkeys(range(4)),
        4: "It is too late for 2026-07. Ask your manager to enter it.",
    }


def test_a_manager_enters_any_month_that_is_kept():
    assert refused(NOVEMBER - 12, is_own=False) is None
    assert refused(NOVEMBER - 12, is_own=False, kept_from=NOVEMBER - 11) == (
        "Nothing from before 2025-12 is kept here. An admin can have more months kept."
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"is_closed": True}, "2026-11 is closed: its standings are final. Ask your manager to amend it."),
        (
            {"is_closed": True, "has_reason": True},
            "2026-11 is closed: its standings are final. Ask your manager to amend it.",
        ),
        ({"is_closed": True, "is_own": False}, "Say why the final standings are changed."),
        ({"is_closed": True, "is_own": False, "has_reason": True}, None),
        ({"replaces_others": True}, "Say why you change what somebody else entered."),
        ({"replaces_others": True, "is_own": False}, "Say why you change what somebody else entered."),
        ({"replaces_others": True, "has_reason": True}, None),
    ],
)
def test_a_closed_month_is_a_managers_and_whoever_replaces_anothers_figure_says_why(asked, said):
    assert refused(**asked) == said


def test_a_change_is_from_the_latest_earlier_month_of_three_and_only_the_same_is_steady():
    figures = {NOVEMBER: Decimal(7), NOVEMBER - 2: Decimal("6.5"), NOVEMBER - 3: Decimal(9)}
    found = change(NOVEMBER, figures)

    assert (found, found.direction) == (FigureChange(Decimal("0.5"), NOVEMBER - 2), "up")
    assert FigureChange(Decimal(0), NOVEMBER).direction == "steady"
    assert FigureChange(Decimal("-0.01"), NOVEMBER).direction == "down"


@pytest.mark.parametrize("figures", [{}, {NOVEMBER: Decimal(7)}, {NOVEMBER: Decimal(7), NOVEMBER - 4: Decimal(1)}])
def test_there_is_no_change_without_an_earlier_figure_of_three_months(figures):
    assert change(NOVEMBER, figures) is None


def test_the_mean_is_to_a_hundredth_as_figures_are_stored():
    assert mean([Decimal(1), Decimal(1), Decimal(3)]) == Decimal("1.67")
    assert mean([]) is None


def test_figures_are_ranked_as_scores_are():
    now = {1: Decimal("2.50"), 2: Decimal("2.5"), 3: Decimal(7), 4: Decimal(0)}
    before = {1: Decimal(9), 2: Decimal(1), 3: Decimal(8)}

    assert ranks(now) == {1: 2, 2: 2, 3: 1, 4: 4}
    assert climbs(now, before) == {1: -1, 2: 1, 3: 1}
    assert top_quarter(map(Decimal, range(8))) == Decimal(6)
