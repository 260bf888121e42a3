"""What is wrong with the site: a job that is late, something that waits too long."""

from datetime import datetime, timedelta
from enum import StrEnum

PATIENCE = timedelta(minutes=2)
LONGEST_WAIT = timedelta(minutes=1)
"""Of boards for their ranking, and of jobs for a worker."""
OLDEST_BACKUP = timedelta(hours=25)
"""One is made each day."""


class Alert(StrEnum):
    """What may be wrong, by its name in deploy/alerts.yml and docs/runbook.md."""

    JOB_IS_LATE = "JobIsLate"
    BROKER_IS_AWAY = "BrokerIsAway"
    QUEUE_IS_OLD = "QueueIsOld"
    BOARDS_ARE_STALE = "BoardsAreStale"
    MESSAGES_FAIL = "MessagesFail"
    INVITATIONS_FAIL = "InvitationsFail"
    BACKUP_IS_OLD = "BackupIsOld"


def is_late(ended_at: datetime | None, every: timedelta, now: datetime) -> bool:
    """Whether it missed two turns in a row, and some patience for one that is long; None has never run."""
    return ended_at is None or now - ended_at > 3 * every + PATIENCE


def is_older(since: datetime | None, longest: timedelta, now: datetime) -> bool:
    """Whether it has been longer than that; never for what is not there."""
    return since is not None and now - since > longest
