"""The tests hold on any day, at any minute, wherever the organization is. docs/tried.md has the last run."""

import os
import re
import subprocess
import sys
import time
from calendar import isleap
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
from django.utils import timezone

from tests import clock

HERE = Path(__file__).parent
SEED = int(os.environ.get("SEED") or time.time_ns())
WRITTEN = re.compile(
    r"""["'](?:202[6-9]|20[3-9]\d)-\d\d(?:-\d\d)?["'T\\]|\b(?:date|datetime|Month)\((?:202[6-9]|20[3-9]\d)\b"""
)
"""A day or a month of 2026 or later that is a value: it is to come for some who run the tests, and past for others."""
BY_THE_CLOCK = [
    "pages",
    "browser",
    "faults/test_reports.py",
    "deploy/test_two_releases.py",
    "deploy/test_two_of_each.py",
]
"""Tests of processes and pages, which ask the machine which day it is; others are given their moment."""
LAST, FIRST = timedelta(minutes=-25), timedelta(minutes=1)
"""So long before midnight a run begins that ends before it, on a machine with two processors; so long after it."""
OURS = ["rules", "words", "models", "actions", "pages", "mail", "chat", "tasks", "deploy", "browser"]
"""The folders that are run at each moment, where they exist, and the files beside them. What kills processes and
measures time is the same on any day."""
HEAVY = "not test_no_field_breaks and not hostile and not test_compose and not test_any_day"
"""What is typed and sent by the thousand is, too."""


def test_no_test_by_the_machines_clock_names_a_day_that_is_to_come():
    roots = [HERE / name for name in BY_THE_CLOCK]
    files = [file for root in roots for file in ([root] if root.is_file() else sorted(root.rglob("*.py")))]

    found = [
        f"{file.relative_to(HERE)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if WRITTEN.search(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ('due_on="2027-11-30"', True),
        ("CLOSED = datetime(2026, 11, 4, 18, tzinfo=UTC)", True),
        ("NOVEMBER = Month(2026, 11)", True),
        ('"Write the day like 2026-12-24."', False),
        ('make_rep(team, joined_on="2020-01-01")', False),
        ("Random(20261123)", False),
    ],
)
def test_a_day_is_found_where_it_is_a_value(line, is_found):
    assert bool(WRITTEN.search(line)) == is_found


def begin(day):
    """Midnight in UTC as this day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def next_day(month, day, today, *, leap=False):
    """The next such day after today; in a leap year only, if so wanted."""
    years = (year for year in count(today.year) if not leap or isleap(year))
    return next(found for year in years if (found := date(year, month, day)) > today)


def sunday(month, which, today):
    """The next such Sunday of the month, counted from 1, or the last as -1."""
    for year in count(today.year):
        days = (date(year, month, 1) + timedelta(days=more) for more in range(31))
        sundays = [day for day in days if day.month == month and day.isoweekday() == 7]
        if (found := sundays[which - 1 if which > 0 else which]) > today:
            return found


def moments(today):
    """The awkward moments that come next, each with where the organization is, by what is awkward."""
    new_year, march, june = (begin(next_day(month, 1, today)) for month in (1, 3, 6))
    month = begin((today.replace(day=1) + timedelta(days=32)).replace(day=1))
    return {
        "the next month's first morning": (month + timedelta(hours=9), "UTC"),
        "a month's last minutes, and Auckland is in the next": (june + LAST, "Pacific/Auckland"),
        "a month's first minutes, and Honolulu is in the last": (june + FIRST, "Pacific/Honolulu"),
        "a month's last evening, and Kolkata is past midnight": (june - timedelta(hours=5), "Asia/Kolkata"),
        "the year's last minutes": (new_year + LAST, "UTC"),
        "the year's first minutes, and New York is in the last": (new_year + FIRST, "America/New_York"),
        "28 February": (begin(next_day(2, 28, today)) + timedelta(hours=12), "Europe/Berlin"),
        "1 March": (march + timedelta(hours=9), "Europe/Berlin"),
        "29 February": (begin(next_day(2, 29, today, leap=True)) + timedelta(hours=12), "Europe/Berlin"),
        "an hour is left out in Europe": (begin(sunday(3, -1, today)) + timedelta(minutes=58), "Europe/Berlin"),
        "an hour comes twice in Europe": (begin(sunday(10, -1, today)) + timedelta(minutes=58), "Europe/Berlin"),
        "an hour is left out in the USA": (begin(sunday(3, 2, today)) + timedelta(hours=6.97), "America/New_York"),
        "an hour comes twice in the USA": (begin(sunday(11, 1, today)) + timedelta(hours=5.97), "America/New_York"),
        "a Sunday": (begin(sunday(7, 3, today)) + timedelta(hours=15), "UTC"),
        "two years ahead": (timezone.now() + timedelta(days=730), "UTC"),
        "drawn at random": drawn(today),
    }


def drawn(today):
    """A moment of the next five years and a place, the same on the same day for the same seed."""
    random = Random(SEED)
    zone = random.choice(["Pacific/Auckland", "Asia/Kolkata", "Europe/Berlin", "UTC", "America/New_York"])
    moment = begin(today) + timedelta(minutes=random.randrange(5 * 365 * 24 * 60))
    return moment, zone


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return clock.build(tmp_path_factory.mktemp("clock"))


WAITS = """
import multiprocessing, queue, subprocess, threading, time
began = time.monotonic()
threading.Event().wait(0.2)
threading.Semaphore(0).acquire(timeout=0.2)
multiprocessing.Semaphore(0).acquire(timeout=0.2)
try: multiprocessing.Queue().get(timeout=0.2)
except queue.Empty: print(int(time.time()), subprocess.check_output(["date", "+%s"], text=True).strip())
print(time.monotonic() - began)
"""


@pytest.mark.soak
def test_only_the_wall_clock_moves_and_for_what_is_started_too(library):
    moment = datetime(2040, 2, 29, 12, tzinfo=UTC)
    run = [sys.executable, "-c", WAITS]

    told = subprocess.run(run, env=clock.environment(library, moment), stdout=subprocess.PIPE, text=True, check=True)

    here, started, waited = map(float, told.stdout.split())
    assert 0 <= here - moment.timestamp() < 10
    assert 0 <= started - here <= 1
    assert 0.8 <= waited < 5


@pytest.mark.soak
@pytest.mark.parametrize("what", moments(timezone.now().date()))
def test_the_suite_holds(library, tmp_path, what):
    moment, zone = moments(timezone.now().date())[what]
    folders = [HERE / name for name in OURS if (HERE / name).is_dir()]
    command = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal", "-k", HEAVY]
    # Folders by number are cleared by age, by a clock that is years ahead also those of other runs.
    own = ["-p", "no:cacheprovider", f"--basetemp={tmp_path / 'tests'}", *folders, *sorted(HERE.glob("test_*.py"))]
    print(f"{moment:%A %Y-%m-%d %H:%M} UTC, {zone} (SEED={SEED})")

    began = time.monotonic()
    done = subprocess.run([*command, *own], cwd=HERE.parent, env=clock.environment(library, moment, zone), check=False)

    print(f"{time.monotonic() - began:.0f} s")
    assert done.returncode == 0
