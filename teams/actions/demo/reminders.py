"""What went out in the demo last month: most arrived, one was refused, one is uncertain."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from teams.models import Delivery, Member, MessageKind, Organization, Team
from teams.rules.messages.delivery import DeliveryState, Reason
from teams.rules.messages.reminders import Step, steps_of
from teams.rules.months import Month

# ruff: noqa: S311 - nothing that Random decides is secret

NOT_ARRIVED = {
    DeliveryState.FAILED: (Reason.MAIL_SERVER_SAID, "550 5.1.1 Mailbox unavailable"),
    DeliveryState.UNCERTAIN: (Reason.MAIL_SERVER_STOPPED, "timed out"),
}
LATE_SHARE = 0.3
"""How many reps still had to be reminded a few days before the month's end."""


def fill_reminders(organization: Organization, now: datetime) -> None:
    """The reminders of last month, made once."""
    zone = ZoneInfo(organization.time_zone)
    month = Month.of(now.astimezone(zone)) - 1
    for team in organization.teams.all():
        reps = list(Member.objects.competing_in(team, month).with_access(month))
        rows = [row for step in steps_of(month, team.reminder_policy)[:2] for row in _sent(team, reps, step, zone)]
        for row, (state, (reason, said)) in zip(rows[-2:], NOT_ARRIVED.items(), strict=False):
            row.state, row.reason, row.said = state, reason, said
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def _sent(team: Team, reps: list[Member], step: Step, zone: ZoneInfo) -> Iterator[Delivery]:
    at = datetime.combine(step.day, time(team.reminder_hour), zone)
    for rep in reps:
        if Random(f"{rep.name} {step.subject}").random() < LATE_SHARE:
            took = timedelta(seconds=Random(rep.name).randint(2, 40))
            yield Delivery(
                team=team,
                member=rep,
                kind=MessageKind.REMINDER,
                subject=str(step.subject),
                state=DeliveryState.SENT,
                attempts=1,
                created_at=at,
                first_at=at,
                due_at=at,
                started_at=at,
                ended_at=at + took,
            )
