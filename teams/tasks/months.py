"""What closes months when their time has come."""

import logging

from celery import shared_task
from django.utils import timezone

from teams.actions.months import closing, history
from teams.models import Team
from teams.tasks.delivery import tell_soon
from teams.tasks.sweep import sweep

log = logging.getLogger(__name__)
EXPIRES = 300
AT_ONCE = 200
"""How many boards one task closes."""


@sweep
def close_due_months() -> None:
    """Tasks for all boards whose month is due, for as many workers as there are; and for history that is."""
    now = timezone.now()
    for team in history.due_teams(now):
        close_history.apply_async((team.pk,), expires=EXPIRES)
    due = closing.due_boards(now)
    for first in range(0, len(due), AT_ONCE):
        close_months.apply_async((due[first : first + AT_ONCE],), expires=EXPIRES)


@shared_task
def close_months(boards: list[int]) -> None:
    """Close some months at once; where one fails, each by a task of its own, so that it stops nobody else.

    Safe to run twice, and to be killed at any moment.
    """
    try:
        closing.close_months(boards, timezone.now())
        tell_soon()
    except Exception:
        log.exception("%s months could not be closed at once: each is tried alone", len(boards))
        for board in boards:
            close_month.apply_async((board,), expires=EXPIRES)


@shared_task
def close_month(board: int) -> None:
    """Close one month. Safe to run twice: the second finds it closed."""
    if closing.close_month(board, timezone.now()):
        tell_soon()


@shared_task
def close_history(team: int) -> None:
    """Close a team's history. Safe to run twice: the second finds nothing open."""
    history.complete(Team.objects.select_related("organization").get(pk=team), timezone.now())
