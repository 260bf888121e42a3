"""How a rep's score developed, and the readings behind it."""

from datetime import date
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from teams.actions.submissions import closed_months
from teams.models import Member
from teams.queries.goals.progress import Progress, next_score, progress_of
from teams.queries.people.seen import seen_members
from teams.queries.people.viewer import Viewer
from teams.rules.insights import tips
from teams.rules.measure import Pillar
from teams.rules.months import Month, months_between
from teams.rules.scores import Reading, change, flags
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of

MONTHS_SHOWN = 24
Marks = list[tuple[date, int]]
"""The days on which LinkedIn changed its formula, and what that moved."""


@require_safe
def rep(request: SignedInRequest, member_id: int) -> HttpResponse:
    """For those who see one's figures. Readings, notes and flags are for managers and oneself."""
    viewer = viewer_of(request)
    own = member_id == viewer.member.pk
    member = viewer.member if own else get_object_or_404(viewer.organization.members, pk=member_id)
    if not own and not seen_members([member.pk], viewer.member):
        raise Http404
    inside = own or viewer.manages_member(member)
    marks = list(viewer.organization.recalibrations.values_list("day", "shift"))
    goals = _goals(member, marks, own=own)
    context = {"member": member, "own": own, "inside": inside, **_figures(member, marks, inside=inside)}
    context |= {"goals": goals, "goal": next_score(goals)}
    if inside:
        context |= _readings(member, viewer)
    return render(request, "reps/rep.html", context)


def _goals(member: Member, marks: Marks, *, own: bool) -> list[Progress]:
    """Their own goals that run; for others those that they share."""
    organization = member.organization
    goals = member.goals.running(organization.today())
    shown_goals = goals if own else goals.filter(shared=True)
    return progress_of(shown_goals, organization.today(), {organization.pk: marks})


def _figures(member: Member, marks: Marks, *, inside: bool) -> dict:
    """The latest score and the months before it; flags only where `inside`."""
    since = Month.of(member.organization.today()) - MONTHS_SHOWN
    columns = ["total", "taken_on", "month", *Pillar, "submission__industry_average"]
    scores = member.scores.filter(month__gt=since).order_by("month").values_list(*columns)
    readings, industry = [], {}
    for total, taken_on, month, *pillars, industry_average in scores:
        readings.append(Reading(total, taken_on, month, tuple(pillars)))
        industry[month] = industry_average
    months = [
        {"reading": now, "change": change(now, before, marks), "flags": flags(now, before) if inside else []}
        for now, before in zip(readings, [None, *readings], strict=False)
    ]
    latest = readings[-1] if readings else None
    pillars_of_latest = dict(zip(Pillar, latest.pillars, strict=True)) if latest else {}
    return {
        "latest": latest,
        "change": months[-1]["change"] if months else None,
        "months": months[::-1],
        "history": _series({each.month: each.total for each in readings}),
        "pillar_histories": {
            pillar: _series({each.month: each.pillars[number] for each in readings})
            for number, pillar in enumerate(Pillar)
        },
        "industry": _series(industry),
        "marks": [day for day, _ in marks],
        "pillars": pillars_of_latest,
        "pillar": tips.pillar_to_coach(pillars_of_latest) if latest else None,
    }


def _readings(member: Member, viewer: Viewer) -> dict:
    """Everything that was submitted for months in which somebody deals with it, the latest first; what is final."""
    submissions = member.submissions.select_related("withdrawal", "replaced_by").order_by("-taken_on", "-id")
    if not (member == viewer.member or viewer.member.is_admin):
        submissions = submissions.editable_by(viewer.user)
    months = {submission.month for submission in submissions}
    return {"submissions": submissions, "final": closed_months(member, months, timezone.now())}


def _series(figures: dict[Month, Decimal | int | None]) -> list[tuple[Month, Decimal | int | None]]:
    """A figure for every month from the first of them to the last; None where there is none."""
    return [(month, figures.get(month)) for month in months_between(min(figures), max(figures))] if figures else []
