"""The days on which LinkedIn changed its formula: marking, measuring, removing."""

from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from django.db import IntegrityError, transaction

from teams.actions.audit import record
from teams.actions.boards import mark_team_stale
from teams.actions.refusals import Refused
from teams.models import Act, Organization, Recalibration, Submission
from teams.rules.recalibration import NEAR, around, median_change

TYPED_LATE = timedelta(days=30)
"""So long after the last reading that counts it may still be typed or corrected."""


@transaction.atomic
def mark_recalibration(organization: Organization, day: date, today: date) -> list[int]:
    """A mark on every chart, with what it moved as far as it is known; the boards to nudge a worker for."""
    if day > today:
        raise Refused("This day is still to come.")
    try:
        with transaction.atomic():
            marked = Recalibration.objects.create(organization=organization, day=day)
    except IntegrityError:
        raise Refused("This day is marked already.") from None
    measure(marked)
    record(Act.FORMULA_MARKED, organization=organization, day=day)
    return _marked(organization)


@transaction.atomic
def remove_recalibration(recalibration: Recalibration) -> list[int]:
    """As if it had never been marked; the boards to nudge a worker for."""
    recalibration.delete()
    record(Act.FORMULA_UNMARKED, organization=recalibration.organization, day=recalibration.day)
    return _marked(recalibration.organization)


def measure(recalibration: Recalibration) -> bool:
    """Store the median change over those with readings near the day on both sides; whether it is another one now."""
    day = recalibration.day
    readings = (
        Submission.objects.counting()
        .filter(member__organization=recalibration.organization, taken_on__range=(day - NEAR, day + NEAR))
        .order_by("member_id", "taken_on", "pk")
        .values_list("member_id", "taken_on", "total")
    )
    of_each = (around(day, [row[1:] for row in rows]) for _, rows in groupby(readings, itemgetter(0)))
    pairs = [pair for pair in of_each if pair]
    before = recalibration.shift
    recalibration.shift, recalibration.measured = median_change(pairs), len(pairs)
    recalibration.save(update_fields=["shift", "measured"])
    return recalibration.shift != before


@transaction.atomic
def measure_again(recalibration: Recalibration) -> list[int]:
    """Measure one with what was read since; the boards to nudge a worker for where that changed it."""
    return _marked(recalibration.organization) if measure(recalibration) else []


def recent_recalibrations(now: date) -> list[Recalibration]:
    """Those whose readings may still come in."""
    since = now - NEAR - TYPED_LATE
    return list(Recalibration.objects.filter(day__gte=since).select_related("organization"))


def _marked(organization: Organization) -> list[int]:
    teams = organization.teams.select_related("organization")
    return [board for team in teams for board in mark_team_stale(team)]
