"""Where do I stand, what is next; and for whoever manages, who is missing, who moved and what needs them."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from teams.actions.moments.noticing import mark_seen
from teams.actions.people.first_run import hide_first_steps
from teams.models import Goal, Organization, Role, Team
from teams.queries.challenges.played import open_challenges
from teams.queries.figures import own_counters
from teams.queries.goals.progress import Progress, next_score, progress_of, with_known_owners, without_means_of_few
from teams.queries.moments import OwnMoment, own_moments
from teams.queries.people.viewer import TEAMS, Viewer
from teams.queries.thanks import Offer, offers
from teams.queries.today.figures import Figures, Marks, Own, TeamMonth, today_figures
from teams.queries.today.waiting import waiting_for
from teams.rules.first_steps import FirstStep, first_steps
from teams.rules.insights import tips
from teams.rules.insights.tips import tip_of_the_week
from teams.rules.moments import MomentKind
from teams.rules.months import Month
from teams.rules.scores import change
from teams.rules.standings import Place, places, top_quarter
from teams.rules.visibility import Audience
from teams.rules.waiting import on_today
from teams.views.shared.first_steps import LABELS, addresses_of_steps, asks_steps
from teams.views.shared.requests import Request, SignedInRequest
from teams.views.shared.viewer import viewer_of
from teams.views.today.bell import with_addresses
from teams.words.thanks import offered_sentence
from teams.words.translation import Words

CHALLENGES = 5
"""How many challenges Today shows, those that end first."""


@login_not_required
@require_safe
def today(request: Request) -> HttpResponse:
    """One's own page; an empty site begins with the first organization."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path) if Organization.objects.exists() else redirect("start")
    viewer = viewer_of(request)
    teams, this_month = _teams(viewer), viewer.this_month
    figures = _figures(viewer, teams, this_month)
    marked = [day for day, _ in figures.marks]
    goals, steps = _goals(viewer, teams, figures.marks), _steps(viewer, figures.steps)
    moments = _moments(viewer, is_opened=request.method == "GET") if figures.has_moments else []
    told = {each.challenge_id for each in moments}
    rows = with_addresses(on_today(waiting_for(viewer.user.pk, timezone.now()), told))
    managed_months = [each for each in figures.months if each.team in viewer.first_managed]
    context = {
        "this_month": this_month,
        "next_month": this_month + 1,
        "moments": moments,
        "offers": _offers(viewer) if figures.has_closed else [],
        "rows": rows,
        "steps": steps,
        "is_new": bool(steps) and FirstStep.PEOPLE not in (figures.steps or ()),
        "months": figures.months,
        "managed_months": managed_months,
        "has_nothing_to_do": _has_nothing_to_do(managed_months) and not rows,
        "movers": figures.movers,
        "first_places": figures.first_places,
        "has_several_teams": len(teams) > 1,
        "goals": goals,
        "goal": next_score(goals),
        "challenges": open_challenges(teams, viewer.member, CHALLENGES, marked),
        "marks": marked,
        "own_counters": own_counters(viewer.member, this_month) if _may_enter_figures(viewer) else [],
        "submitted": False,
        "closed": any(
            each.is_closed for each in figures.months if viewer.competing and each.team == viewer.competing.team
        ),
        **(_own(viewer, figures.own, figures.marks, this_month) if figures.own else {}),
    }
    return render(request, "today/today.html", context)


@require_POST
def put_steps_away(request: SignedInRequest) -> HttpResponse:
    """Show no first steps on one's own Today any more."""
    hide_first_steps(viewer_of(request).member)
    return redirect("today")


def _teams(viewer: Viewer) -> list[Team]:
    """The teams whose coverage is shown: one's own first, then those one manages, so many that a page can show them."""
    own = [membership.team for membership in viewer.memberships]
    return (own + [team for team in viewer.first_managed if team not in own])[:TEAMS]


def _figures(viewer: Viewer, teams: list[Team], this_month: Month) -> Figures:
    looks = [each.team for each in viewer.memberships if each.role != Role.MANAGER and not viewer.competing]
    return today_figures(
        viewer.organization,
        viewer.member,
        this_month=this_month,
        competes_in=viewer.competing.team if viewer.competing else None,
        teams=teams,
        managed=viewer.first_managed,
        looks_at=[team for team in looks if viewer.audience(team) == Audience.RANKS],
        asks_steps=asks_steps(viewer),
    )


def _steps(viewer: Viewer, done: set[FirstStep] | None) -> list[tuple[FirstStep, bool, bool, Words, str]]:
    """Each first step: whether it is done or the next one, its button, and where; none once nothing is left to do."""
    if done is None:
        return []
    addresses = addresses_of_steps(viewer.first_managed[0])
    following = next((step for step in FirstStep if step not in done), None)
    return [(step, is_done, step == following, LABELS[step], addresses[step]) for step, is_done in first_steps(done)]


def _moments(viewer: Viewer, *, is_opened: bool) -> list[OwnMoment]:
    """What they have won since they were here, put away once seen; a podium only for who sees their own place."""
    seeing = {
        each.team_id for each in viewer.memberships if viewer.audience(each.team) in (Audience.RANKS, Audience.OWN)
    }
    now = timezone.now()
    moments = own_moments(viewer.member.pk, now)
    visible_moments = [each for each in moments if each.kind != MomentKind.PODIUM or each.team_id in seeing]
    if is_opened and (new := [each.id for each in visible_moments if each.is_new]):
        mark_seen(new, now)
    return visible_moments


def _offers(viewer: Viewer) -> list[tuple[Offer, str]]:
    """To whom a word is offered after a closing, with a sentence to begin with."""
    suggested = offers(viewer.first_managed, viewer.member, timezone.now())
    return [
        (each, offered_sentence(each.rarity, each.board.month, each.row.change.points if each.row.change else 0))
        for each in suggested
    ]


def _may_enter_figures(viewer: Viewer) -> bool:
    return viewer.competing is not None and viewer.competing.team.may_have_playable


def _has_nothing_to_do(months: list[TeamMonth]) -> bool:
    """Whether everybody who is expected is in, in teams in which somebody is."""
    return any(each.expected for each in months) and not any(each.missing for each in months)


def _goals(viewer: Viewer, teams: list[Team], marks: Marks) -> list[Progress]:
    """How one's own goals stand, and those of the teams above."""
    today = viewer.organization.today()
    running_goals = Goal.objects.filter(Q(member=viewer.member) | Q(team__in=teams)).running(today)
    owned = with_known_owners(running_goals, teams, viewer.member)
    rows = progress_of(owned, today, marks={viewer.organization.pk: marks})
    return without_means_of_few(rows, viewer.sees_mean)


def _own(viewer: Viewer, own: Own, marks: Marks, this_month: Month) -> dict:
    """A rep's figures: the latest score, its change, the way to the top quarter, the pillar to work on."""
    pillar = tips.pillar_to_coach(own.pillars)
    return {
        "own": own,
        "submitted": own.month == this_month,
        "change": change(own.reading, own.before, marks),
        "new_formula": _new_formula(own, marks, this_month),
        "to_top_quarter": _points_to_top_quarter(viewer, own),
        "in_organization": _place_in_organization(viewer, own),
        "pillar": pillar,
        "tip": pillar
        and tip_of_the_week(
            pillar,
            day=viewer.organization.today(),
            sales_navigator=viewer.member.plan == "sales_navigator",
            seed=viewer.member.pk,
        ),
    }


def _new_formula(own: Own, marks: Marks, this_month: Month) -> date | None:
    """The day since which this month's reading is by LinkedIn's old formula; None where it is not."""
    reading = own.reading
    after = [day for day, _ in marks if reading.month == this_month == Month.of(day) and reading.taken_on < day]
    return max(after, default=None)


def _place_in_organization(viewer: Viewer, own: Own) -> Place | None:
    """One's place in a larger organization than one's team, once that is complete; None where it is not shown."""
    team = next((each.team for each in viewer.memberships if each.team_id == own.placed_in), None)
    if not (viewer.sees_organization_board and own.board_is_complete and team and own.placed_with is not None):
        return None
    if viewer.audience(team) not in (Audience.RANKS, Audience.OWN):
        return None
    place = Place(places(own.counts).get(own.placed_with, 1), sum(own.counts.values()))
    return place if place.ranked > own.submitted else None


def _points_to_top_quarter(viewer: Viewer, own: Own) -> int | None:
    """Points that are missing on the board of the latest score's month; 0 when in it; None where not shown."""
    if (
        viewer.competing is None
        or viewer.audience(viewer.competing.team) != Audience.RANKS
        or not own.board_is_complete
    ):
        return None
    threshold = top_quarter(own.board_totals)
    return None if threshold is None else max(0, threshold - own.reading.total)
