"""What erases people when their week to think again is over, and deletes what was kept long enough."""

from celery import shared_task
from django.utils import timezone

from teams.actions import api_tokens
from teams.actions.privacy import erasures, retention
from teams.rules.errors import Refused
from teams.tasks.ranking import nudge
from teams.tasks.sweep import sweep

EXPIRES = 3600


@sweep
def erase_due() -> None:
    """One task for each whose week is over, so that one failure stops nobody."""
    for member in erasures.due_erasures(timezone.now()):
        erase.apply_async((member,), expires=EXPIRES)


@shared_task
def erase(member: int) -> None:
    """Erase one. Safe to run twice: the second finds it done. The last manager or admin waits for the next sweeps."""
    try:
        nudge(erasures.erase(member, timezone.now()))
    except Refused:
        erasures.note_waiting(member)


@sweep
def delete_what_is_old() -> None:
    """Start a task for each organization that deletes what it has kept long enough: one failure stops no other."""
    retention.delete_nobodys(timezone.now())
    api_tokens.forget_answers(timezone.now())
    for organization in retention.organizations_to_look_at():
        delete_old.apply_async((organization,), expires=EXPIRES)


@shared_task
def delete_old(organization: int) -> None:
    """Delete what one organization has kept long enough. Safe to run twice, and to be killed at any moment."""
    retention.delete_old(organization, timezone.now())
