"""What closes months when their time has come."""

from celery import shared_task
from django.utils import timezone

from teams.actions import months
from teams.tasks.sweep import sweep

EXPIRES = 300


@sweep
def close_due_months() -> None:
    """One task for each board whose month is due, so that one failure stops nobody."""
    for board in months.due_boards(timezone.now()):
        close_month.apply_async([board], expires=EXPIRES)


@shared_task
def close_month(board: int) -> None:
    """Close one month. Safe to run twice: the second finds it closed."""
    months.close_month(board, timezone.now())
