"""What is late, and what waits too long."""

from datetime import UTC, datetime, timedelta

import pytest

from teams.rules.health import is_late, is_older

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


def test_what_is_not_there_is_not_old_and_a_moment_at_the_limit_is_not_either():
    minute = timedelta(minutes=1)
    moments = [None, NOON - minute, NOON - 1.1 * minute]

    assert [is_older(since, minute, NOON) for since in moments] == [False, False, True]
