"""Thanks as pages show them, and to whom a manager is offered a word after a closing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from teams.models.boards.boards import Board
from teams.models.people.leaves import Leave
from teams.models.people.members import Member
from teams.models.people.teams import Team
from teams.models.submissions import Score
from teams.models.thanks import Thanks
from teams.queries.boards.table import BoardTable, Row, board_table
from teams.rules.thanks import OFFERED_FOR, Rarity, is_first_fifty, offered

SHOWN = 5
"""How many stand on a board."""


@dataclass(frozen=True)
class Offer:
    """Somebody to whom a manager may say a word, and why."""

    board: Board
    row: Row
    rarity: Rarity


def colleagues(member: Member) -> list[Member]:
    """Everybody else in the teams that somebody is in, whom they may thank, in the order of names."""
    teams = [membership.team_id for membership in member.active_memberships]
    inside = Member.objects.filter(memberships__team__in=teams, memberships__left_on=None)
    return list(Member.objects.filter(pk__in=inside.values("pk")).exclude(pk=member.pk))


def thanks_on_board(team: Team, now: datetime) -> list[Thanks]:
    """The newest that stand on a team's board, with the names of whom they are from and for."""
    newest = Thanks.objects.on_board(now).filter(team=team)[:SHOWN]
    return list(newest.only("text", "giver__name", "receiver__name"))


def offers(teams: Iterable[Team], manager: Member, now: datetime) -> list[Offer]:
    """After the latest closing of each of the teams, in its days, those who got no word yet.

    None after a closing whose words the manager has put away.
    """
    since = max(now - OFFERED_FOR, manager.put_words_away_at or now - OFFERED_FOR)
    closed = Board.objects.filter(team__in=list(teams), closed_at__gt=since, in_history=False)
    latest = {board.team_id: board for board in closed.select_related("team__organization").order_by("month")}
    offers_made = []
    for board in latest.values():
        table = board_table(board)
        rows = {row.member.pk: row for row in table.rows if row.member.pk != manager.pk}
        thanked = set(Thanks.objects.filter(team=board.team, month=board.month).values_list("receiver", flat=True))
        chosen = offered(_comebacks(board, rows), _first_fifties(board, rows), _most_improved(table, rows))
        offers_made += [Offer(board, rows[pk], why) for pk, why in chosen.items() if pk not in thanked]
    return offers_made


def _most_improved(table: BoardTable, rows: Collection[int]) -> list[int]:
    """Whoever gained most, if anybody gained more than a day's noise."""
    gained = [row for row in table.most_improved() if row.direction == "up" and row.member.pk in rows]
    return [row.member.pk for row in gained if row.rank == gained[0].rank]


def _first_fifties(board: Board, rows: dict[int, Row]) -> list[int]:
    scores: dict[int, list[int]] = {pk: [] for pk, row in rows.items()}
    earlier = Score.objects.filter(member__in=list(rows), month__lt=board.month)
    for member, total in earlier.values_list("member", "total"):
        scores[member].append(total)
    return [pk for pk, row in rows.items() if is_first_fifty(row.total, scores[pk])]


def _comebacks(board: Board, rows: dict[int, Row]) -> list[int]:
    """Those without a score in the month before, in which they were away, and with one of earlier."""
    before = board.month - 1
    away = Leave.objects.filter(member__in=list(rows)).away_in(before)
    having = set(Score.objects.filter(member__in=away, month=before).values_list("member", flat=True))
    known = set(Score.objects.filter(member__in=away, month__lt=before).values_list("member", flat=True))
    return [pk for pk in rows if pk in (away & known) - having]
