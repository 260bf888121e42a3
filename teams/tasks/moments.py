"""What notices moments of winning: seconds after a reading was ranked, and each minute whatever was missed."""

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from teams.actions import goals
from teams.actions.moments import noticing
from teams.actions.sweeps import last_end
from teams.models import Moment
from teams.tasks.delivery import tell_soon
from teams.tasks.sweep import sweep

SOON = 2
"""Seconds in which what is ranked is looked at together, however much it is."""


@sweep
def notice_moments() -> None:
    """Look at the goals, the challenges and the best months of whatever was ranked since they were looked at."""
    now = timezone.now()
    while goals.notice_reached(now):
        pass
    while noticing.notice_made(now):
        pass
    noticing.notice_best_months(last_end("teams.tasks.moments.notice_moments"), now)
    if Moment.objects.filter(noticed_at__gte=now).exists():
        tell_soon()


def ask_to_notice() -> None:
    """Have a worker look in some seconds, once for all that is ranked until then. The sweep does what is lost."""

    def ask() -> None:
        if cache.add("moments:asked", True, SOON):
            notice_moments.apply_async(countdown=SOON, expires=60)

    transaction.on_commit(ask, robust=True)
