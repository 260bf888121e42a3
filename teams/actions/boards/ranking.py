"""Which boards are stale, and ranking them.

Whatever changes a figure marks the boards it appears in, in its own transaction. A worker ranks whatever is marked:
at once when nudged, within half a minute by the sweep when the nudge was lost.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Count
from django.db.models.functions import Now

from teams.models import Board, Member, ScoreCount, Standing, Team
from teams.queries.people.absences import away_on
from teams.queries.prepared_sql import rows
from teams.rules.months import Month
from teams.rules.scores import REACH_BACK
from teams.rules.standings import WhyAbsent

MARK_STALE = """
INSERT INTO teams_board AS board (team_id, month, version, submitted, expected, stale_since)
SELECT DISTINCT board_of.team_id, board_of.month, 0, 0, 0, now()
FROM unnest(%(members)s::bigint[]) AS whose (member)
CROSS JOIN LATERAL teams_boards_of(whose.member, %(month)s::date, %(reach_back)s::integer) AS board_of
ORDER BY team_id, month  -- so that two transactions never wait for each other in a circle
ON CONFLICT (team_id, month) DO UPDATE
  SET stale_since = now()
  WHERE board.closed_at IS NULL AND board.stale_since IS NULL  -- the others are locked, and not written
RETURNING id
"""
STALE = "SELECT id FROM teams_board WHERE closed_at IS NULL AND stale_since IS NOT NULL"
LOCK_STALE = f"{STALE} AND id = ANY (%(boards)s::bigint[]) ORDER BY id FOR UPDATE"
LOCK_LONGEST_STALE = f"{STALE} ORDER BY stale_since LIMIT %(most)s FOR UPDATE SKIP LOCKED"
RANK_BOARDS = Path(__file__).with_name("rank_boards.sql").read_text()
NOTE_ABSENT = Path(__file__).with_name("note_absent.sql").read_text()
OPEN_BOARDS = """
INSERT INTO teams_board (team_id, month, version, submitted, expected, stale_since)
SELECT team.id, date_trunc('month', now() AT TIME ZONE organization.time_zone), 0, 0, 0, now()
FROM teams_team AS team
JOIN teams_organization AS organization ON organization.id = team.organization_id
WHERE NOT EXISTS (
    SELECT FROM teams_board AS board
    WHERE board.team_id = team.id
      AND board.month = date_trunc('month', now() AT TIME ZONE organization.time_zone)
)
ORDER BY team.id
ON CONFLICT (team_id, month) DO NOTHING
"""
ABSENT = {"silent": WhyAbsent.SILENT, "away": WhyAbsent.AWAY, "no_access": WhyAbsent.NO_ACCESS}
RULES = {"reach_back": REACH_BACK, "away": WhyAbsent.AWAY, "no_access": WhyAbsent.NO_ACCESS}
"""What the statements have from the rules."""
AT_ONCE = 500
"""How many boards one sweep's transaction ranks."""


def mark_member_stale(member: Member, month: Month) -> list[int]:
    """Mark the boards on which a member's score of the month appears; the ids of those that were fresh.

    A board that was already stale needs no nudge: whoever ranks it waits for this transaction and sees its figures.
    """
    return mark_members_stale([member.pk], month)


def mark_members_stale(members: list[int], month: Month) -> list[int]:
    """The same for several members, by one statement."""
    marked = rows(MARK_STALE, members=members, month=month.first_day, reach_back=REACH_BACK)
    return [board for [board] in marked]


def mark_team_stale(team: Team) -> list[int]:
    """Mark the open boards of a team, this month's among them; the ids of those that were fresh."""
    Board.objects.get_or_create(team=team, month=Month.of(team.organization.today()))
    return mark_boards_stale(Board.objects.filter(team=team).values_list("pk", flat=True))


def mark_boards_stale(boards: Iterable[int]) -> list[int]:
    """Mark those boards that are open; the ids of those that were fresh."""
    with transaction.atomic():
        locked = Board.objects.filter(pk__in=list(boards), closed_at=None).order_by("pk").select_for_update()
        newly_stale = [board.pk for board in locked if board.stale_since is None]
        Board.objects.filter(pk__in=newly_stale).update(stale_since=Now())
    return newly_stale


def open_boards() -> int:
    """Give each team its board of the month that it is in its organization's zone; how many were made."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN_BOARDS)
        opened: int = cursor.rowcount
        return opened


@transaction.atomic
def rank_boards(boards: Iterable[int]) -> list[int]:
    """Rank those of the boards that are stale, waiting for whoever else ranks them; the ids of the ranked."""
    return _rank([board for [board] in rows(LOCK_STALE, boards=list(boards))])


@transaction.atomic
def rank_stale_boards() -> list[int]:
    """Rank stale boards that nobody else is ranking, the longest waiting first, at most 500; their ids."""
    return _rank([board for [board] in rows(LOCK_LONGEST_STALE, most=AT_ONCE)])


def rank_closed_board(board: Board) -> None:
    """Rank a closed board again, for an amendment; its row is locked.

    Among those who competed when it was closed, whoever has left or come since.
    """
    placed_before = _placed(board)
    _rank([board.pk])
    if board.absent is not None:
        everybody, placed = dict.fromkeys(placed_before, WhyAbsent.SILENT) | board.absent, _placed(board)
        board.absent = {member: why for member, why in everybody.items() if member not in placed}
        board.save(update_fields=["absent"])


def _placed(board: Board) -> set[str]:
    """Who has a place, by id as `absent` has it."""
    return {str(member) for member in board.standings.values_list("member_id", flat=True)}


def note_absent(boards: list[int]) -> None:
    """Store why each who competes on boards that are being closed has no place: what changes later changes no list."""
    rows(NOTE_ABSENT, boards=boards, **_away(boards), **ABSENT)


@transaction.atomic
def count_anew(organization: int, month: Month) -> None:
    """Count again how many of an organization have each score in a month; whoever ranks waits meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE teams_scorecount IN SHARE ROW EXCLUSIVE MODE")
    ScoreCount.objects.filter(organization=organization, month=month).delete()
    standings = Standing.objects.filter(board__team__organization=organization, board__month=month).order_by()
    ScoreCount.objects.bulk_create(
        ScoreCount(organization_id=organization, month=month, total=total, reps=reps)
        for total, reps in standings.values_list("total").annotate(Count("member_id"))
    )


def _rank(locked: list[int]) -> list[int]:
    """Rank boards whose rows are locked. Each statement's snapshot is taken after the locks: nothing is missed."""
    if locked:
        rows(RANK_BOARDS, boards=locked, **_away(locked), **RULES)
    return locked


def _away(boards: list[int]) -> dict[str, list[Any]]:
    """Who is away in the months of boards, as the statements ask for them."""
    away = away_on(boards)
    return {"away_members": [member for member, _ in away], "away_months": [month for _, month in away]}
