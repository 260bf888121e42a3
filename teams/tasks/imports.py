"""What reads and stores imported files: a nudge after each answer, and a sweep for those whose job was lost."""

from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from teams.actions.imports import intake, reading, storing
from teams.models import Import, ImportState
from teams.tasks.ranking import nudge
from teams.tasks.sweep import sweep

LOST_AFTER = timedelta(seconds=45)
"""A job that did nothing for this long was lost: each step of it says that it lives."""


@shared_task
def go_on(upload: int) -> None:
    """Read or store an import, whichever it waits for."""
    state = Import.objects.filter(pk=upload).values_list("state", flat=True).first()
    if state == ImportState.READING:
        reading.read(upload)
    elif state == ImportState.STORING:
        nudge(storing.store(upload))


@sweep
def continue_imports() -> None:
    """Go on with whatever lost its job, and forget what waited for an answer for a week."""
    lost = Import.objects.unfinished().filter(touched_at__lt=timezone.now() - LOST_AFTER)
    for upload in lost.values_list("pk", flat=True):
        go_on.delay(upload)
    intake.drop_forgotten()


def go_on_soon(upload: Import) -> None:
    """Ask a worker after the commit. Robust: without a broker the sweep does it later."""
    transaction.on_commit(lambda: go_on.delay(upload.pk), robust=True)
