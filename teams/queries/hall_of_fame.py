"""What a team remembers: who won its closed months, who won most, and who submits month after month."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from teams.models.boards import Board
from teams.models.leaves import Leave
from teams.models.members import Member
from teams.models.scores import Score
from teams.models.standings import Standing
from teams.models.teams import Team
from teams.rules.months import Month, months_between
from teams.rules.streaks import Turn, longest, running


@dataclass(frozen=True)
class Win:
    """A closed month with everybody who was first in it."""

    month: Month
    total: int
    winners: list[Member]


@dataclass(frozen=True)
class Streak:
    """A rep's longest run of months with a score, and the one that stands now."""

    member: Member
    longest: int
    running: int


def wins_of(team: Team) -> list[Win]:
    """The closed months that enough people were in for, the latest first; two queries."""
    boards = [board for board in Board.objects.filter(team=team, closed_at__isnull=False) if board.is_complete]
    first = Standing.objects.filter(board__in=boards, rank=1).select_related("member", "board")
    by_month: dict[Month, list[Standing]] = {}
    for standing in first.order_by("-board__month", "member__name", "member_id"):
        by_month.setdefault(standing.board.month, []).append(standing)
    return [Win(month, rows[0].total, [row.member for row in rows]) for month, rows in by_month.items()]


def most_wins(wins: list[Win]) -> list[tuple[Member, int]]:
    """Everybody who won, with how many months; the most first, by name inside a tie."""
    counted = Counter(member for win in wins for member in win.winners)
    return sorted(counted.items(), key=lambda row: (-row[1], row[0].name, row[0].pk))


def streaks_of(team: Team, now: datetime) -> list[Streak]:
    """The streaks of those who compete now, the longest first; three queries."""
    this_month = Month.of(team.organization.local(now).date())
    reps = list(Member.objects.competing_in(team, this_month))
    submitted: dict[int, set[Month]] = {rep.pk: set() for rep in reps}
    for member, month in Score.objects.filter(member__in=reps, month__lte=this_month).values_list("member", "month"):
        submitted[member].add(month)
    begun = min((month for months in submitted.values() for month in months), default=this_month)
    months = months_between(begun, this_month)
    away = Leave.objects.filter(member__in=reps).away_in_each(months)
    open_months = {month for month in months if team.organization.closes(month) > now}
    streaks = []
    for rep in reps:
        frozen = open_months | {month for month in months if rep.pk in away[month] or _has_no_access(rep, month)}
        turns = [_turn(month, submitted[rep.pk], frozen) for month in months]
        streaks.append(Streak(rep, longest(turns), running(turns)))
    return sorted(streaks, key=lambda streak: (-streak.longest, -streak.running, streak.member.name))


def _turn(month: Month, submitted: set[Month], frozen: set[Month]) -> Turn:
    if month in submitted:
        return Turn.SUBMITTED
    return Turn.FROZEN if month in frozen else Turn.MISSED


def _has_no_access(rep: Member, month: Month) -> bool:
    return rep.no_access_since is not None and rep.no_access_since <= month.last_day
