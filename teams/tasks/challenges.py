"""What ends challenges when their time has come."""

from django.utils import timezone

from teams.actions.challenges import settling
from teams.tasks.sweep import sweep


@sweep
def end_challenges() -> None:
    """Expire duels, void what too few joined, settle what is over."""
    now = timezone.now()
    settling.expire_duels(now)
    settling.void_due(now)
    settling.settle_due(now)
