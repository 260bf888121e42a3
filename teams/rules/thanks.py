"""Thanks: how often somebody says it, and after a closing to whom a manager is offered to."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from enum import StrEnum

A_MONTH = 3
"""How often one thanks colleagues in a month: so that each is meant."""
LONGEST = 200
WAITS = timedelta(days=14)
"""How long thanks stand in the bell."""
ON_BOARD = timedelta(days=31)
"""How long they stand on the board, and on its walls."""
OFFERED_FOR = timedelta(days=7)
"""How long after a closing a manager is offered a word to whoever did something rare."""
OFFERED = 2
ROUND_SCORE = 50


class Rarity(StrEnum):
    """What somebody did that not everybody does, in the order in which it is offered."""

    COMEBACK = "comeback"
    """A score again after an absence that left a month without one."""
    FIRST_FIFTY = "first_fifty"
    """Their first month at 50 or more."""
    LARGEST_GAIN = "largest_gain"
    """More points than anybody else of the team."""


def may_thank(said_this_month: int) -> bool:
    """Whether somebody may thank once more this month; what was taken down counts as well."""
    return said_this_month < A_MONTH


def is_first_fifty(total: int, earlier: Collection[int]) -> bool:
    """Whether a score is the first at 50 or more of somebody who had others."""
    return bool(earlier) and total >= ROUND_SCORE > max(earlier)


def offered(comebacks: Iterable[int], first_fifties: Iterable[int], most_improved: Iterable[int]) -> dict[int, Rarity]:
    """Up to two people, by their ids, with why: the rarest first, each once; who gained most only where it is one."""
    gained = list(most_improved)
    ways = [
        (Rarity.COMEBACK, list(comebacks)),
        (Rarity.FIRST_FIFTY, list(first_fifties)),
        (Rarity.LARGEST_GAIN, gained if len(gained) == 1 else []),
    ]
    rarity_by_member: dict[int, Rarity] = {}
    for rarity, people in ways:
        for person in people:
            if len(rarity_by_member) < OFFERED:
                rarity_by_member.setdefault(person, rarity)
    return rarity_by_member
