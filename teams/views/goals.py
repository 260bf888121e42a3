"""Goals: those one may see, and making, changing and cancelling one."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from teams.actions import goals as actions
from teams.forms.goals import OwnGoalForm, OwnGoalTextForm, TeamGoalForm, TeamGoalTextForm
from teams.models import Counter, Goal, Member, Team
from teams.queries.figures import playable_in
from teams.queries.goals.progress import Progress, progress_of, without_means_of_few
from teams.queries.people.viewer import Viewer
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.tasks import nudge
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team, viewer_of

PAST_SHOWN = 20
TEAMS_A_PAGE = 50
"""An admin's company may have thousands."""
SHARED_SHOWN = 50
"""How many goals of colleagues, those that are due first."""


@require_safe
def goals(request: SignedInRequest) -> HttpResponse:
    """One's own, the teams', and what colleagues share. The past ones come when somebody scrolls to them."""
    viewer = viewer_of(request)
    today = viewer.organization.today()
    page = Paginator(_teams(viewer), TEAMS_A_PAGE).get_page(request.GET.get("page"))
    visible = Goal.objects.visible_to(request.user).running(today)
    goals = list(visible.filter(Q(team=None) | Q(team__in=page.object_list)).with_owners())
    shared = [goal for goal in goals if goal.member_id not in (None, viewer.member.pk)]
    others = [goal for goal in goals if goal.member_id in (None, viewer.member.pk)]
    running = _as_they_stand(viewer, [*others, *shared[:SHARED_SHOWN]])
    context = {
        "competes": viewer.competing is not None,
        "mine": [row for row in running if row.goal.member_id == viewer.member.pk],
        "page": page,
        "teams": [(team, viewer.manages(team), _of_team(team, running)) for team in page],
        "shared": [row for row in running if row.goal.member_id not in (None, viewer.member.pk)],
        "changeable": {row.goal.pk for row in running if not row.goal.reached_on and _may_change(viewer, row.goal)},
    }
    return render(request, "goals/goals.html", context)


@require_safe
@vary_on_headers("HX-Request")
def past_goals(request: SignedInRequest) -> HttpResponse:
    """The last of those that were reached, missed or cancelled; asked by htmx, the part of the page of goals."""
    viewer = viewer_of(request)
    past = Goal.objects.visible_to(request.user).past(viewer.organization.today())[:PAST_SHOWN]
    context = {"past": _as_they_stand(viewer, past.with_owners())}
    return render(request, "goals/_past.html" if request.htmx else "goals/past.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def new_goal(request: SignedInRequest, team: str | None = None) -> HttpResponse:
    """For oneself, or by a manager for a team. Asked to read it back, it says what the goal would mean."""
    viewer = viewer_of(request)
    today = viewer.organization.today()
    owner = managed_team(request, team) if team else viewer.member
    if not team and not viewer.competing:
        raise Http404
    kind, counters = (TeamGoalForm if team else OwnGoalForm), _counters(viewer, owner)
    form = kind(request.POST or None, counters=counters, initial={"due_on": (Month.of(today) + 1).last_day})
    context: dict[str, Any] = {"form": form, "owner": owner, "team": owner if team else None}
    if form.is_valid():
        goal = form.goal(owner, viewer.member, today)
        if "read" not in request.POST and _make(goal):
            messages.success(request, _("The goal is set."))
            return redirect("goals")
        context |= {"goal": goal, "refused": actions.refused(goal), "row": progress_of([goal], today)[0]}
    return render(request, "goals/_meaning.html" if request.htmx else "goals/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_goal(request: SignedInRequest, goal_id: int) -> HttpResponse:
    """What it is for, and whether one's team sees it; the rest stands. Also the way to cancel it."""
    goal = _editable(request, goal_id)
    form = (TeamGoalTextForm if goal.team else OwnGoalTextForm)(request.POST or None, instance=goal)
    if request.method == "POST" and form.is_valid():
        actions.edit_goal(form.save(commit=False))
        return redirect("goals")
    return render(request, "goals/edit.html", {"form": form, "goal": goal})


@require_POST
def cancel_goal(request: SignedInRequest, goal_id: int) -> HttpResponse:
    """Take a goal back."""
    goal = _editable(request, goal_id)
    nudge(actions.cancel_goal(goal, viewer_of(request).organization.today()))
    messages.success(request, _("The goal is cancelled."))
    return redirect("goals")


def _counters(viewer: Viewer, owner: Team | Member) -> Iterable[Counter]:
    """What a goal may be about beside the score: what the team counts, and reps enter themselves."""
    if isinstance(owner, Team):
        return Counter.objects.playable().filter(team=owner)
    return playable_in(viewer.competing.team if viewer.competing else None)


def _as_they_stand(viewer: Viewer, goals: Iterable[Goal]) -> list[Progress]:
    """The figures of goals, read `with_owners`, as far as the viewer sees them."""
    rows = progress_of(goals, viewer.organization.today())
    return without_means_of_few(rows, viewer.sees_mean)


def _may_change(viewer: Viewer, goal: Goal) -> bool:
    """Whether a goal that runs is one's own, or of a team that one manages."""
    return viewer.manages(goal.team) if goal.team else goal.member_id == viewer.member.pk


def _make(goal: Goal) -> bool:
    """Whether the goal is stored now; not where a rule refuses it."""
    try:
        nudge(actions.make_goal(goal))
    except Refused:
        return False
    return True


def _teams(viewer: Viewer) -> list[Team]:
    """The teams whose goals one may see: one's own first, then those one manages."""
    own = [membership.team for membership in viewer.memberships]
    return own + [team for team in viewer.managed_teams if team not in own]


def _of_team(team: Team, rows: list[Progress]) -> list[Progress]:
    return [row for row in rows if row.goal.team_id == team.pk]


def _editable(request: SignedInRequest, goal_id: int) -> Goal:
    today = viewer_of(request).organization.today()
    editable = Goal.objects.editable_by(request.user).running(today).with_owners()
    return get_object_or_404(editable, pk=goal_id)
