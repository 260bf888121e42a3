"""A pasted list of holidays."""

from datetime import date

from teams.rules.sheets.holidays import Holidays, add_holidays, read_holidays

CHRISTMAS, BOXING_DAY, NEW_YEAR = date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)


def test_each_line_is_a_day_with_or_without_a_name():
    text = "2027-01-01\tNeujahr\n25.12.2026, Christmas\n\n  26 December 2026 Boxing Day\n2026-12-25"

    assert read_holidays(text) == Holidays([CHRISTMAS, BOXING_DAY, NEW_YEAR], [])


def test_lines_without_a_day_are_named():
    assert read_holidays("Christmas\n2026-12-25\n31.2.2027 nothing") == Holidays(
        [CHRISTMAS], ["Christmas", "31.2.2027 nothing"]
    )


def test_american_days_are_known_by_those_that_can_be_nothing_else():
    assert read_holidays("1/2/2027\n12/25/2026").days == [CHRISTMAS, date(2027, 1, 2)]


def test_days_are_added_in_their_order_once_each_and_no_line_is_lost():
    listed = "Easter?\n1.1.2027\n24.12.2026 we close early"

    assert add_holidays(listed, [(CHRISTMAS, "Christmas Day"), (NEW_YEAR, "New Year's Day")]) == (
        "24.12.2026 we close early\n2026-12-25 Christmas Day\n2027-01-01 New Year's Day\nEaster?"
    )
