"""What ends challenges when their time has come."""

from django.utils import timezone

from teams.actions.challenges import settling
from teams.tasks.delivery import tell_soon
from teams.tasks.sweep import sweep


@sweep
def end_challenges() -> None:
    """Expire duels, void what too few joined, settle what is over, ask to the next edition of what repeats."""
    now = timezone.now()
    settling.expire_duels(now)
    settling.void_due(now)
    if settling.settle_due(now):
        tell_soon()
    settling.repeat_due(now)
