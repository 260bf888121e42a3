"""Closing months, by the clock or by hand, and amending what is closed.

Whoever closes holds the board's row: a second worker waits and finds it closed, a submission that began in time is
waited for and counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from teams.actions.audit import entries, record, record_all
from teams.actions.boards.ranking import note_absent, rank_boards, rank_closed_board
from teams.actions.moments.noticing import note_podiums
from teams.actions.submissions import submit, withdraw
from teams.models import (
    Act,
    Board,
    Challenge,
    Member,
    Organization,
    RevisedStanding,
    Revision,
    Standing,
    Submission,
)
from teams.rules.closing import may_close
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.rules.standings import VERSION
from teams.words.figures import month_name

A_DAY = timedelta(days=1)
"""No zone is further than a day from UTC: what a sweep looks at is chosen a day too early and judged exactly."""


def due_boards(now: datetime) -> list[int]:
    """The open boards whose closing moment has come where their organization is, an organization's together.

    History closes together, by `actions.months.history`. The demo closes its own.
    """
    begun_boards = Board.objects.filter(
        closed_at=None,
        in_history=False,
        month__lt=Month.of((now + A_DAY).date()),
        team__organization__is_demo=False,
    )
    waiting = list(begun_boards.values_list("team__organization", "month").distinct())
    organizations = Organization.objects.in_bulk({organization for organization, _month in waiting})
    due: dict[Month, list[int]] = defaultdict(list)
    for organization, month in waiting:
        if organizations[organization].has_closed(month, now):
            due[month].append(organization)
    return [
        board
        for month, month_boards in sorted(due.items())
        for board in begun_boards.filter(month=month, team__organization__in=month_boards)
        .order_by("team__organization", "pk")
        .values_list("pk", flat=True)
    ]


@transaction.atomic
def close_months(boards: Iterable[int], now: datetime) -> None:
    """Make final those of the boards that are still open, all of them or none: as many statements as for one."""
    open_ones = Board.objects.select_related("team").filter(pk__in=list(boards), closed_at=None).order_by("pk")
    boards_to_close = list(open_ones.select_for_update(of=["self"]))
    make_final([board.pk for board in boards_to_close], now)
    for month in sorted({board.month for board in boards_to_close}):
        record(Act.CLOSED, teams=[board.team for board in boards_to_close if board.month == month], month=str(month))


@transaction.atomic
def close_month(board: int, now: datetime, by: Member | None = None) -> Board | None:
    """Rank a last time and make the standings final; None where that was done already. Refused before its last day."""
    locked_board = Board.objects.select_related("team__organization").select_for_update(of=["self"]).get(pk=board)
    if locked_board.closed_at:
        return None
    if not may_close(locked_board.month, locked_board.team.organization.local(now).date()):
        raise Refused(_("%(month)s can be closed from its last day on.") % {"month": month_name(locked_board.month)})
    make_final([locked_board.pk], now, by)
    locked_board.refresh_from_db()
    record(Act.CLOSED, by=by, teams=[locked_board.team], month=str(locked_board.month))
    return locked_board


def make_final(boards: list[int], now: datetime, by: Member | None = None) -> None:
    """Rank boards a last time and close them; whoever calls this holds their rows."""
    rank_boards(boards)
    note_absent(boards)
    Board.objects.filter(pk__in=boards).update(
        closed_at=now, closed_by=by, rules_version=VERSION, version=F("version") + 1
    )
    note_podiums(boards, now)


def reopen(boards: QuerySet[Board]) -> None:
    """Open closed boards again and mark them stale."""
    Board.objects.filter(pk__in=list(boards.values_list("pk", flat=True))).update(
        closed_at=None, closed_by=None, rules_version=None, absent=None, away=None, stale_since=Now()
    )


def challenges_cut_short(board: Board, today: date) -> list[Challenge]:
    """The open challenges whose readings might still be typed after this day, were the month not closed."""
    days = (board.month.first_day, board.month.last_day)
    ending = Challenge.objects.open().filter(teams=board.team_id, ends_on__range=days)
    return [challenge for challenge in ending if challenge.typed_until >= today]


@transaction.atomic
def amend(board: Board, submission: Submission, now: datetime) -> list[int]:
    """File a reading for a closed month, as whoever typed it; the later boards to nudge a worker for."""
    if not submission.reason:
        raise Refused(_("Say why the final standings are changed."))
    submission.month = board.month
    stored = submit(submission, amending=True)
    if stored.submission != submission:
        raise Refused(_("That reading is saved already: nothing changes."))
    revise(board, [submission.member], submission.typed_by, submission.reason, now)
    return stored.boards


@transaction.atomic
def amend_by_withdrawing(board: Board, submission: Submission, by: Member, reason: str, now: datetime) -> list[int]:
    """Take back a reading of a closed month; the later boards to nudge a worker for."""
    if not reason:
        raise Refused(_("Say why the final standings are changed."))
    boards = withdraw(submission, by, reason, amending=True)
    revise(board, [submission.member], by, reason, now)
    return boards


def revise(board: Board, members: Sequence[Member], by: Member, reason: str, now: datetime) -> None:
    """Rank the closed board anew for an amendment of each member's score, and keep what it said before all of them.

    Its row is locked since the readings were stored.
    """
    closed = Board.objects.select_for_update(of=["self"]).select_related("team").get(pk=board.pk)
    if not closed.closed_at:
        raise Refused(_("%(month)s is still open: correct the reading itself.") % {"month": month_name(closed.month)})
    _check_competed(closed, members)
    before = list(closed.standings.all())
    rank_closed_board(closed)
    after = list(closed.standings.all())
    revisions = Revision.objects.bulk_create(
        Revision(
            board=closed,
            number=number,
            member=member,
            total_before=_total(before, member),
            total_after=_total(after, member),
            reason=reason,
            by=by,
            at=now,
            submitted=closed.submitted,
            expected=closed.expected,
            mean=closed.mean,
        )
        for number, member in enumerate(members, closed.revisions.count() + 1)
    )
    RevisedStanding.objects.bulk_create(_kept(revision, standing) for revision in revisions for standing in before)
    teams, month = [closed.team], str(closed.month)
    amended = [entries(Act.AMENDED, member, by=by, teams=teams, reason=reason, month=month) for member in members]
    record_all([entry for each in amended for entry in each])


def _check_competed(board: Board, members: Iterable[Member]) -> None:
    """Refused where one of them did not compete on the board."""
    reps = set(board.reps.values_list("pk", flat=True))
    for member in members:
        if member.pk not in reps:
            raise Refused(
                _("%(member)s did not compete in %(team)s at the end of %(month)s.")
                % {"member": member, "team": board.team, "month": month_name(board.month)}
            )


def _total(standings: Iterable[Standing], member: Member) -> int | None:
    return next((standing.total for standing in standings if standing.member_id == member.pk), None)


def _kept(revision: Revision, standing: Standing) -> RevisedStanding:
    return RevisedStanding(
        revision=revision,
        member_id=standing.member_id,
        rank=standing.rank,
        total=standing.total,
        climb=standing.climb,
        submission_id=standing.submission_id,
        previous_id=standing.previous_id,
    )
