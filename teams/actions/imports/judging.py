"""What storing each row of an import would do, as things stand now."""

from collections.abc import Mapping
from pathlib import Path

from django.db import connection
from django.db.models import Count, Sum

from teams.models import Import, ImportRow
from teams.rules.measure import ADDS_UP_WITHIN
from teams.rules.months import Month
from teams.rules.scores import REACH_BACK

JUDGE = Path(__file__).with_name("judge_import.sql").read_text()
JOIN_TABS = Path(__file__).with_name("join_tabs.sql").read_text()
LARGE = 2_000
"""Rows of a file from which on the database's own counting comes too late."""
Action = ImportRow.Action


def judge(upload: Import) -> None:
    """Say for each row what storing it would do; what several tabs say of one reading is one."""
    open_from = Month.of(upload.team.organization.today()) - REACH_BACK
    several = upload.sheets.filter(chosen=True).count() > 1
    with connection.cursor() as cursor:
        cursor.execute(JOIN_TABS, {"upload": upload.pk, "several": several})
        cursor.execute(
            JUDGE,
            {
                "upload": upload.pk,
                "team": upload.team_id,
                "open_from": open_from.first_day,
                "is_admin": upload.by.is_admin,
                "adds_up_within": ADDS_UP_WITHIN,
            },
        )


def measure(upload: Import, *tables: str) -> None:
    """Have the database count what a large import wrote: until then it plans as if the tables were empty."""
    if (upload.sheets.aggregate(rows=Sum("rows_read"))["rows"] or 0) > LARGE:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(tables)}")


def counts(upload: Import) -> dict[str, int]:
    """How many rows would do what."""
    action_counts = upload.rows.order_by().values_list("action").annotate(Count("pk"))
    return dict(action_counts)


def stores(counted: Mapping[str, int], replaces: bool) -> bool:
    """Whether storing would change anything."""
    return replaces or any(counted.get(action) for action in (Action.NEW, Action.MEMBER, Action.ADDS))
