"""Putting messages on their way. Each is one row; a sweep hands it over within five minutes."""

from collections.abc import Iterable
from datetime import datetime

from teams.models import Delivery, Kind, Member, Team
from teams.rules.notices import Notice


def notify(
    team: Team,
    members: Iterable[Member],
    kind: Kind,
    subject: str,
    notice: Notice | None = None,
    *,
    good_until: datetime | None = None,
) -> None:
    """Mail each of the members, once for all times for the same kind and subject ("challenge 7").

    Whoever has no address or does not want the topic is left out when it is handed over, and so is everybody after
    `good_until`. Kinds that are written at the last moment have no notice here.
    """
    _store([Delivery(team=team, member=member) for member in members], kind, subject, notice, good_until)


def notify_chats(
    team: Team, kind: Kind, subject: str, notice: Notice | None = None, *, good_until: datetime | None = None
) -> None:
    """Post to each chat of the team, once for all times for the same kind and subject."""
    chats = team.webhooks.active()
    _store([Delivery(team=team, webhook=chat) for chat in chats], kind, subject, notice, good_until)


def managers(team: Team) -> list[Member]:
    """Who manages the team now."""
    memberships = team.memberships.active().filter(role="manager").select_related("member")
    return [membership.member for membership in memberships]


def _store(
    deliveries: list[Delivery], kind: Kind, subject: str, notice: Notice | None, good_until: datetime | None
) -> None:
    for delivery in deliveries:
        delivery.kind, delivery.subject = kind, subject
        delivery.notice, delivery.good_until = notice and notice.stored(), good_until
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
