"""What is still needed in a challenge, to those who are not there yet: at half-time, and once in its last two days.

Each is claimed when the day begins where it does first, and written when it goes out, in its reader's own morning.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from teams.actions.messages.addresses import site_url
from teams.actions.submissions import closed_months
from teams.models import Challenge, Delivery, MessageKind
from teams.queries.challenges.table import Book
from teams.rules.challenges.stages import Stage, stage
from teams.rules.messages.delivery import Reason
from teams.rules.messages.hours import EARLIEST
from teams.rules.months import Month, days_left
from teams.words import notices
from teams.words.notices import Notice

LAST_DAYS = timedelta(days=2)
A_DAY = timedelta(days=1)
SAYS: Mapping[str, Callable[..., Notice]] = {
    MessageKind.CHALLENGE_HALF_TIME: notices.half_time,
    MessageKind.CHALLENGE_LAST_DAYS: notices.last_days,
}


class Due(NamedTuple):
    """Which of the two goes out from which day on, and the last day of it."""

    kind: MessageKind
    day: date
    last: date


def still_needed_due(challenge: Challenge, now: datetime) -> Due | None:
    """Which is to be claimed of a challenge now; None outside both spans."""
    today, terms = now.astimezone(EARLIEST).date(), challenge.terms()
    if stage(terms, challenge.facts(), today) != Stage.RUNNING:
        return None
    begins = challenge.ends_on - LAST_DAYS
    if today >= begins:
        return Due(MessageKind.CHALLENGE_LAST_DAYS, today, challenge.ends_on)
    if today in (terms.half_time, terms.half_time + A_DAY):
        return Due(MessageKind.CHALLENGE_HALF_TIME, today, begins - A_DAY)
    return None


def still_needed_of(delivery: Delivery, now: datetime) -> Notice | Reason:
    """What one of them says at this moment; or why nobody needs to be told."""
    challenge = Challenge.objects.filter(pk=delivery.about_pk).with_accepted().first()
    if challenge is None or challenge.voided_at or challenge.settled_at:
        return Reason.CHALLENGE_OVER
    if closed_months(delivery.reader, [Month.of(challenge.ends_on)], now):
        return Reason.CLOSED
    rows = Book.of([challenge]).rows(challenge, now)
    row = next((row for row in rows if row.entry.member_id == delivery.member_id), None)
    if row is None or row.result.won:
        return Reason.THERE_ALREADY if row else Reason.CHALLENGE_OVER
    left = days_left(challenge.ends_on, now.astimezone(challenge.zone).date(), challenge.starts_on)
    needed = getattr(row.progress, "needed", None)
    url, counter = site_url("challenge", challenge.pk), challenge.terms().counter
    return SAYS[delivery.kind](challenge.title, needed, left, url, counter=counter)
