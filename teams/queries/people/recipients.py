"""Recipients of reminders: what decides whether a rep is reminded of a month."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from teams.queries.prepared_sql import as_json, named_rows
from teams.rules.messages.reminders import Recipient
from teams.rules.months import Month
from teams.rules.people.leave import is_away

RECIPIENTS = Path(__file__).with_name("recipients.sql").read_text()


def recipients(memberships: Iterable[int], month: Month, now: datetime) -> dict[int, Recipient]:
    """What decides about each rep, by the ids of their memberships; one query, however many there are.

    A membership that is no longer there gets a recipient with `competes=False`.
    """
    memberships = list(memberships)
    parameters = {
        "memberships": as_json(memberships),
        "first_day": month.first_day,
        "last_day": month.last_day,
        "now": now,
    }
    recipients = dict.fromkeys(memberships, Recipient(competes=False))
    for facts in named_rows(dict, RECIPIENTS, **parameters):
        membership_ids, holidays, starts, ends = (
            facts.pop(name) for name in ("memberships", "holidays", "starts", "ends")
        )
        away = starts is not None and is_away(month, zip(starts, ends, strict=True), holidays)
        recipients |= dict.fromkeys(membership_ids, Recipient(**facts, away=away))
    return recipients
