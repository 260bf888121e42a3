"""Telling the week of a team: to its managers who want that, and to its chats that were asked to."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from teams.actions.audit import record
from teams.actions.messages.addresses import site_url
from teams.actions.messages.outbox import managers, messages, store
from teams.models import Act, Challenge, Delivery, Member, Membership, MessageKind, Role, Team, Webhook
from teams.queries.today.figures import TeamMonth, today_figures
from teams.queries.today.waiting import waiting_for
from teams.rules.messages.delivery import Reason
from teams.rules.messages.hours import next_working_moment
from teams.rules.messages.subjects import Subject
from teams.rules.messages.weekly import due_week, told_until, week_name
from teams.rules.months import Month
from teams.rules.waiting import WaitingKind
from teams.words import notices
from teams.words.notices import Notice

RUNNING = 3
"""How many challenges are named, those that end first."""
ORGANIZATION = ["team__organization", "team__organization__time_zone", "team__organization__holidays"]
Place = tuple[int, str, list[date], str]
"""An organization with its zone and its holidays, and the own zone of some of its people; empty: the organization's."""


@transaction.atomic
def tell_the_week(now: datetime) -> None:
    """Claim the weeks that are due: each in its reader's morning, once, however often this runs."""
    store([*_to_managers(now), *_to_chats(now)])


@transaction.atomic
def set_chat_weekly(chat: Webhook, *, wanted: bool) -> None:
    """Whether the week is posted there."""
    Webhook.objects.filter(pk=chat.pk, removed_at=None).update(posts_weekly=wanted)
    record(Act.REMINDERS_CHANGED, teams=[chat.team])


def weekly_of(delivery: Delivery, now: datetime) -> Notice | Reason:
    """How the team stands at this moment, with what is for its managers only; or why they are not told."""
    team, member = delivery.team, delivery.member
    if member and member not in managers(team):
        return Reason.NOT_MANAGER
    organization = team.organization
    this_month = Month.of(organization.local(now).date())
    figures = today_figures(organization, member, this_month=this_month, teams=[team], managed=[team])
    sees_gains = team.ranks_shown_to == "all"
    moved = [row for row in figures.movers if member or (sees_gains and row.change.points > 0)]
    return notices.weekly(
        team.name,
        [_so_far(each) for each in figures.months],
        [(row.member.name, row.change.points) for row in moved],
        _running(team, organization.local(now).date()),
        site_url("today") if member else site_url("board", team.slug),
        to_confirm=_to_confirm(member, team, now),
        to_chat=member is None,
    )


def _to_managers(now: datetime) -> Iterator[Delivery]:
    """Each team's week to each of its managers who wants it and was not told, where it is their morning."""
    reps = Membership.objects.active().filter(team=OuterRef("team"), competing=True)
    managing = Membership.objects.active().filter(
        Exists(reps), role=Role.MANAGER, member__wants_weekly=True, team__organization__is_demo=False
    )
    due = _due_weeks(managing.order_by().values_list(*ORGANIZATION, "member__time_zone").distinct(), now)
    for monday in set(due.values()):
        told = _told(monday, member=OuterRef("member"))
        waiting = managing.filter(~Exists(told), team__organization__in=[pk for pk, _ in due])
        for each in waiting.select_related("member__organization", "team__organization").order_by("pk"):
            if due.get((each.team.organization_id, each.member.time_zone)) == monday:
                yield from _message(Delivery(team=each.team, member=each.member, due_at=now), monday, each.member.zone)


def _to_chats(now: datetime) -> Iterator[Delivery]:
    """The same to each chat that was asked for it, in the company's working hours."""
    chats = Webhook.objects.active().filter(posts_weekly=True, team__organization__is_demo=False)
    due = _due_weeks(((*place, "") for place in chats.order_by().values_list(*ORGANIZATION).distinct()), now)
    for monday in set(due.values()):
        waiting = chats.filter(~Exists(_told(monday, webhook=OuterRef("pk"))))
        waiting = waiting.filter(team__organization__in=[pk for (pk, _), week in due.items() if week == monday])
        for chat in waiting.select_related("team__organization").order_by("pk"):
            organization = chat.team.organization
            zone = ZoneInfo(organization.time_zone)
            due_at = next_working_moment(now, zone, organization.holidays)
            yield from _message(Delivery(team=chat.team, webhook=chat, due_at=due_at), monday, zone)


def _due_weeks(places: Iterable[Place], now: datetime) -> dict[tuple[int, str], date]:
    """The Monday of the week that is due, by organization and its people's own zone; without those where none is."""
    weeks = {
        (organization, own_zone): due_week(now, ZoneInfo(own_zone or zone), holidays)
        for organization, zone, holidays, own_zone in places
    }
    return {place: monday for place, monday in weeks.items() if monday}


def _told(monday: date, **reader: OuterRef) -> QuerySet[Delivery]:
    """What a reader was told of a team's week."""
    subject = Concat(Value(f"{Subject(week=week_name(monday))} "), Cast(OuterRef("team"), CharField()))
    return Delivery.objects.filter(kind=MessageKind.WEEKLY, subject=subject, **reader)


def _message(delivery: Delivery, monday: date, zone: tzinfo) -> list[Delivery]:
    """The message of a week, which is true until the days are over on which it is told."""
    subject = Subject(week=week_name(monday), step=str(delivery.team_id))
    until = told_until(monday, zone, delivery.team.organization.holidays)
    return messages([delivery], MessageKind.WEEKLY, subject, None, until)


def _so_far(each: TeamMonth) -> notices.MonthSoFar:
    return notices.MonthSoFar(
        each.month, each.submitted, each.expected, [str(person) for person in each.named], each.others
    )


def _to_confirm(member: Member | None, team: Team, now: datetime) -> int:
    """How many readings of the team wait for a manager's word."""
    waiting = waiting_for(member.user_id, now) if member and member.user_id else []
    return sum(each.count for each in waiting if each.kind == WaitingKind.CONFIRM and each.slug == team.slug)


def _running(team: Team, today: date) -> list[tuple[str, date]]:
    """The challenges that the team plays, with their last days."""
    running = Challenge.objects.open().of_teams([team]).filter(is_duel=False, starts_on__lte=today, ends_on__gte=today)
    return [(each.title, each.ends_on) for each in running.order_by("ends_on", "pk")[:RUNNING]]
