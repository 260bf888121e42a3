"""Months and days in headings: in every language that calls them by names or counts them, and never a guess."""

import subprocess
import sys
from datetime import date

import pytest
from babel import Locale

from teams.rules.months import Month
from teams.rules.sheets import days
from teams.rules.sheets.headings import meanings
from tools import month_names


@pytest.mark.parametrize("language", month_names.LANGUAGES)
def test_a_month_and_its_year_are_read_in_each_language(language):
    names = [Locale.parse(language).months["stand-alone" if form else "format"]["wide"] for form in (False, True)]

    headings = {(name, number) for calendar in names for number, name in calendar.items() if not name[0].isdecimal()}

    for name, number in headings:
        month = Month(2026, number)
        assert days.month(f"{name} 2026") == month or month in days.doubtful(f"{name} 2026"), name


def test_the_names_are_those_that_the_tool_makes():
    assert month_names.OUT.read_text() == month_names.module()


def test_reading_them_does_not_load_what_they_came_from(pytestconfig):
    loads = "import sys, teams.rules.sheets.kinds; sys.exit('babel' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", loads], cwd=pytestconfig.rootpath, check=False).returncode == 0


@pytest.mark.parametrize(
    ("heading", "month"),
    [
        ("2026年10月", Month(2026, 10)),
        ("2026년 10월", Month(2026, 10)),
        ("Tháng 10 2026", Month(2026, 10)),
        ("2026M10", Month(2026, 10)),
        ("Oct 2026 (final)", Month(2026, 10)),
        ("EKİM 2026", Month(2026, 10)),
        ("KASIM 2026", Month(2026, 11)),
        ("октябрь 2026 г.", Month(2026, 10)),
        ("2026年10月5日", Month(2026, 10)),
        ("2026. 10. 5.", Month(2026, 10)),
        ("Oct 2026 target", None),
        ("Oct 26th", None),
        ("16 Nov", None),
        ("26-10", None),
        ("listopad 2026", None),
    ],
)
def test_a_heading_names_one_month_or_none(heading, month):
    assert days.month(heading) == month


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["Oct 26", "Nov 26"], ["2026-10", "2026-11"]),
        (["Nov 25", "Dec 25", "Jan 26"], ["2025-11", "2025-12", "2026-01"]),
        (["Nov 2", "Nov 9", "Nov 16", "Nov 23"], []),
        (["Nov 16", "Nov 23"], []),
        (["16 Nov", "23 Nov"], []),
        (["wrzesień 2026", "październik 2026", "listopad 2026"], ["2026-09", "2026-10", "2026-11"]),
        (["rujan 2026", "listopad 2026", "studeni 2026"], ["2026-09", "2026-10", "2026-11"]),
        (["wrzesień 2026", "listopad 2026"], ["2026-09"]),
    ],
)
def test_headings_are_read_as_the_others_beside_them_allow(headings, found):
    assert list(meanings(headings).values()) == found


@pytest.mark.parametrize(
    ("title", "headings", "found"),
    [
        ("SSI 2026", ["16 Nov", "23 Nov"], ["2026-11-16", "2026-11-23"]),
        ("SSI 2026", ["Nov 16", "Nov 23"], ["2026-11-16", "2026-11-23"]),
        ("SSI 2026", ["Sep", "Oct", "Nov"], ["2026-09", "2026-10", "2026-11"]),
        ("SSI 2026", ["Nov", "Oct", "Sep"], ["2026-11", "2026-10", "2026-09"]),
        ("SSI 2026", ["9月", "10月"], ["2026-09", "2026-10"]),
        ("SSI 2026", ["Nov", "Dec", "Jan"], []),
        ("SSI 2025/26", ["Nov", "Dec"], []),
        ("SSI 2025/2026", ["Nov", "Dec"], []),
    ],
)
def test_the_year_of_a_title_is_taken_where_it_is_the_only_one(title, headings, found):
    assert list(meanings(headings, [[title]]).values()) == found


def test_days_are_read_as_the_east_writes_them():
    assert days.day("2026年10月5日", days.UNKNOWN) == date(2026, 10, 5)
    assert days.day("2026년 10월 5일", days.UNKNOWN) == date(2026, 10, 5)
