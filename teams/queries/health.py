"""Whether everything runs: what the jobs of the clock did, and what waits for a worker."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Min

from teams.models.boards.boards import Board
from teams.models.displays import Display
from teams.models.messages.deliveries import Delivery
from teams.models.people.invitations import Invitation
from teams.models.sweeps import Sweep
from teams.queries.broker import Queue
from teams.rules.health import LONGEST_WAIT, OLDEST_BACKUP, Alert, is_late, is_older
from teams.rules.messages.delivery import DeliveryState


class Job(NamedTuple):
    """A job of the clock: its name in the schedule, its last end, and whether that is too long ago.

    `since` is that end, or when the clock began where there was none yet; None where it has never begun.
    """

    name: str
    ended_at: datetime | None
    since: datetime | None
    is_late: bool


class Waiting(NamedTuple):
    """Boards that wait to be ranked, and since when the oldest does."""

    boards: int
    since: datetime | None


class SiteState(NamedTuple):
    """What the page "Does everything run?" looks at of the whole site; the queue is None while the broker is away."""

    jobs: list[Job]
    queue: Queue | None
    waiting: Waiting
    backups: list[datetime] | None


def alerts(state: SiteState, now: datetime) -> list[Alert]:
    """What does not run; a query where there is no backup yet, which is late a day after the clock began."""
    queue_since = state.queue.since if state.queue else None
    backup_at = None
    if state.backups is not None:
        backup_at = state.backups[-1] if state.backups else began()
    signs = {
        Alert.JOB_IS_LATE: any(job.is_late for job in state.jobs),
        Alert.BROKER_IS_AWAY: state.queue is None,
        Alert.QUEUE_IS_OLD: is_older(queue_since, LONGEST_WAIT, now),
        Alert.BOARDS_ARE_STALE: is_older(state.waiting.since, LONGEST_WAIT, now),
        Alert.BACKUP_IS_OLD: is_older(backup_at, OLDEST_BACKUP, now),
    }
    return [alert for alert, is_so in signs.items() if is_so]


def jobs(now: datetime) -> list[Job]:
    """Every job of the schedule; one query. One that has not ended yet is judged by when the clock began."""
    sweeps = {sweep.name: sweep for sweep in Sweep.objects.all()}
    began = min((sweep.first_at for sweep in sweeps.values()), default=None)
    return [
        Job(name, ended_at, since, is_late(since, timedelta(seconds=entry["schedule"]), now))
        for name, entry in settings.CELERY_BEAT_SCHEDULE.items()
        for ended_at in [getattr(sweeps.get(entry["task"]), "ended_at", None)]
        for since in [ended_at or began]
    ]


def began() -> datetime | None:
    """When the first job of the clock ended."""
    first: datetime | None = Sweep.objects.aggregate(Min("first_at"))["first_at__min"]
    return first


def backups_made() -> list[datetime] | None:
    """When each backup that is there was made, as its name says, the oldest first; None where none are wanted."""
    if not settings.BACKUPS:
        return None
    names = sorted(file.name for file in Path(settings.BACKUPS).glob("leaderboard-*.dump"))
    return [datetime.strptime(name, settings.BACKUP_NAME).replace(tzinfo=UTC) for name in names]


def waiting() -> Waiting:
    """What the ranking has before it; one query by index."""
    return Waiting(*Board.objects.stale().aggregate(Count("pk"), Min("stale_since")).values())


def messages() -> dict[str, int]:
    """How many messages are in each state that is not the end; one query."""
    unfinished = Delivery.objects.filter(
        state__in=[DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNCERTAIN, DeliveryState.FAILED]
    )
    counts = unfinished.values_list("state").annotate(Count("pk"))
    return dict(counts.order_by("state"))


def invitations(now: datetime) -> dict[str, int]:
    """How many invitations wait for their mail, and of how many it is known or feared that they did not arrive."""
    invitations_due = Invitation.objects
    return {"waiting": invitations_due.due(now).count(), "unsettled": invitations_due.unsettled(now).count()}


def displays() -> int:
    """How many screens are paired."""
    return Display.objects.filter(token_hash__isnull=False).count()
