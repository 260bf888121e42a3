"""Putting messages on their way. Each is one row; a sweep hands it over within five minutes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils.translation import override

from teams.models import Delivery, Kind, Member, Membership, Role, Team, Webhook
from teams.words.notices import Notice

Written = Callable[[], Notice]
"""A notice in the language that is active."""


def notify(
    team: Team,
    members: Iterable[Member],
    kind: Kind,
    subject: str,
    written: Written | None = None,
    *,
    good_until: datetime | None = None,
) -> None:
    """Mail each of the members in their language, once for all times for the same kind and subject ("challenge 7").

    Whoever has no address or does not want the topic is left out when it is handed over, and so is everybody after
    `good_until`. Kinds that are written at the last moment have no notice here.
    """
    mails = [Delivery(team=team, member=member) for member in members]
    store(messages(mails, kind, subject, written, good_until))


def notify_chats(
    team: Team, kind: Kind, subject: str, written: Written | None = None, *, good_until: datetime | None = None
) -> None:
    """Post to each chat of the team in its organization's language, once for the same kind and subject."""
    posts = [Delivery(team=team, webhook=chat) for chat in team.webhooks.active()]
    store(messages(posts, kind, subject, written, good_until))


def managers(team: Team) -> list[Member]:
    """Who manages the team now."""
    return managers_of([team])[team.pk]


def managers_of(teams: Iterable[Team]) -> Mapping[int, list[Member]]:
    """Who manages each of the teams now; one query."""
    found: dict[int, list[Member]] = defaultdict(list)
    managing = Membership.objects.active().filter(team__in={team.pk for team in teams}, role=Role.MANAGER)
    for membership in managing.select_related("member").order_by("pk"):
        found[membership.team_id].append(membership.member)
    return found


def chats_of(teams: Iterable[Team]) -> Mapping[int, list[Webhook]]:
    """The chats of each of the teams; one query."""
    found: dict[int, list[Webhook]] = defaultdict(list)
    for chat in Webhook.objects.active().filter(team__in={team.pk for team in teams}).order_by("pk"):
        found[chat.team_id].append(chat)
    return found


def homes_of(members: Iterable[Member]) -> dict[int, Team]:
    """The team in which each belongs, by member: where they compete, if anywhere; one query."""
    memberships = Membership.objects.active().filter(member__in=set(members)).select_related("team")
    return {membership.member_id: membership.team for membership in memberships.order_by("competing", "pk")}


def messages(
    deliveries: Iterable[Delivery], kind: Kind, subject: str, written: Written | None, good_until: datetime | None
) -> list[Delivery]:
    """The deliveries, each with what it is and is about, what writes what it says, and until when that is true."""
    found = list(deliveries)
    for delivery in found:
        delivery.kind, delivery.subject = kind, subject
        delivery.written, delivery.good_until = written, good_until
    return found


def store(deliveries: Iterable[Delivery]) -> None:
    """Write each in its reader's language and claim it; what was claimed before is left alone."""
    found = list(deliveries)
    prefetch_related_objects([each.member for each in found if each.member], "user", "organization")
    prefetch_related_objects([each.team for each in found], "organization")
    for delivery in found:
        if delivery.written:
            with override(delivery.language):
                delivery.notice = delivery.written().stored()
    Delivery.objects.bulk_create(found, ignore_conflicts=True)
