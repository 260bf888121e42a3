"""Whether a job of the clock still runs."""

from datetime import UTC, datetime, timedelta

import pytest

from teams.rules.health import is_late

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ended", "late"),
    [
        (NOON, False),
        (NOON - timedelta(minutes=17), False),
        (NOON - timedelta(minutes=17, seconds=1), True),
        (None, True),
    ],
)
def test_a_job_is_late_after_two_missed_turns_and_some_patience(ended, late):
    assert is_late(ended, timedelta(minutes=5), NOON) is late
