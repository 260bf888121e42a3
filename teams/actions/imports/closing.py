"""Which months an import fills for good: history, and months that closed with nothing stored."""

from django.db.models import Q
from django.utils import timezone

from teams.actions import months
from teams.models import Board, Import, ImportRow, Score
from teams.rules.closing import closes_with_import
from teams.rules.months import Month

Action = ImportRow.Action
STORED = Q(action__in=[Action.NEW, Action.MEMBER]) | Q(action=Action.CONFLICT, replaces=True)


def months_to_close(upload: Import) -> list[Month]:
    """The months that become final when the import is stored, as things stand now, in order."""
    team, organization = upload.team, upload.team.organization
    filled = set(upload.rows.filter(STORED).values_list("month", flat=True).order_by().distinct())
    known = Score.objects.filter(member__memberships__team=team, month__in=filled)
    busy = set(known.values_list("month", flat=True).order_by().distinct())
    now, today = timezone.now(), organization.today()
    return sorted(
        month
        for month in filled
        if closes_with_import(
            month,
            today,
            is_history=not organization.was_here(month),
            is_due=organization.closes(month) <= now,
            was_empty=month not in busy,
        )
    )


def open_what_was_empty(upload: Import, filled: list[Month]) -> None:
    """Open those of the months again that were closed with nothing stored: an admin's import fills them."""
    months.reopen(
        Board.objects.filter(
            team=upload.team, month__in=filled, closed_at__isnull=False, standings=None, revisions=None
        )
    )


def close(upload: Import, filled: list[Month]) -> None:
    """Make them final."""
    months.close_with_import(upload, filled, timezone.now())


def reopen(upload: Import) -> list[Month]:
    """Open what closed with the import, unless it was amended since; those months that are to be closed again."""
    organization = upload.team.organization
    opened = months.reopen(upload.closed.filter(revisions=None))
    return [month for month in opened if organization.was_here(month)]
