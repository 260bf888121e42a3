"""The months from before an organization's time here: filled by imports in any order, and made final together.

They stay open for further imports until a manager says that the history is complete; by itself it closes two weeks
after the last import, and at the latest when the next month closes regularly. Until that moment a manager who closed
it may open it again.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.months import closing
from teams.models import Act, Board, Import, ImportRow, ImportState, Member, Score, Team
from teams.rules.closing import history_closes_at, is_history
from teams.rules.errors import Refused
from teams.rules.months import Month

Action = ImportRow.Action
STORED = Q(action__in=[Action.NEW, Action.MEMBER, Action.ADDS]) | Q(action=Action.CONFLICT, replaces=True)


def months_filled(upload: Import) -> list[Month]:
    """The months of history that storing an import fills, as things stand now, in order."""
    team, organization = upload.team, upload.team.organization
    months_stored = set(upload.rows.filter(STORED).values_list("month", flat=True).order_by().distinct())
    in_history = set(team.boards.filter(in_history=True).values_list("month", flat=True))
    known = Score.objects.filter(member__memberships__team=team, month__in=months_stored - in_history)
    busy = set(known.values_list("month", flat=True).order_by().distinct())
    now, today = timezone.now(), organization.today()
    return sorted(
        month
        for month in months_stored
        if month is not None
        and is_history(
            month,
            today,
            was_here=organization.was_here(month),
            is_due=organization.closes(month) <= now,
            was_empty=month not in busy,
        )
    )


def open_what_was_empty(team: Team, filled: Iterable[Month]) -> None:
    """Open those of the months again that were closed with nothing stored."""
    empty = Board.objects.filter(team=team, month__in=list(filled), standings=None, revisions=None)
    closing.reopen(empty.filter(closed_at__isnull=False))


def note_filled(team: Team, filled: Iterable[Month]) -> None:
    """Have those months close with the rest of the history."""
    Board.objects.filter(team=team, month__in=list(filled), closed_at=None).update(in_history=True)


def closing_of_history(team: Team) -> datetime:
    """The moment at which the open history of a team becomes final by itself."""
    [(_team, moment)] = _with_closings(Team.objects.filter(pk=team.pk))
    return moment


@transaction.atomic
def complete(team: Team, now: datetime, by: Member | None = None) -> list[Month]:
    """Make the open history of a team final, all of its months at once; these months, in order. Nobody gets a mail."""
    boards = Board.objects.history().filter(team=team, closed_at=None).order_by("pk")
    month_by_board = {board.pk: board.month for board in boards.select_for_update(of=["self"])}
    if month_by_board:
        closing.make_final(list(month_by_board), now, by)
        Board.objects.filter(pk__in=month_by_board).update(in_history=True)
        record(
            Act.HISTORY_COMPLETE, by=by, teams=[team], months=[str(month) for month in sorted(month_by_board.values())]
        )
    return sorted(month_by_board.values())


@transaction.atomic
def open_again(team: Team, now: datetime, by: Member) -> list[int]:
    """Open what was closed last; the boards to nudge a worker for. Refused once it is final for good."""
    boards = Board.objects.filter(pk__in=closed_too_early(team, now)).order_by("pk")
    month_by_board = {board.pk: board.month for board in boards.select_for_update(of=["self"])}
    if not month_by_board:
        raise Refused(_("The history of %(team)s is final. Amend its months instead.") % {"team": team})
    closing.reopen(Board.objects.filter(pk__in=month_by_board))
    record(Act.HISTORY_OPENED, by=by, teams=[team], months=[str(month) for month in sorted(month_by_board.values())])
    return list(month_by_board)


def closed_too_early(team: Team, now: datetime) -> list[int]:
    """The boards that somebody closed last, as long as the clock would not have closed them and none was amended."""
    by_hand = Board.objects.history().filter(team=team, closed_by__isnull=False)
    last = by_hand.aggregate(last=Max("closed_at"))["last"]
    if last is None or now >= min(closing_of_history(team), team.organization.next_closing(last)):
        return []
    boards = by_hand.filter(closed_at=last)
    return [] if boards.filter(revisions__isnull=False).exists() else list(boards.values_list("pk", flat=True))


def due_teams(now: datetime) -> list[Team]:
    """The teams whose open history becomes final by itself by now; the demo closes its own months."""
    open_history = Board.objects.history().filter(team=OuterRef("pk"), closed_at=None)
    teams = Team.objects.filter(Exists(open_history), organization__is_demo=False).order_by("pk")
    return [team for team, moment in _with_closings(teams) if moment <= now]


def _with_closings(teams: QuerySet[Team]) -> Iterator[tuple[Team, datetime]]:
    """Each with the moment at which its open history becomes final by itself."""
    stored = Q(imports__state__in=[ImportState.DONE, ImportState.TAKEN_BACK])
    for team in teams.select_related("organization").annotate(last_import=Max("imports__ended_at", filter=stored)):
        regular = team.organization.next_closing(team.last_import or team.organization.created_at)
        yield team, history_closes_at(team.last_import, regular)
