"""Where do I stand, and what is next."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from teams.models import (
    Board,
    Challenge,
    Goal,
    Organization,
    RecalibrationSuggestion,
    Score,
    ScoreCount,
    Standing,
    Team,
)
from teams.models.challenges.recalibration_choices import waiting_for
from teams.queries.challenges.table import Card, cards
from teams.queries.goals.progress import Progress, next_score, progress_of, without_means_of_few
from teams.rules.insights import tips
from teams.rules.insights.tips import tip_of_the_week
from teams.rules.months import Month, months_between
from teams.rules.scores import change
from teams.rules.standings import Place, top_quarter
from teams.rules.visibility import Audience
from teams.views.organization.places import place_in_organization
from teams.views.shared.requests import Request
from teams.views.shared.viewer import TEAMS, Viewer, viewer

SEEN = 5
"""Places of a board that Today shows to whoever only looks."""


@login_not_required
@require_safe
def today(request: Request) -> HttpResponse:
    """One's own page; an empty site begins with the first organization."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path) if Organization.objects.exists() else redirect("start")
    who = viewer(request)
    this_month = Month.of(who.organization.today())
    teams = _teams(who)
    goals = _goals(who, teams)
    boards = Board.objects.of_each(teams, this_month)
    context = {
        "member": who.member,
        "this_month": this_month,
        "boards": boards,
        "submitted": False,
        "closed": any(board.closed_at for board in boards if who.competing and board.team == who.competing.team),
        "goals": goals,
        "goal": next_score(goals),
        "challenges": _challenges(who, teams),
        "to_choose": waiting_for(who.user),
        "suggestions": _suggestions(who) if who.member.is_admin else [],
        **(_own(who, who.competing.team, this_month) if who.competing else {"seen": _seen(who)}),
    }
    return render(request, "today/today.html", context)


def _teams(who: Viewer) -> list[Team]:
    """The teams whose coverage is shown: one's own first, then those one manages, so many that a page can show them."""
    own = [membership.team for membership in who.memberships]
    return (own + [team for team in who.first_managed if team not in own])[:TEAMS]


def _seen(who: Viewer) -> list[tuple[Board, list[Standing]]]:
    """The first five of the boards of one's own teams, for whoever looks and does not compete."""
    teams = [membership.team for membership in who.memberships if who.audience(membership.team) == Audience.RANKS]
    boards = [board for board in map(Board.objects.to_open_first, teams) if board.pk and board.is_complete]
    rows = Standing.objects.filter(board__in=boards, rank__lte=SEEN).select_related("member")
    first = list(rows.order_by("rank", "member__name__alphabetical"))
    return [(board, [row for row in first if row.board_id == board.pk]) for board in boards]


def _suggestions(who: Viewer) -> list[RecalibrationSuggestion]:
    """Days that look as if LinkedIn had changed its formula, for an admin to answer."""
    return list(who.organization.suggestions.unanswered())


def _goals(who: Viewer, teams: list[Team]) -> list[Progress]:
    """How one's own goals stand, and those of the teams above."""
    today = who.organization.today()
    theirs = Goal.objects.filter(Q(member=who.member) | Q(team__in=teams))
    return without_means_of_few(progress_of(theirs.running(today).with_owners(), today), who.sees_mean)


def _challenges(who: Viewer, teams: list[Team]) -> list[Card]:
    """What is played for in the teams above."""
    return cards(Challenge.objects.visible_to(who.user).open().of_teams(teams), who.member)


def _own(who: Viewer, team: Team, this_month: Month) -> dict:
    """A rep's figures: the latest score, its change, the way to the top quarter, the pillar to work on."""
    year = months_between(this_month - 12, this_month)
    scores = list(who.member.scores.filter(month__gte=year[0]).select_related("submission").order_by("-month"))
    latest = scores[0] if scores else None
    by_month = {score.month: score.total for score in scores}
    if latest is None:
        return {"score": None}
    before = scores[1].submission.reading() if len(scores) > 1 else None
    board = Board.objects.of(team, latest.month)
    marks = list(who.organization.recalibrations.values_list("day", "shift"))
    pillars = latest.submission.pillars
    pillar = tips.pillar_to_coach(pillars)
    return {
        "score": latest.submission,
        "submitted": latest.month == this_month,
        "change": change(latest.submission.reading(), before, marks),
        "marks": [day for day, _ in marks],
        "new_formula": _new_formula(marks, latest, this_month),
        "history": [(month, by_month.get(month)) for month in year],
        "to_top_quarter": _points_to_top_quarter(who, board, latest.total),
        "in_organization": _place_in_organization(who, board),
        "pillar": pillar,
        "tip": pillar
        and tip_of_the_week(
            pillar,
            day=who.organization.today(),
            sales_navigator=who.member.plan == "sales_navigator",
            seed=who.member.pk,
        ),
    }


def _new_formula(marks: list[tuple[date, int]], latest: Score, this_month: Month) -> date | None:
    """The day since which this month's reading is by LinkedIn's old formula; None where it is not."""
    after = [day for day, _ in marks if latest.month == this_month == Month.of(day) and latest.taken_on < day]
    return max(after, default=None)


def _place_in_organization(who: Viewer, board: Board) -> Place | None:
    """One's place in a larger organization than one's team, once that is complete; None where it is not shown."""
    if not who.sees_organization_board or not board.is_complete:
        return None
    found = place_in_organization(who, board.month, ScoreCount.objects.counts(who.organization, board.month))
    return found if found and found.ranked > board.submitted else None


def _points_to_top_quarter(who: Viewer, board: Board, score: int) -> int | None:
    """Points that are missing on the board of the latest score's month; 0 when in it; None where not shown."""
    if who.audience(board.team) != Audience.RANKS or not board.is_complete:
        return None
    threshold = top_quarter(Standing.objects.filter(board=board).values_list("total", flat=True))
    return None if threshold is None else max(0, threshold - score)
