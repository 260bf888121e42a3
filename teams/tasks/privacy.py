"""What erases people when their week to think again is over."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from teams.actions import erasures
from teams.actions.refusals import Refused
from teams.tasks.ranking import nudge
from teams.tasks.sweep import sweep

EXPIRES = 3600


@sweep
def erase_due() -> None:
    """One task for each whose week is over, so that one failure stops nobody."""
    for member in erasures.due_erasures(timezone.now()):
        erase.apply_async([member], expires=EXPIRES)


@shared_task
def erase(member: int) -> None:
    """Erase one. Safe to run twice: the second finds it done; the last admin is asked for again by the next sweep."""
    with suppress(Refused):
        nudge(erasures.erase(member, timezone.now()))
