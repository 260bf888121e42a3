"""The company's board: people by score, teams by mean; and its settings."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from teams.actions.audit import save_and_record
from teams.actions.boards.ranking import mark_team_stale
from teams.actions.reminders.reminders import wake
from teams.forms.people import OrganizationForm
from teams.forms.pictures import PictureForm
from teams.models import Act, Board, ScoreCount, Standing, Team
from teams.queries.people.viewer import Viewer
from teams.rules.months import Month
from teams.rules.standings import places, score_down_to
from teams.tasks import nudge
from teams.views.organization.places import place_in_organization
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of

ROWS_A_PAGE = 50
SHOWN = 1_000
"""Of an organization of any size."""


@require_safe
def organization(request: SignedInRequest, month: Month | None = None) -> HttpResponse:
    """The organization's board of a month: people with score and place, or by `?by=teams` the teams with their mean."""
    viewer = viewer_of(request)
    if not viewer.sees_organization_board or (month and not viewer.may_open(month)):
        raise Http404
    this_month = Month.of(viewer.organization.today())
    month = month or this_month
    tab = request.GET.get("by", "people")
    if tab not in ("people", "teams"):
        raise Http404
    figures = _people(request, viewer, month) if tab == "people" else _teams(request, viewer, month)
    context = {
        "organization": viewer.organization,
        "month": month,
        "this_month": this_month,
        "tab": tab,
        **figures,
    }
    return render(request, "organization/organization.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest) -> HttpResponse:
    """The company's settings, for its admins."""
    viewer = viewer_of(request)
    if not viewer.member.is_admin:
        raise Http404
    form = OrganizationForm(request.POST or None, instance=viewer.organization)
    if form.is_valid():
        wake(save_and_record(form, Act.ORGANIZATION_CHANGED, organization=viewer.organization))
        for team in viewer.organization.teams.select_related("organization"):
            nudge(mark_team_stale(team))
        return redirect("organization")
    return render(request, "organization/settings.html", settings_page(viewer) | {"form": form})


def settings_page(viewer: Viewer) -> dict[str, Any]:
    """What the page shows, with its forms as nobody has sent them yet."""
    return {
        "organization": viewer.organization,
        "form": OrganizationForm(instance=viewer.organization),
        "logo": PictureForm(),
        "suggestions": viewer.organization.suggestions.unanswered(),
    }


def _people(request: SignedInRequest, viewer: Viewer, month: Month) -> dict:
    """A page of scores, highest first, of the first thousand; places come from the counts per score.

    Teams that are stricter with places are left out, except for those who manage them; the places stay.
    """
    counts = ScoreCount.objects.counts(viewer.organization, month)
    down_to = score_down_to(counts, SHOWN)
    standings = Standing.objects.filter(board__month=month, board__team__organization=viewer.organization)
    if not viewer.member.is_admin:
        open_to_all = Q(board__team__in=Team.objects.open_to_all())
        standings = standings.filter(open_to_all | Q(board__team__in=viewer.managed_teams))
    first = standings.filter(total__gte=down_to, board__best__gte=down_to).select_related("member", "board__team")
    ordered = first.order_by("-total", "member__name__alphabetical", "member_id")[:SHOWN]
    page = Paginator(ordered, ROWS_A_PAGE).get_page(request.GET.get("page"))
    place = places(counts)
    return {
        "page": page,
        "rows": [{"place": place.get(standing.total), "standing": standing} for standing in page],
        "me": viewer.member.pk,
        "ranked": sum(counts.values()),
        "shown": SHOWN,
        "own": place_in_organization(viewer, month, counts) if sum(counts.values()) > SHOWN else None,
    }


def _teams(request: SignedInRequest, viewer: Viewer, month: Month) -> dict:
    """A page of the teams' boards of the month: the complete ones ranked by mean, the others after them.

    A mean of few stands there only for those who see the team's figures; its place would tell it as well.
    """
    boards = Board.objects.filter(team__organization=viewer.organization, month=month).by_mean()
    page = Paginator(boards.select_related("team__organization"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    complete = [board for board in page if board.complete]
    few = [board for board in complete if not viewer.sees_mean(board.team, board.submitted)]
    ranked = [{"place": board.place, "board": board} for board in complete if board not in few]
    return {"page": page, "ranked": ranked, "few": few, "incomplete": [board for board in page if not board.complete]}
