"""The clock that starts the sweeps, on a machine whose own clock may be set back."""

from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler

NOTHING = timedelta(minutes=1)
"""So much is only corrected, as machines do each day."""
LONGEST = timedelta(days=1)
"""What nothing is done less often than."""


class Beat(PersistentScheduler):
    """Celery's own, which would do nothing until it is as late as it was."""

    def tick(self, *words: Any, **more: Any) -> float:
        """Starts what is due: everything, where something ran in what is the future now. Seconds until the next."""
        now = self.app.now()
        if any(entry.last_run_at and entry.last_run_at > now + NOTHING for entry in self.schedule.values()):
            for entry in self.schedule.values():
                entry.last_run_at = now - LONGEST
            self._heap = None
        return super().tick(*words, **more)
