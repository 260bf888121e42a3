"""News of goals and closed months, to managers, chats and whom they concern: found by a sweep, told once."""

from datetime import datetime, timedelta

from teams.actions.addresses import site_url
from teams.actions.notices import managers, notify, notify_chats
from teams.models import Board, Goal, Kind
from teams.rules import notices
from teams.rules.goals import Kind as GoalKind

FRESH = timedelta(days=2)
"""What is older is no news; a sweep that was down for a day still tells it."""
PODIUM = 3


def tell_news(now: datetime) -> None:
    """Claim a message for each goal reached and each month closed lately; not for history that an import brought."""
    closed = Board.objects.filter(closed_at__gte=now - FRESH, closed_with=None, team__organization__is_demo=False)
    for board in closed.select_related("team__organization"):
        _tell_month(board)
    reached = Goal.objects.filter(celebrated_at__gte=now - FRESH, reached_on__isnull=False)
    for goal in reached.select_related("team__organization", "member__organization"):
        if not goal.owner.organization.is_demo:
            _tell_goal(goal)


def _tell_month(board: Board) -> None:
    """To managers with the podium; to chats only where everybody may see places."""
    team, month = board.team, board.month
    rows = board.standings.select_related("member").filter(rank__lte=PODIUM) if board.is_complete else []
    podium = [(row.rank, row.member.name, row.total) for row in rows]
    url = site_url("board_of_month", team.slug, month)
    said = [team.name, month, podium, board.submitted, board.expected, url]
    notify(team, managers(team), Kind.MONTH_RESULT, str(month), notices.month_result(*said))
    said[2] = podium if team.ranks_shown_to == "all" else []
    notify_chats(team, Kind.MONTH_RESULT, str(month), notices.month_result(*said))


def _tell_goal(goal: Goal) -> None:
    """A team's goal to its managers and chats, one's own to oneself."""
    notice = notices.goal_reached(str(goal.team or "You"), _in_words(goal), site_url("goals"))
    if goal.team:
        notify(goal.team, managers(goal.team), Kind.GOAL_REACHED, f"goal {goal.pk}", notice)
        notify_chats(goal.team, Kind.GOAL_REACHED, f"goal {goal.pk}", notice)
        return
    membership = goal.member.memberships.active().select_related("team").order_by("-competing").first()
    if membership:
        notify(membership.team, [goal.member], Kind.GOAL_REACHED, f"goal {goal.pk}", notice)


def _in_words(goal: Goal) -> str:
    """Such as "mean score 60"."""
    target = f"{goal.target:f}".rstrip("0").rstrip(".") if goal.target % 1 else f"{goal.target:.0f}"
    if goal.kind == GoalKind.COVERAGE:
        return f"{target} % have submitted"
    if goal.kind == GoalKind.EVERYBODY:
        return f"everybody at {target}"
    mean = "mean " if goal.kind == GoalKind.MEAN else ""
    return f"{mean}{goal.pillar or 'score'} {target}"
