"""Business figures as people write them, and the axis they are drawn on."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.insights.charts import axis
from teams.rules.sheets.figures import amount


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("12", "12"),
        ("0", "0"),
        ("4,5", "4.50"),
        ("4.5", "4.50"),
        ("1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1.250", "1250"),
        ("1,250", "1250"),
        ("1 250 000", "1250000"),
        ("1\N{NARROW NO-BREAK SPACE}250,5 €", "1250.50"),
        ("€ 3 000", "3000"),
        ("EUR 3.000,00", "3000"),
        ("3'000.20 CHF", "3000.20"),
        ("1.250.000", "1250000"),
        ("12,345,678.9", "12345678.90"),
        (Decimal("7.125"), "7.13"),
        ("0,125", "0.13"),
        ("0.500", "0.50"),
    ],
)
def test_an_amount_is_understood_as_people_write_it(written, means):
    assert amount(written) == Decimal(means)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ten",
        "-3",
        "1,2,3",
        "01.250,5",
        "1.2,3.4",
        "1..5",
        "12 meetings",
        "1e5",
        "9" * 21,
        Decimal(-1),
        Decimal("NaN"),
        None,
    ],
)
def test_anything_else_is_no_amount(written):
    assert amount(written) is None


@given(st.text(max_size=25))
def test_no_text_breaks_it(text):
    assert amount(text) is None or amount(text) >= 0


@given(st.decimals(0, 10**9, places=2))
def test_what_is_written_with_a_comma_is_what_it_was(value):
    assert amount(f"{value}".replace(".", ",")) == value


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (12, [0, 5, 10, 15]),
        (100, [0, 25, 50, 75, 100]),
        (41_000, [0, 20_000, 40_000, 60_000]),
    ],
)
def test_an_axis_has_round_values_from_nought_up(highest, ticks):
    assert axis(Decimal(highest)) == ticks


@given(st.decimals(0, 10**11, places=2))
def test_every_value_lies_on_its_axis(highest):
    ticks = axis(highest)

    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert 2 <= len(ticks) <= 5
