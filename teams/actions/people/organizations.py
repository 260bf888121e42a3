"""What an organization decides for everybody, where it moves more than itself."""

from datetime import date

from django.db import transaction

from teams.actions.audit import record
from teams.actions.boards.ranking import mark_team_stale
from teams.actions.reminders.reminders import wake
from teams.models import Act, Organization


@transaction.atomic
def set_holidays(organization: Organization, holidays: list[date]) -> list[int]:
    """Store the holidays: reminders are planned anew, and who is away; the boards to nudge a worker for."""
    organization.holidays = holidays
    organization.save(update_fields=["holidays"])
    record(Act.ORGANIZATION_CHANGED, organization=organization)
    wake(organization)
    teams = organization.teams.select_related("organization")
    return [board for team in teams for board in mark_team_stale(team)]
