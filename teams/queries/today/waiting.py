"""What waits for somebody: the rows of the bell and of Today, and the statement that every page counts them by."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from teams.fields import name_as_read
from teams.queries.prepared_sql import named_rows
from teams.rules.challenges.stages import GRACE
from teams.rules.months import Month
from teams.rules.thanks import WAITS
from teams.rules.waiting import Waiting, WaitingKind

RESULT_WAITS = timedelta(days=14)
"""How long a challenge that was won stands among what waits."""
MOST = 200
"""How many readings of a month are counted: each page counts anew, and from here on it is many."""
WAITING = Path(__file__).with_name("waiting.sql").read_text()
ROWS = Path(__file__).with_name("waiting_rows.sql").read_text().format(waiting=WAITING)


def waiting_for(user: int, now: datetime) -> list[Waiting]:
    """What waits for a login's member, the newest first; one query."""
    return [_waiting(row) for row in named_rows(dict, ROWS, **waiting_params(user, now))]


def waiting_params(user: int, now: datetime) -> dict[str, Any]:
    """The parameters of `waiting.sql` and `waiting_rows.sql`."""
    return {
        "user": user,
        "now": now,
        "grace": GRACE.days,
        "result_stays": RESULT_WAITS,
        "thanks_wait": WAITS,
        "most": MOST,
    }


def _waiting(row: dict[str, Any]) -> Waiting:
    named = {name: value for name, value in row.items() if value is not None}
    if "maker" in named:
        named["maker"] = name_as_read(named["maker"])
    if other := named.pop("other", None):
        named["others"] = (name_as_read(other),)
    if "month" in named:
        named["month"] = Month.of(named["month"])
    return Waiting(**named | {"kind": WaitingKind(named["kind"])})
