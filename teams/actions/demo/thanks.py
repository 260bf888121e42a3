"""The demo's thanks: one a month in each team, on its board."""

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from teams.models import Member, Organization, Team, Thanks
from teams.rules.months import Month

# ruff: noqa: S311 - nothing that Random decides is secret

FOR = [
    "You introduced me to the buyer at the ferry line. We meet on Thursday.",
    "Your comments on my first post brought it to people I never met.",
    "An hour of your evening, and my profile reads like a person.",
    "You told me who really decides there. That saved a quarter.",
]
SAID_AFTER, READ_AFTER = timedelta(days=9, hours=11), timedelta(days=9, hours=13)


def fill_thanks(organization: Organization, now: datetime) -> None:
    """The thanks of this month and the last, as far as their days have come; what is there stays."""
    zone = ZoneInfo(organization.time_zone)
    this_month = Month.of(now.astimezone(zone))
    for team in organization.teams.all():
        for month in (this_month - 1, this_month):
            start = datetime.combine(month.first_day, time(), zone)
            if start + READ_AFTER <= now:
                _say(team, month, start)


def _say(team: Team, month: Month, start: datetime) -> None:
    reps = list(Member.objects.competing_in(team, month).order_by("pk"))
    if len(reps) < 2:
        return
    chosen = Random(f"{team.name} {month}")
    giver, receiver = chosen.sample(reps, 2)
    values = {"giver": giver, "receiver": receiver, "text": chosen.choice(FOR), "agreed_at": start + READ_AFTER}
    Thanks.objects.get_or_create(team=team, given_at=start + SAID_AFTER, defaults=values)
