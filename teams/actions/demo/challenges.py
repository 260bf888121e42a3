"""The demo's challenges: one that runs in each team, last month's with its result, and a duel."""

from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from teams.actions.challenges.settling import settle
from teams.actions.demo.people import REP
from teams.models import Answer, Challenge, Entry, Member, Organization, Role, Team
from teams.rules.months import Month

# ruff: noqa: S311 - nothing that Random decides is secret

IN_SHARE = 0.7
AT_MOST = 12
"""How many of a large team are asked."""


def fill_challenges(organization: Organization, now: datetime) -> None:
    """Let each team play for something this month, with last month's result, where nothing is open."""
    today = now.astimezone(ZoneInfo(organization.time_zone)).date()
    if organization.challenges.open().filter(ends_on__gte=today).exists():
        return
    this = Month.of(today)
    for team in organization.teams.all():
        manager = Member.objects.filter(memberships__team=team, memberships__role=Role.MANAGER).earliest("pk")
        reps = list(Member.objects.competing_in(team, this).with_access(this)[:AT_MOST])
        _play(
            team,
            manager,
            reps,
            this - 1,
            now,
            title="Most improved of the month",
            kind="improved",
            winners="top",
            winner_count=3,
        )
        _play(team, manager, reps, this, now, title="Plus five by month end", kind="gain", points=5, winners="everyone")
        rep = next((each for each in reps if each.name == REP.name), None)
        if rep:
            _duel(team, rep, next(each for each in reps if each != rep), this, now)


def _play(team: Team, maker: Member, reps: list[Member], month: Month, now: datetime, **rules: object) -> None:
    """A challenge of one month, with lunch at stake, settled where its grace is over."""
    challenge = _sent(team, maker, month, now, stake="lunch at the corner", stake_kind="on_me", **rules)
    chance = Random(f"{team.slug} {month}")
    is_in = {rep: chance.random() < IN_SHARE or rep.name == REP.name for rep in reps}
    _enter(challenge, [rep for rep in reps if is_in[rep]], [rep for rep in reps if not is_in[rep]])
    settle(challenge.pk, now)


def _duel(team: Team, rep: Member, other: Member, month: Month, now: datetime) -> None:
    """Two who look at who improves most, for a coffee."""
    rules = {"kind": "improved", "is_duel": True, "winners": "top", "winner_count": 1}
    title = f"{rep} against {other}"[:80]
    duel = _sent(
        team, rep, month, now, title=title, stake="a coffee from across the street", stake_kind="loser", **rules
    )
    _enter(duel, [rep, other], [])


def _sent(team: Team, maker: Member, month: Month, now: datetime, **rules: object) -> Challenge:
    zone = ZoneInfo(team.organization.time_zone)
    challenge = Challenge.objects.create(
        organization=team.organization,
        maker=maker,
        starts_on=month.first_day,
        ends_on=month.last_day,
        sent_at=min(_morning(month.first_day, zone), now),
        **rules,
    )
    challenge.teams.add(team)
    return challenge


def _enter(challenge: Challenge, players: list[Member], others: list[Member]) -> None:
    Entry.objects.bulk_create(
        [
            Entry(challenge=challenge, member=rep, answer=Answer.ACCEPTED, answered_at=challenge.sent_at)
            for rep in players
        ]
        + [Entry(challenge=challenge, member=rep) for rep in others]
    )


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(8), zone)
