"""Putting messages into the outbox: one row each, which a sweep hands over within five minutes of its moment."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import override

from teams.models import Delivery, Member, Membership, MessageKind, Role, Team, Webhook
from teams.rules.messages.delivery import DeliveryState
from teams.rules.messages.hours import next_morning, next_working_moment
from teams.rules.messages.subjects import Subject
from teams.words.notices import Notice

Written = Callable[[], Notice]
"""A notice in the language that is active."""


def managers(team: Team) -> list[Member]:
    """Who manages the team now."""
    return managers_of([team])[team.pk]


def managers_of(teams: Iterable[Team]) -> Mapping[int, list[Member]]:
    """Who manages each of the teams now; one query."""
    managers_by_team: dict[int, list[Member]] = defaultdict(list)
    managing = Membership.objects.active().filter(team__in={team.pk for team in teams}, role=Role.MANAGER)
    for membership in managing.select_related("member__organization").order_by("pk"):
        managers_by_team[membership.team_id].append(membership.member)
    return managers_by_team


def chats_of(teams: Iterable[Team]) -> Mapping[int, list[Webhook]]:
    """The chats of each of the teams; one query."""
    chats_by_team: dict[int, list[Webhook]] = defaultdict(list)
    for chat in Webhook.objects.active().filter(team__in={team.pk for team in teams}).order_by("pk"):
        chats_by_team[chat.team_id].append(chat)
    return chats_by_team


def homes_of(members: Iterable[Member]) -> dict[int, Team]:
    """One team of each member, by id: the one in which they compete, else another; nobody without a team. One query."""
    memberships = Membership.objects.active().filter(member__in=set(members)).select_related("team")
    return {membership.member_id: membership.team for membership in memberships.order_by("competing", "pk")}


def mornings_of(team: Team, moment: datetime) -> list[datetime]:
    """When mails about what happened at a moment go out to those of a team who have an address, where each is."""
    there = Member.objects.filter(memberships__in=team.memberships.active(), user__is_active=True)
    holidays = team.organization.holidays
    return [
        next_morning(moment, member.zone, holidays) for member in there.select_related("organization").order_by("pk")
    ]


def messages(
    deliveries: Iterable[Delivery],
    kind: MessageKind,
    subject: Subject,
    written: Written | None,
    good_until: datetime | None = None,
    from_day: date = date.min,
) -> list[Delivery]:
    """The deliveries, each with what it is and is about, what writes what it says, and from when until when it goes."""
    messages_to_store = list(deliveries)
    for delivery in messages_to_store:
        delivery.kind, delivery.subject = kind, str(subject)
        delivery.written, delivery.good_until, delivery.from_day = written, good_until, from_day
    return messages_to_store


def send_in_hours(deliveries: Iterable[Delivery], now: datetime) -> None:
    """Claim what nobody has asked for: it goes out at its reader's hours, and not before its day.

    That is at the next 09:00 of a working day where the reader is; to a chat from then until 18:00, where the
    organization is.
    """
    with_readers = _with_readers(deliveries)
    for each in with_readers:
        each.due_at = _due_at(each, now, each.from_day)
    store(with_readers)


def send_after_all(dropped: QuerySet[Delivery], now: datetime) -> None:
    """What was dropped because it was not so any more goes out at its reader's next hours: it is so again."""
    related = ["member__user", "member__organization", "team__organization"]
    dropped_messages = list(dropped.filter(state=DeliveryState.DROPPED).select_related(*related))
    for each in dropped_messages:
        each.state, each.reason, each.ended_at, each.due_at = DeliveryState.WAITING, "", None, _due_at(each, now)
    Delivery.objects.bulk_update(dropped_messages, ["state", "reason", "ended_at", "due_at"])


def _due_at(delivery: Delivery, now: datetime, from_day: date = date.min) -> datetime:
    organization = delivery.team.organization
    if delivery.member:
        return next_morning(now, delivery.member.zone, organization.holidays, from_day=from_day)
    return next_working_moment(now, ZoneInfo(organization.time_zone), organization.holidays)


def store(deliveries: Iterable[Delivery]) -> None:
    """Write each in its reader's language and claim it; what was claimed before is left alone."""
    with_readers = _with_readers(deliveries)
    for delivery in with_readers:
        if delivery.written:
            with override(delivery.language):
                delivery.notice = delivery.written().stored()
    Delivery.objects.bulk_create(with_readers, ignore_conflicts=True)


def _with_readers(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """The deliveries with what is to be known of those who read them, in a few queries."""
    with_readers = list(deliveries)
    prefetch_related_objects([each.member for each in with_readers if each.member], "user", "organization")
    prefetch_related_objects([each.team for each in with_readers], "organization")
    return with_readers
