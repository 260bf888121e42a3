"""How paired screens stand, all that are asked for in one query: whether there is news, and what they celebrate."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from teams.queries.prepared_sql import named_rows
from teams.rules.displays.slides import CELEBRATED_WITHIN, is_bright
from teams.rules.moments import ON_WALL
from teams.rules.standings import COMPLETE_FROM
from teams.rules.visibility import FEWEST

WALL_STATE = Path(__file__).with_name("wall_state.sql").read_text()


class WallState(NamedTuple):
    """A paired screen: `facts` is a text that differs when something on it does, `policies` one of what it may show.

    `celebrations` are the oldest first; `celebrated` those of them, and of some days before, that it has shown. Where
    it has no goals or plays for nothing, nothing of that kind is running.
    """

    token_hash: str
    display: int
    team: int
    seen_at: datetime | None
    time_zone: str
    language: str
    slides: list[str]
    seconds: int
    sound: bool
    bright_from: int
    bright_until: int
    policies: str
    facts: str
    has_goals: bool
    plays: bool
    celebrations: list[str]
    celebrated: list[str]

    @property
    def due(self) -> list[str]:
        """What it has not celebrated yet."""
        return [key for key in self.celebrations if key not in self.celebrated]

    @property
    def settings(self) -> tuple[Any, ...]:
        """Whose figures it shows, and how."""
        return (self.policies, tuple(self.slides), self.seconds, self.sound, self.time_zone, self.language)

    def is_bright(self, now: datetime) -> bool:
        """Whether people are there to look at it."""
        return is_bright(self.local(now), self.bright_from, self.bright_until)

    def local(self, moment: datetime) -> datetime:
        """The moment where it hangs."""
        return moment.astimezone(ZoneInfo(self.time_zone))

    def version(self, now: datetime, release: str) -> str:
        """What a screen has in hand as long as nothing changed, not even the hour."""
        hour = f"{self.local(now):%F %H}"
        facts = [self.facts, self.settings, self.is_bright(now), hour, release]
        return sha256(repr(facts).encode()).hexdigest()[:16]


def wall_states(tokens: Collection[str], now: datetime) -> dict[str, WallState]:
    """The paired screens by the hashes of their tokens; one query."""
    bounds = {
        "since": now - CELEBRATED_WITHIN,
        "moments_since": now - ON_WALL,
        "fewest": FEWEST,
        "complete_from": COMPLETE_FROM,
    }
    states = named_rows(WallState, WALL_STATE, tokens=list(tokens), **bounds)
    return {state.token_hash: state for state in states}
