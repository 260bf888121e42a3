"""What would go out in the next days, to whom, and whom it skips and why."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from teams.actions.messages.outbox import managers
from teams.models import Member, Team
from teams.queries.people.recipients import recipients
from teams.rules.messages.delivery import Reason
from teams.rules.messages.reminders import Recipient, Step, meaning, skip, upcoming
from teams.rules.months import Month


@dataclass
class Planned:
    """One step of a month: who would be reminded as things are now, and who would not."""

    day: date
    month: Month
    why: str
    to: list[Member] = field(default_factory=list)
    skipped: list[tuple[Member, Reason]] = field(default_factory=list)
    is_digest: bool = False


def forecast(team: Team, now: datetime, days: int = 14) -> list[Planned]:
    """The team's reminders and digests of the next days, in order; each day in the reader's own zone."""
    end = now + timedelta(days=days)
    memberships = list(
        team.memberships.active()
        .filter(competing=True)
        .select_related("member__organization")
        .order_by("member__name__alphabetical")
    )
    reps = [membership.pk for membership in memberships]
    planned: dict[Step, Planned] = {}
    known: dict[Month, dict[int, Recipient]] = defaultdict(dict)
    for membership in memberships:
        coming = upcoming(now, membership.member.zone, team.reminder_policy)
        for _, step in takewhile(lambda found: found[0] < end, coming):
            known[step.month] = known[step.month] or recipients(reps, step.month, now)
            plan = planned.setdefault(step, Planned(step.day, step.month, meaning(step.step)))
            reason = skip(known[step.month][membership.pk])
            if reason:
                plan.skipped.append((membership.member, reason))
            else:
                plan.to.append(membership.member)
    return sorted([*planned.values(), *_digests(team, now, end)], key=lambda plan: (plan.day, plan.is_digest))


def _digests(team: Team, now: datetime, end: datetime) -> list[Planned]:
    coming = upcoming(now, ZoneInfo(team.organization.time_zone), team.digest_policy)
    return [
        Planned(step.day, step.month, meaning(0), to=managers(team), is_digest=True)
        for _, step in takewhile(lambda found: found[0] < end, coming)
    ]
