"""Whether a job of the clock still runs."""

from datetime import datetime, timedelta

PATIENCE = timedelta(minutes=2)


def is_late(ended_at: datetime | None, every: timedelta, now: datetime) -> bool:
    """Whether it missed two turns in a row, and some patience for one that is long; None has never run."""
    return ended_at is None or now - ended_at > 3 * every + PATIENCE
