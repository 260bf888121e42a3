"""How a rep's score developed, and the readings behind it."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from teams.models import Member
from teams.rules import coaching
from teams.rules.months import Month, months_between
from teams.rules.pillars import TYPICAL, Pillar
from teams.rules.scores import change, flags
from teams.views.viewer import viewer

MONTHS_SHOWN = 24


@require_safe
def rep(request: HttpRequest, member_id: int) -> HttpResponse:
    """For oneself, one's team and one's admin. Notes and flags are for managers and oneself."""
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=member_id)
    who = viewer(request)
    this_month = Month.of(who.organization.today())
    scores = list(
        member.scores.filter(month__gt=this_month - MONTHS_SHOWN).select_related("submission").order_by("month")
    )
    marks = list(member.organization.recalibrations.values_list("day", "shift"))
    readings = [score.submission.reading() for score in scores]
    latest = scores[-1].submission if scores else None
    inside = member == who.member or Member.objects.managed_by(request.user).filter(pk=member.pk).exists()
    context = {
        "member": member,
        "own": member == who.member,
        "inside": inside,
        "this_month": this_month,
        "latest": latest,
        "change": change(readings[-1], readings[-2], marks) if len(readings) > 1 else None,
        "months": [
            {
                "score": score,
                "change": change(now, before, marks),
                "flags": flags(now, before) if inside else [],
            }
            for score, now, before in zip(scores, readings, [None, *readings], strict=False)
        ][::-1],
        "history": _series(scores, "total"),
        "pillar_histories": {pillar: _series(scores, pillar) for pillar in Pillar},
        "industry": _series([score.submission for score in scores], "industry_average"),
        "marks": [day for day, _ in marks],
        "typical": TYPICAL,
        "pillar": coaching.pillar_to_coach(latest.pillars) if latest and None not in latest.pillars.values() else None,
        "submissions": (
            member.submissions.select_related("withdrawal", "replaced_by", "typed_by").order_by("-taken_on", "-id")
            if inside
            else []
        ),
    }
    return render(request, "rep/rep.html", context)


def _series(rows: list, figure: str) -> list[tuple[Month, Decimal | int | None]]:
    """One figure for every month from the first row's to the last's; None where there is none."""
    found = {row.month: getattr(row, figure) for row in rows}
    return [(month, found.get(month)) for month in months_between(min(found), max(found))] if found else []
