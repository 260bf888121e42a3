"""Every part of the look in all its states, with invented people; in the demo and in development only."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teams.fields import FORMER, name_as_read
from teams.forms.people import NewMemberForm
from teams.models import Member
from teams.models.figures import Dot
from teams.queries.insights import Participation
from teams.rules.insights.charts import Points
from teams.rules.insights.tips import TIPS
from teams.rules.measure import Pillar
from teams.rules.months import Month, months_between
from teams.rules.scores import Change
from teams.views.shared.requests import SignedInRequest

COLOURS = [
    "ink",
    "muted",
    "edge",
    "line",
    "accent",
    "accent-soft",
    "warn",
    "warn-soft",
    "danger",
    "danger-soft",
    "raised",
]
SHEETS = [f"{name}.css" for name in ("challenges", "goals", "months", "audit", "imports", "reminders", "scores")]
MONTH = Month(2026, 11)
TOTALS = [42, 44, 43, None, 48, 51, 50, 47, 49, 53, 55, 61]
PROFILE = dict(zip(Pillar, map(Decimal, ("20.973", "6.38", "10.25", "15")), strict=True))
PEOPLE = [
    ("Maria Silva-Fernández", 61, 2, Change(6, MONTH - 1)),
    ("Jun Park", 58, -1, Change(1, MONTH - 1)),
    ("Amara Okafor", 58, 0, Change(-2, MONTH - 3)),
    ("Bartholomew Featherstonehaugh-Cholmondeley", 44, None, None),
]
FACES = [
    "Maria Silva-Fernández",
    "Jun Park",
    "Amara Okafor",
    "Юлия Иванова",
    "山田太郎",
    "محمد علي",
    "Ada",
    "क्षितिज शर्मा",
]


@require_safe
def style(request: SignedInRequest) -> HttpResponse:
    """The page; 404 on a site that people use."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    points = tuple(zip(months_between(MONTH - 11, MONTH), TOTALS, strict=True))
    context = {
        "colours": COLOURS,
        "sheets": [f"built/{sheet}" for sheet in SHEETS],
        "dots": [Dot(Member(name=name), Decimal(total), Decimal(total - 30), 6) for name, total, *_ in PEOPLE],
        "scores": [(Member(pk=place, name=name), total) for place, (name, total, *_) in enumerate(PEOPLE)],
        "months": [Participation(MONTH - ago, 14 - ago % 4, 14) for ago in range(12)],
        "month": MONTH,
        "profile": PROFILE,
        "coach": Pillar.PEOPLE,
        "up": PEOPLE[0][3],
        "steady": PEOPLE[1][3],
        "down": PEOPLE[2][3],
        "change": PEOPLE[0][3],
        "totals": points,
        "pillars": {pillar: [(month, PROFILE[pillar]) for month, _ in points] for pillar in Pillar},
        "goal": 60,
        "industry": [(month, 35) for month, _ in points],
        "marks": [date(2026, 6, 18)],
        "rows": [_row(place, *person, points) for place, person in zip([1, 2, 2, 4], PEOPLE, strict=True)],
        "faces": [Member(pk=place, name=name) for place, name in enumerate([*FACES, name_as_read(FORMER)])],
        "form": NewMemberForm(),
        "tip": TIPS[0],
    }
    return render(request, "site/style/style.html", context)


def _row(rank: int, name: str, total: int, climb: int | None, change: Change | None, points: Points) -> dict:
    """A row of the standings; the third is the viewer's own."""
    figures = {"rank": rank, "name": name, "total": total, "climb": climb, "change": change, "points": points}
    return figures | {"is_me": name.startswith("Amara")}
