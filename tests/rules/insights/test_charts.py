"""Geometry of charts: months and values in, coordinates out."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from teams.rules.insights.charts import Frame, anchor, bridges, every, line, seats, span, stacks, ticks
from teams.rules.months import Month

JUNE = Month(2026, 6)
FRAME = Frame(JUNE, JUNE + 4, low=0, high=100, width=100, height=50)


def by_month(*values):
    return [(JUNE + n, value) for n, value in enumerate(values)]


def test_a_line_runs_through_its_points():
    assert line(by_month(0, 50, 100), FRAME) == "M0 50L25 25L50 0"


def test_a_line_breaks_where_a_month_is_missing():
    assert line(by_month(0, None, 100, 100), FRAME) == "M0 50M50 0L75 0"
    assert line([(JUNE, 0), (JUNE + 2, 100)], FRAME) == "M0 50M50 0"


def test_bridges_run_over_the_gaps_only():
    assert bridges(by_month(0, None, 100, 100), FRAME) == "M0 50L50 0"
    assert bridges(by_month(0, 50, 100), FRAME) == ""


def test_nothing_is_drawn_without_points():
    assert (line([], FRAME), line(by_month(None, None), FRAME), bridges([], FRAME)) == ("", "", "")


def test_a_single_month_stands_in_the_middle():
    assert Frame(JUNE, JUNE, 0, 100).x(JUNE) == 50


def test_margins_stay_free():
    frame = Frame(JUNE, JUNE + 2, 0, 10, width=100, height=100, left=10, right=20, top=5, bottom=15)

    assert [frame.x(JUNE + n) for n in range(3)] == [10, 45, 80]
    assert [frame.y(value) for value in (10, 5, 0)] == [5, 45, 85]


def test_the_last_day_of_a_month_lies_on_the_month():
    assert FRAME.x_of_day(date(2026, 7, 31)) == FRAME.x(JUNE + 1)
    assert FRAME.x_of_day(date(2026, 7, 15)) == 12.1


def test_bounds_are_round_and_hold_everything():
    assert span([38, 52], least=20) == (30, 60)
    assert span([41, 41], least=20) == (30, 60)
    assert span([97, 99], least=20) == (80, 100)
    assert span([], least=20) == (0, 100)


@given(st.lists(st.integers(0, 100), min_size=1), st.integers(1, 100))
def test_bounds_stay_on_the_scale(values, least):
    low, high = span(values, least)

    assert 0 <= low <= min(values)
    assert max(values) <= high <= 100
    assert high - low >= least


def test_a_grid_has_few_round_lines():
    assert ticks(30, 60) == [30, 40, 50, 60]
    assert ticks(0, 100) == [0, 25, 50, 75, 100]
    assert ticks(50, 70) == [50, 55, 60, 65, 70]


def test_everybody_expected_has_a_seat():
    assert seats(1, 2) == [(0, 49.4, True), (50.6, 49.4, False)]
    assert seats(0, 0) == []
    assert [filled for *_, filled in seats(3, 5)] == [True, True, True, False, False]


def test_many_seats_become_two_shares():
    assert seats(61, 100) == [(0, 61, True), (61, 39, False)]


@given(st.integers(0, 200), st.integers(0, 200))
def test_seats_never_leave_the_bar(submitted, expected):
    assert all(x >= 0 and x + width <= 100.5 for x, width, _ in seats(submitted, expected))


def test_labels_keep_their_distance():
    assert [every(count, 5) for count in (1, 5, 6, 14)] == [1, 1, 2, 3]


def test_dots_stand_on_the_line_or_above_each_other():
    assert stacks([10, 10, 11, 20, 22, 22], apart=2) == [0, 1, 2, 0, 0, 1]


@given(st.lists(st.floats(0, 100)).map(sorted), st.floats(0.1, 10))
def test_no_dot_covers_another(places, apart):
    levels = stacks(places, apart)

    for level in set(levels):
        beside = [place for place, at in zip(places, levels, strict=True) if at == level]
        assert all(later - earlier >= apart for earlier, later in pairwise(beside))


def test_a_text_near_an_edge_runs_inwards():
    assert [anchor(x) for x in (3, 50, 97)] == ["start", "middle", "end"]
