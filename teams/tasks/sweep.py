"""What the clock starts: tasks whose last end is noted, so that everybody can see that they run."""

from collections.abc import Callable
from functools import wraps

from celery import Task, shared_task
from django.utils import timezone

from teams.actions.sweeps import note_end


def sweep(run: Callable[[], None]) -> Task:
    """A task for the schedule. One that fails is not noted, so that its age tells of it."""

    @shared_task
    @wraps(run)
    def noted() -> None:
        run()
        note_end(f"{run.__module__}.{run.__name__}", timezone.now())

    return noted
