"""What notices that goals are reached."""

from django.utils import timezone

from teams.actions import goals
from teams.tasks.sweep import sweep


@sweep
def notice_reached_goals() -> None:
    """Look at every goal whose team's boards were ranked since it was looked at."""
    now = timezone.now()
    while goals.notice_reached(now):
        pass
