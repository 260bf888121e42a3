"""What waits for somebody, and in which order Today has it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from teams.rules.months import Month


class WaitingKind(StrEnum):
    """Why something waits, in the order of Today: what others wait for comes first."""

    ASKED = "asked"
    """An invitation to a challenge without an answer."""
    FORMULA = "formula"
    """A challenge in which LinkedIn changed its formula."""
    DECIDE = "decide"
    """A challenge that readings hold up which nobody confirmed."""
    SUGGESTION = "suggestion"
    """A day that looks as if LinkedIn had changed its formula."""
    CONFIRM = "confirm"
    """Readings of a team's month that nobody confirmed."""
    SILENT = "silent"
    """Who is missing on a month's last day, and until it closes."""
    WON = "won"
    """A challenge that was won in the last weeks."""
    THANKED = "thanked"
    """A colleague's thanks of the last weeks."""
    OWE = "owe"
    """What somebody owes."""
    OWED = "owed"
    """What somebody is owed."""


ORDER = list(WaitingKind)


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, with whatever its kind is about. New: it came since its reader last opened the bell."""

    kind: WaitingKind
    since: datetime
    is_new: bool = False
    count: int = 1
    challenge_id: int | None = None
    challenge: str = ""
    stake: str = ""
    maker: str = ""
    """Who asks, or who thanks."""
    text: str = ""
    others: tuple[str, ...] = ()
    """To whom something is owed, or who owes it."""
    team: str = ""
    slug: str = ""
    month: Month | None = None
    day: date | None = None


def on_today(waiting: Iterable[Waiting], told: Collection[int | None] = ()) -> list[Waiting]:
    """In the order of Today, inside a kind the newest first; without who is missing, whom Today lists by team.

    What one owes from one challenge is one thing, and so is what one is owed. A challenge of `told` stands there as a
    moment already, if it was won.
    """
    kept_rows: dict[tuple[object, ...], Waiting] = {}
    for number, each in enumerate(waiting):
        is_debt = each.kind in (WaitingKind.OWE, WaitingKind.OWED)
        key = (each.kind, each.challenge_id) if is_debt else (number,)
        known = kept_rows.get(key)
        kept_rows[key] = replace(known, others=(*known.others, *each.others)) if known else each
    kept = [
        each
        for each in kept_rows.values()
        if each.kind != WaitingKind.SILENT and not (each.kind == WaitingKind.WON and each.challenge_id in told)
    ]
    return sorted(kept, key=lambda each: ORDER.index(each.kind))
