"""What notices that goals are reached."""

from celery import shared_task
from django.utils import timezone

from teams.actions import goals


@shared_task
def notice_reached_goals() -> None:
    """Look at every goal whose team's boards were ranked since it was looked at."""
    now = timezone.now()
    while goals.notice_reached(now):
        pass
