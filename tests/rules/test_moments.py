"""What a best month is."""

import pytest

from teams.rules.moments import best_month_gain


@pytest.mark.parametrize(
    ("total", "others", "gain"),
    [
        (70, [60, 66, 50], 4),
        (68, [60, 66, 50], 2),
        (67, [60, 66, 50], None),  # a day's noise
        (66, [60, 66, 50], None),
        (70, [60, 66], None),  # too few to compare
        (70, [], None),
    ],
)
def test_a_month_is_the_best_where_it_is_clearly_above_three_others(total, others, gain):
    assert best_month_gain(total, others) == gain
