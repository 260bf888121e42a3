"""A month as its manager sees it: every reading that counts, what to look at twice, and who vouched for it."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from teams.fields import name_as_read
from teams.models.boards.boards import Board
from teams.models.submissions import Source
from teams.queries.prepared_sql import as_json, named_rows
from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.rules.scores import REACH_BACK, Reading, flags

MONTH_TABLE = Path(__file__).with_name("month_table.sql").read_text()


@dataclass(frozen=True, slots=True)
class MonthReading:
    """A reading that counts, with its flags against the month before."""

    id: int
    member_id: int
    member: str
    taken_on: date
    total: int
    source: Source
    typed_by: str
    typed_by_themselves: bool
    confirmed_by: str
    confirmed_at: datetime | None
    flags: list[str]

    @property
    def is_imported(self) -> bool:
        """Whether it came with a file."""
        return self.source in (Source.IMPORT, Source.SALES_NAVIGATOR)

    @property
    def is_confirmed(self) -> bool:
        """Whether a manager confirmed it."""
        return self.confirmed_at is not None


def month_readings(board: Board) -> list[MonthReading]:
    """The readings of everybody who competes on the board: what waits for confirmation first, by name; one query."""
    rows = named_rows(
        dict,
        MONTH_TABLE,
        board=board.pk,
        team=board.team.pk,
        absent=None if board.absent is None else as_json(board.absent),
        month=board.month.first_day,
        last_day=board.month.last_day,
        since=(board.month - REACH_BACK).first_day,
        month_before=(board.month - 1).first_day,
    )
    return [_month_reading(row, board.month) for row in rows]


def _month_reading(row: dict[str, Any], month: Month) -> MonthReading:
    now = Reading(row["total"], row["taken_on"], month, tuple(row[pillar] for pillar in Pillar))
    return MonthReading(
        id=row["id"],
        member_id=row["member_id"],
        member=name_as_read(row["member"]),
        taken_on=row["taken_on"],
        total=row["total"],
        source=Source(row["source"]),
        typed_by=name_as_read(row["typed_by"]),
        typed_by_themselves=row["typed_by_id"] == row["member_id"],
        confirmed_by=name_as_read(row["confirmed_by"] or ""),
        confirmed_at=row["confirmed_at"],
        flags=flags(now, _before(row)),
    )


def _before(row: dict[str, Any]) -> Reading | None:
    if row["total_before"] is None:
        return None
    return Reading(
        row["total_before"], row["taken_before"], Month.of(row["month_before"]), tuple(row["pillars_before"])
    )
