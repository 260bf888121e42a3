"""The demo's business figures, for which its teams play: meetings that hang on the score a little, on luck a lot."""

from datetime import datetime, time
from random import Random
from zoneinfo import ZoneInfo

from teams.models import Counter, Figure, FigureSource, Member, Organization, Role, Score, Team
from teams.rules.months import Month, months_between

# ruff: noqa: S311 - nothing that Random decides is secret

COUNTED = "Meetings from LinkedIn"
MONTHS = 12
ENTERED_AT = time(17)
USUAL, A_POINT, OWN, LUCK = 7, 0.05, 2.5, 2
"""Meetings a month at a score of 50, by how much a point moves that, and how far people and months lie apart."""


def fill_figures(organization: Organization, now: datetime) -> None:
    """The meetings of the last months that are over, as each rep entered them; what is there stays."""
    this_month = Month.of(now.astimezone(ZoneInfo(organization.time_zone)))
    for team in organization.teams.all():
        if Member.objects.filter(memberships__team=team, memberships__role=Role.MANAGER).exists():
            _fill(team, months_between(this_month - MONTHS, this_month - 1))


def _fill(team: Team, months: list[Month]) -> None:
    """Fill the months that have no figure; each as it was entered by its last evening."""
    counter, _ = Counter.objects.get_or_create(team=team, name=COUNTED, defaults={"playable": True})
    zone = ZoneInfo(team.organization.time_zone)
    done = set(counter.figures.values_list("month", flat=True))
    for month in sorted(set(months) - done):
        reps = Member.objects.competing_in(team, month)
        scores = Score.objects.filter(member__in=reps, month=month).select_related("member").order_by("member_id")
        Figure.objects.bulk_create(
            Figure(
                counter=counter,
                member=score.member,
                month=month,
                value=_meetings(score.member, month, score.total),
                typed_by=score.member,
                typed_at=datetime.combine(month.last_day, ENTERED_AT, zone),
                source=FigureSource.OWN,
            )
            for score in scores
        )


def _meetings(member: Member, month: Month, score: int) -> int:
    own = Random(f"{member.name} meets").gauss(0, OWN)
    return max(0, round(USUAL + A_POINT * (score - 50) + own + Random(f"{member.name} {month}").gauss(0, LUCK)))
