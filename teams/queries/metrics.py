"""What the operator's tools read of the whole site, in Prometheus's terms: ages in seconds, and counts."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from teams.queries import health
from teams.queries.broker import queue

BEGAN = timezone.now()
"""When this process did: the age of what has never run anywhere."""


class SiteCollector(Collector):
    """The same from every process, read from the database and the broker when it is asked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield each figure."""
        now = timezone.now()
        yield _jobs(now)
        yield _states("leaderboard_messages", "Mails and posts that are not sent", health.messages())
        yield _states("leaderboard_invitations", "Invitations that are not sent", health.invitations(now))
        yield from _ranking(now)
        yield from _queue(now)
        yield GaugeMetricFamily("leaderboard_displays", "Paired screens", health.displays())
        if (backup_moment := health.backups_made()) is not None:
            age = _age(now, backup_moment[-1] if backup_moment else health.began() or BEGAN)
            yield GaugeMetricFamily(
                "leaderboard_backup_age_seconds", "Since the newest backup, or the clock began", age
            )


def _jobs(now: datetime) -> GaugeMetricFamily:
    ages = GaugeMetricFamily("leaderboard_job_age_seconds", "Since its last end, or the clock began", labels=["job"])
    for job in health.jobs(now):
        ages.add_metric([job.name], _age(now, job.since or BEGAN))
    return ages


def _states(name: str, help_text: str, counts: dict[str, int]) -> GaugeMetricFamily:
    states = GaugeMetricFamily(name, help_text, labels=["state"])
    for state, count in counts.items():
        states.add_metric([state], count)
    return states


def _ranking(now: datetime) -> Iterator[GaugeMetricFamily]:
    waiting = health.waiting()
    age = _age(now, waiting.since)
    yield GaugeMetricFamily("leaderboard_stale_boards", "Boards that wait to be ranked", waiting.boards)
    yield GaugeMetricFamily("leaderboard_stale_boards_age_seconds", "Since the oldest of them waits", age)


def _queue(now: datetime) -> Iterator[GaugeMetricFamily]:
    """Nothing where the broker does not answer: nobody knows then."""
    if waiting := queue():
        age = max(_age(now, waiting.since), 0)  # the worker's clock may be ahead
        yield GaugeMetricFamily("leaderboard_queue_length", "Jobs that wait for a worker", waiting.length)
        yield GaugeMetricFamily("leaderboard_queue_age_seconds", "Since the oldest of them was asked for", age)


def _age(now: datetime, since: datetime | None) -> float:
    """Seconds; 0 of what is not there."""
    return (now - since).total_seconds() if since else 0
