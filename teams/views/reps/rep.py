"""How a rep's score developed, and the readings behind it."""

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from teams.actions.submissions import closed_months
from teams.models import Goal, Member, User
from teams.queries.goals.progress import next_score, progress_of
from teams.rules.insights import tips
from teams.rules.measure import Pillar
from teams.rules.months import Month, months_between
from teams.rules.scores import change, flags
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer

MONTHS_SHOWN = 24


@require_safe
def rep(request: SignedInRequest, member_id: int) -> HttpResponse:
    """For those who see one's figures. Readings, notes and flags are for managers and oneself."""
    member = get_object_or_404(Member.objects.figures_visible_to(request.user), pk=member_id)
    who = viewer(request)
    own = member == who.member
    inside = own or Member.objects.managed_by(request.user).filter(pk=member.pk).exists()
    today = who.organization.today()
    goals = progress_of(Goal.objects.visible_to(request.user).filter(member=member).running(today).with_owners(), today)
    context = {"member": member, "own": own, "inside": inside, **_figures(member, inside)}
    context |= {"goals": goals, "goal": next_score(goals)}
    if inside:
        context |= _readings(member, request.user)
    return render(request, "reps/rep.html", context)


def _figures(member: Member, inside: bool) -> dict:
    """The latest score and the months before it; flags only where `inside`."""
    since = Month.of(member.organization.today()) - MONTHS_SHOWN
    scores = list(member.scores.filter(month__gt=since).select_related("submission").order_by("month"))
    marks = list(member.organization.recalibrations.values_list("day", "shift"))
    readings = [score.submission.reading() for score in scores]
    months = [
        {"score": score, "change": change(now, before, marks), "flags": flags(now, before) if inside else []}
        for score, now, before in zip(scores, readings, [None, *readings], strict=False)
    ]
    latest = scores[-1].submission if scores else None
    return {
        "latest": latest,
        "change": months[-1]["change"] if months else None,
        "months": months[::-1],
        "history": _series(scores, "total"),
        "pillar_histories": {pillar: _series(scores, pillar) for pillar in Pillar},
        "industry": _series([score.submission for score in scores], "industry_average"),
        "marks": [day for day, _ in marks],
        "pillar": tips.pillar_to_coach(latest.pillars) if latest else None,
    }


def _readings(member: Member, user: User) -> dict:
    """Everything that was submitted for months in which somebody deals with it, the latest first; what is final."""
    related = ["withdrawal", "replaced_by", "typed_by"]
    submissions = list(member.submissions.editable_by(user).select_related(*related).order_by("-taken_on", "-id"))
    months = {submission.month for submission in submissions}
    final = closed_months(member, months, timezone.now())
    return {"submissions": submissions, "final": final}


def _series(rows: list, figure: str) -> list[tuple[Month, Decimal | int | None]]:
    """One figure for every month from the first row's to the last's; None where there is none."""
    found = {row.month: getattr(row, figure) for row in rows}
    return [(month, found.get(month)) for month in months_between(min(found), max(found))] if found else []
