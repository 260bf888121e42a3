"""The days on which LinkedIn changed its formula: marking, measuring, removing, suggesting."""

from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.boards.ranking import mark_team_stale
from teams.actions.goals import look_again_after_recalibration
from teams.models import Act, Member, Organization, Recalibration, RecalibrationSuggestion, Submission
from teams.rules.errors import Refused
from teams.rules.recalibration import NEAR, Readings, around, median_change, suspected

LOOKS_BACK = timedelta(days=28)
"""How old a day may be that is suggested."""
TYPED_LATE = timedelta(days=30)
"""So long after the last reading that counts it may still be typed or corrected."""


@transaction.atomic
def mark_recalibration(organization: Organization, day: date, today: date, by: Member | None = None) -> list[int]:
    """A mark on every chart, with what it moved as far as it is known; the boards to nudge a worker for.

    Whatever was suggested near it is answered by this.
    """
    if day > today:
        raise Refused(_("This day is still to come."))
    try:
        with transaction.atomic():
            marked = Recalibration.objects.create(organization=organization, day=day)
    except IntegrityError:
        raise Refused(_("This day is marked already.")) from None
    store_median_change(marked)
    record(Act.FORMULA_MARKED, organization=organization, day=day)
    organization.suggestions.unanswered().near(day).update(answered_at=timezone.now(), answered_by=by)
    return _marked(marked)


@transaction.atomic
def suggest_recalibration(organization: Organization, today: date) -> RecalibrationSuggestion | None:
    """Ask the admins about a day of the last weeks that looks like one, or say more exactly which; None for neither.

    Nothing is asked twice: days near one that is marked, or was answered, are left out.
    """
    Organization.objects.select_for_update().get(pk=organization.pk)
    first = today - LOOKS_BACK
    readings = _readings(organization, first - NEAR, today)
    known = [*organization.recalibrations.values_list("day", flat=True)]
    known += organization.suggestions.exclude(answered_at=None).values_list("day", flat=True)
    days = {day for reading in readings for day, _ in reading if day >= first}
    suspicions = suspected(readings, {day for day in days if all(abs(day - other) > NEAR for other in known)})
    if suspicions is None:
        return None
    figures = {
        "day": suspicions.day,
        "moved": suspicions.moved,
        "measured": suspicions.measured,
        "shift": suspicions.shift,
    }
    return organization.suggestions.update_or_create(answered_at=None, defaults=figures)[0]


@transaction.atomic
def dismiss(suggestion: RecalibrationSuggestion, by: Member) -> None:
    """Never ask about these days again."""
    open_ones = RecalibrationSuggestion.objects.unanswered().filter(pk=suggestion.pk)
    if open_ones.update(answered_at=timezone.now(), answered_by=by):
        record(Act.FORMULA_DISMISSED, organization=suggestion.organization, day=suggestion.day)


@transaction.atomic
def remove_recalibration(recalibration: Recalibration) -> list[int]:
    """As if it had never been marked; the boards to nudge a worker for."""
    recalibration.delete()
    record(Act.FORMULA_UNMARKED, organization=recalibration.organization, day=recalibration.day)
    return _marked(recalibration)


def store_median_change(recalibration: Recalibration) -> bool:
    """Store the median change over those with readings near the day on both sides; True where it was another before."""
    day = recalibration.day
    reps = _readings(recalibration.organization, day - NEAR, day + NEAR)
    pairs = [pair for readings in reps if (pair := around(day, readings))]
    before = recalibration.shift
    recalibration.shift, recalibration.measured = median_change(pairs), len(pairs)
    recalibration.save(update_fields=["shift", "measured"])
    return recalibration.shift != before


@transaction.atomic
def measure_again(recalibration: Recalibration) -> list[int]:
    """Measure one with what was read since; the boards to nudge a worker for where that changed it."""
    return _marked(recalibration) if store_median_change(recalibration) else []


def recent_recalibrations(now: date) -> list[Recalibration]:
    """Those whose readings may still come in."""
    since = now - NEAR - TYPED_LATE
    return list(Recalibration.objects.filter(day__gte=since).select_related("organization"))


def _readings(organization: Organization, first: date, last: date) -> list[Readings]:
    """What counts of those days, rep by rep, oldest first."""
    rows = (
        Submission.objects.counting()
        .filter(member__organization=organization, taken_on__range=(first, last))
        .order_by("member_id", "taken_on", "pk")
        .values_list("member_id", "taken_on", "total")
    )
    return [[row[1:] for row in of_one] for _, of_one in groupby(rows, itemgetter(0))]


def _marked(recalibration: Recalibration) -> list[int]:
    """Judge goals anew across the day, and mark every board as stale."""
    look_again_after_recalibration(recalibration.organization, recalibration.day, timezone.now())
    teams = recalibration.organization.teams.select_related("organization")
    return [board for team in teams for board in mark_team_stale(team)]
