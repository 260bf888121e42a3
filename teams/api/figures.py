"""Business figures: what a team counts beside its scores, by rep and month; for its managers."""

from decimal import Decimal
from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from teams.actions.figures import figures_by_cell, store_figures
from teams.api.access import ApiRequest, Bearer
from teams.api.idempotency import once
from teams.api.paging import page_of
from teams.api.problems import cleaned
from teams.api.values import Body, open_month
from teams.forms.figures import MonthOfFiguresForm
from teams.models import Counter, Figure, Member
from teams.rules.api import Scope
from teams.tasks import nudge_team

router = Router(tags=["business figures"])


class CounterOut(Schema):
    """What a team counts."""

    id: int
    team: str
    name: str


class FigureOut(Schema):
    """A rep's figure of a month, as it stands."""

    id: int
    counter: int
    member: int
    month: str
    value: float


class NewFigure(Body):
    """A rep's figure of a month; it replaces the one before. Without a value that one is taken back.

    Of what the team plays for, what a rep entered or a closed month has is changed with a `reason`.
    """

    counter: int
    member: int
    month: str
    value: Annotated[Decimal, Field(ge=0, strict=False, decimal_places=2, max_digits=14)] | None
    reason: str = ""


class Stored(Schema):
    """How many figures changed: none where it stood so already."""

    changed: int


@router.get("/counters", response=list[CounterOut], auth=Bearer(Scope.READ), summary="What is counted")
def counters(request: ApiRequest) -> list[CounterOut]:
    """What the teams count that one manages."""
    managed_counters = Counter.objects.managed_by(request.viewer.user)
    return [CounterOut(id=each.pk, team=each.team.slug, name=each.name) for each in managed_counters]


@router.get("/figures", response=list[FigureOut], auth=Bearer(Scope.READ), summary="Business figures")
def figures(
    request: ApiRequest, response: HttpResponse, counter: int | None = None, before: int | None = None
) -> list[FigureOut]:
    """The current figures of the teams that one manages; the newest first."""
    counted = Counter.objects.managed_by(request.viewer.user)
    if counter is not None:
        counted = counted.filter(pk=counter)
    page = page_of(request, response, Figure.objects.filter(counter__in=counted.values("pk")).current(), before)
    return [
        FigureOut(
            id=each.pk,
            counter=each.counter_id,
            member=each.member_id,
            month=str(each.month),
            value=float(each.value or 0),
        )
        for each in page
    ]


@router.post("/figures", response={201: Stored}, auth=Bearer(Scope.FIGURES), summary="Store a business figure")
@once
def store_figure(request: ApiRequest, body: NewFigure) -> tuple[int, Stored]:
    """Store what somebody did in a month, as by the team's page."""
    viewer = request.viewer
    counter = get_object_or_404(Counter.objects.managed_by(viewer.user), pk=body.counter)
    month = open_month(viewer, body.month)
    known = {member: value for (member, _), value in figures_by_cell(counter, [month]).items()}
    there = Member.objects.competing_in(counter.team, month) | Member.objects.filter(pk__in=known)
    member = get_object_or_404(there.distinct(), pk=body.member)
    field = f"figure-{member.pk}"
    given = {field: "" if body.value is None else f"{body.value:.2f}", "reason": body.reason}
    form = MonthOfFiguresForm(given, [member], known, asks_why=counter.playable)
    reason = cleaned(form).get("reason", "")
    changed = store_figures(counter, form.cells(month), viewer.member, reason=reason)
    nudge_team(counter.team_id)
    return 201, Stored(changed=changed)
