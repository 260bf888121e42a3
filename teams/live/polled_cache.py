"""What the database says of things that many ask for every few seconds, kept in the process for a second at most."""

import threading
import time
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

LATEST = 1.0
"""Seconds: what is told was true that long ago at most."""
RESTS = 10
"""So many times as long as a reading took passes before the next one: few are told at once, and many cost little."""
WAITS = 1.0
"""Seconds for which somebody else's reading is waited for: where the database hangs, each asks it for themself."""
ASKED_WITHIN = 30.0
"""Seconds: what nobody asked for since is not read again."""
MOST = 10_000
"""Keys that one reading looks for: what is invented fills neither the memory nor the question."""


class Copies(Generic[Key, Value]):
    """`read` answers for all keys asked for lately at once: a few times a second at most, however many ask.

    Whoever first finds the copies due, at half of `latest` or sooner, reads them anew; the others go on with what is
    there, and wait only where it is too old. What was not asked for before is not there until the next reading; what
    that does not find is forgotten. With `rested` they are due at that share of `latest` and no sooner.
    """

    def __init__(
        self, read: Callable[[Collection[Key]], Mapping[Key, Value]], latest: float = LATEST, rested: float = 0
    ) -> None:
        self.latest, self.rested = latest, rested
        self._read, self._reading = read, threading.Lock()
        self._asked: dict[Key, float] = {}
        self._copies: Mapping[Key, Value] = {}
        self._read_at, self._took = -latest, 0.0

    def get(self, key: Key) -> Value | None:
        """The copy of a key, as the database had it at most `latest` seconds ago; None where there is none."""
        now = time.monotonic()
        if key in self._asked or len(self._asked) < MOST:
            self._asked[key] = now
        age, due = now - self._read_at, max(self.rested * self.latest, min(self.latest / 2, RESTS * self._took))
        is_old = age >= self.latest
        if age >= due:
            if not self._reading.acquire(timeout=WAITS if is_old else 0):
                return None if is_old else self._copies.get(key)
            try:
                if now - self._read_at >= due:  # nobody else did while this one waited
                    self._read_again(now)
            finally:
                self._reading.release()
        return self._copies.get(key)

    def _read_again(self, now: float) -> None:
        asked_lately = {key: at for key, at in self._asked.copy().items() if now - at < ASKED_WITHIN}
        self._copies = self._read(asked_lately.keys())
        self._asked = {key: at for key, at in asked_lately.items() if key in self._copies}
        self._read_at, self._took = now, time.monotonic() - now
