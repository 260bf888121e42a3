"""Figures for the operator's tools."""

import secrets
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily

from leaderboard.metrics import text
from teams.queries import health
from teams.queries.broker import queue
from teams.views.shared.requests import Request

BEGAN = timezone.now()
"""When this process did: the age of what has never run anywhere."""


@login_not_required
@require_safe
def metrics(request: Request) -> HttpResponse:
    """For whoever has METRICS_TOKEN: the site's requests and jobs, in Prometheus's format."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    return HttpResponse(text(of_the_site), content_type=CONTENT_TYPE_LATEST)


def of_the_site() -> Iterator[GaugeMetricFamily]:
    """Ages in seconds, and counts: the same from every process."""
    now = timezone.now()
    ages = GaugeMetricFamily("leaderboard_job_age_seconds", "Since its last end, or the clock began", labels=["job"])
    for job in health.jobs(now):
        ages.add_metric([job.name], (now - (job.since or BEGAN)).total_seconds())
    yield ages
    messages = GaugeMetricFamily("leaderboard_messages", "Mails and posts that are not sent", labels=["state"])
    for state, count in health.messages().items():
        messages.add_metric([state], count)
    yield messages
    invitations = GaugeMetricFamily("leaderboard_invitations", "Invitations that are not sent", labels=["state"])
    for state, count in health.invitations(now).items():
        invitations.add_metric([state], count)
    yield invitations
    waiting = health.waiting()
    age = (now - waiting.since).total_seconds() if waiting.since else 0
    yield GaugeMetricFamily("leaderboard_stale_boards", "Boards that wait to be ranked", waiting.boards)
    yield GaugeMetricFamily("leaderboard_stale_boards_age_seconds", "Since the oldest of them waits", age)
    if found := queue():  # where the broker does not answer, nobody knows
        age = (now - found.since).total_seconds() if found.since else 0
        yield GaugeMetricFamily("leaderboard_queue_length", "Jobs that wait for a worker", found.length)
        yield GaugeMetricFamily("leaderboard_queue_age_seconds", "Since the oldest of them was asked for", max(age, 0))
    yield GaugeMetricFamily("leaderboard_displays", "Paired screens", health.displays())
    if (made := health.backups_made()) is not None:
        age = (now - (made[-1] if made else health.began() or BEGAN)).total_seconds()
        yield GaugeMetricFamily("leaderboard_backup_age_seconds", "Since the newest backup, or the clock began", age)
