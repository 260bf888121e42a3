"""What a team remembers: who won its closed months, who won most, and who submits month after month."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from teams.models.boards.boards import Board
from teams.models.boards.standings import Standing
from teams.models.people.leaves import Leave
from teams.models.people.members import Member
from teams.models.people.memberships import Membership
from teams.models.people.teams import Team
from teams.models.submissions import Score
from teams.rules.months import Month, months_between
from teams.rules.people.days_in_teams import Span
from teams.rules.people.names import sort_key
from teams.rules.standings import lacks_access
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
    for standing in first.order_by("-board__month", "member__name__alphabetical", "member_id"):
        by_month.setdefault(standing.board.month, []).append(standing)
    return [Win(month, rows[0].total, [row.member for row in rows]) for month, rows in by_month.items()]


def most_wins(wins: list[Win]) -> list[tuple[Member, int]]:
    """Everybody who won, with how many months; the most first, by name inside a tie."""
    counted = Counter(member for win in wins for member in win.winners)
    return sorted(counted.items(), key=lambda row: (-row[1], sort_key(row[0].name), row[0].pk))


def streaks_of(team: Team, now: datetime) -> list[Streak]:
    """The streaks of those who compete now, the longest first; five queries."""
    this_month = Month.of(team.organization.local(now).date())
    reps = list(Member.objects.competing_in(team, this_month))
    submitted: dict[int, set[Month]] = {rep.pk: set() for rep in reps}
    for member, month in Score.objects.filter(member__in=reps, month__lte=this_month).values_list("member", "month"):
        submitted[member].add(month)
    first_month = min((month for months in submitted.values() for month in months), default=this_month)
    months = months_between(first_month, this_month)
    away = Leave.objects.filter(member__in=reps).away_in_each(months)
    unclosed = {month for month in months if team.organization.closes(month) > now}
    final = _final_months(submitted, months)
    streaks = []
    for rep in reps:
        frozen = {month for month in months if rep.pk in away[month] or _has_no_access(rep, month)}
        frozen |= {month for month in months if not final.get((rep.pk, month), month not in unclosed)}
        turns = [_turn(month, submitted[rep.pk], frozen) for month in months]
        streaks.append(Streak(rep, longest(turns), running(turns)))
    return sorted(streaks, key=lambda streak: (-streak.longest, -streak.running, sort_key(streak.member.name)))


def _final_months(reps: Iterable[int], months: Sequence[Month]) -> dict[tuple[int, Month], bool]:
    """Whether a month is final for somebody: as the board of the team is in which they competed on its last day.

    Only what has a board is known: a month that was closed early is final, history that waits for imports is not.
    """
    memberships = Membership.objects.filter(member__in=list(reps), competing=True)
    spans = [
        (member, team, Span(joined_on, left_on))
        for member, team, joined_on, left_on in memberships.values_list("member_id", "team_id", "joined_on", "left_on")
    ]
    boards = Board.objects.filter(team__in={team for _, team, _ in spans}, month__range=(months[0], months[-1]))
    judged = boards.filter(Q(closed_at__isnull=False) | Q(in_history=True))
    closed_at = {(team, month): at for team, month, at in judged.values_list("team_id", "month", "closed_at")}
    return {
        (member, month): closed_at[team, month] is not None
        for member, team, span in spans
        for month in months
        if (team, month) in closed_at and span.holds(month.last_day)
    }


def _turn(month: Month, submitted: set[Month], frozen: set[Month]) -> Turn:
    if month in submitted:
        return Turn.SUBMITTED
    return Turn.FROZEN if month in frozen else Turn.MISSED


def _has_no_access(rep: Member, month: Month) -> bool:
    return lacks_access(rep.no_access_since, month.last_day)
