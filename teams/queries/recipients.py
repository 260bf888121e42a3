"""What decides whether reps are reminded of a month."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from teams.queries.prepared_sql import as_json, named_rows
from teams.rules.leave import is_away
from teams.rules.months import Month
from teams.rules.reminders import Recipient

RECIPIENTS = Path(__file__).with_name("recipients.sql").read_text()


class _Alike(NamedTuple):
    """A line of `recipients.sql`: memberships of which the same is known."""

    memberships: list[int]
    holidays: list[date]
    starts: list[date] | None
    ends: list[date] | None
    submitted: bool
    competes: bool
    no_access: bool
    closed: bool
    has_address: bool
    invited: bool
    was_invited: bool
    unsubscribed: bool

    def recipient(self, month: Month) -> Recipient:
        """What decides whether they are reminded of the month."""
        leave = list(zip(self.starts or (), self.ends or (), strict=True))
        is_gone = bool(leave) and is_away(month, leave, self.holidays)
        return Recipient(
            submitted=self.submitted,
            competes=self.competes,
            no_access=self.no_access,
            closed=self.closed,
            has_address=self.has_address,
            invited=self.invited,
            was_invited=self.was_invited,
            unsubscribed=self.unsubscribed,
            away=is_gone,
        )


def recipients(memberships: Iterable[int], month: Month, now: datetime) -> dict[int, Recipient]:
    """What is known of reps, by the ids of their memberships; one query, however many there are.

    A membership that is gone competes no more.
    """
    memberships = list(memberships)
    asked = {"memberships": as_json(memberships), "first_day": month.first_day, "last_day": month.last_day, "now": now}
    found = dict.fromkeys(memberships, Recipient(competes=False))
    for alike in named_rows(_Alike, RECIPIENTS, **asked):
        found |= dict.fromkeys(alike.memberships, alike.recipient(month))
    return found
