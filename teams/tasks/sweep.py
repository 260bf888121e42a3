"""What the clock starts: tasks whose last end is noted, so that everybody can see that they run."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from celery import shared_task
from django.utils import timezone

from teams.actions.sweeps import note_end


def sweep(run: Callable[[], None] | None = None, **limits: Any) -> Any:
    """A task for the schedule, with limits of its own if given. One that fails is not noted: its age tells of it."""
    if run is None:
        return partial(sweep, **limits)

    @shared_task(**limits)
    @wraps(run)
    def run_and_note_end() -> None:
        run()
        note_end(f"{run.__module__}.{run.__name__}", timezone.now())

    return run_and_note_end
