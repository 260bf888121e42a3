"""The key under which a wall shows a celebration once."""

from dataclasses import dataclass
from enum import StrEnum


class CelebrationKind(StrEnum):
    """Of what a celebration is; `wall_state.sql` finds them."""

    GOAL = "goal"
    MONTH = "month"
    RECORD = "record"
    CHALLENGE = "challenge"
    MOMENT = "moment"
    TEST = "test"


@dataclass(frozen=True)
class CelebrationKey:
    """Its kind, and the id of what is celebrated; of a test the second in which somebody asked for it.

    Stored as a text: "goal-7".
    """

    kind: CelebrationKind
    number: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.number}"

    @classmethod
    def parse(cls, text: str) -> "CelebrationKey":
        """The key that is written so."""
        kind, _, number = text.partition("-")
        return cls(CelebrationKind(kind), int(number))
