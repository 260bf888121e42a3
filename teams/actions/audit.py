"""Noting who did what: `record` is called inside the transaction of the act itself.

Who is at it, and from where, is known to the request alone: a middleware says so once, with `acting`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet, Subquery
from django.forms import ModelForm

from teams.models import Act, AuditEntry, Member, Organization, Team, User


class Origin(NamedTuple):
    """Who asks, if they are signed in, and how to find out from where; nobody for a job."""

    user: User | None = None
    find_address: Callable[[], str | None] = lambda: None


ORIGIN: ContextVar[Origin] = ContextVar("origin")


@contextmanager
def acting(origin: Origin) -> Iterator[None]:
    """Whatever is recorded within this block was done by whoever asks, from where they are."""
    token = ORIGIN.set(origin)
    try:
        yield
    finally:
        ORIGIN.reset(token)


def record(
    act: Act,
    about: Member | None = None,
    *,
    by: Member | None = None,
    teams: Iterable[Team] = (),
    organization: Organization | None = None,
    reason: str = "",
    **details: Any,
) -> None:
    """Note an act, for the managers of each of the teams; without any, of the team of whomever it is about.

    `by` where the request does not know: the person of a link, or who has just signed in.
    """
    origin = ORIGIN.get(Origin())
    actor = by or member_of(origin.user)
    whose = about or actor
    address = origin.find_address()
    places = [(team.organization_id, team.pk) for team in teams] or [_place_of(whose, organization)]
    AuditEntry.objects.bulk_create(
        AuditEntry(
            organization_id=in_organization,
            team_id=team,
            actor=actor,
            act=act,
            about=about,
            details=details,
            reason=reason[:200],
            address=address,
        )
        for in_organization, team in places
    )


@transaction.atomic
def save_and_record(form: ModelForm, act: Act, **said: Any) -> Any:
    """Save what a form changed, and note it; the object."""
    saved = form.save()
    record(act, **said)
    return saved


def member_of(user: User | None) -> Member | None:
    """Whose login it is; None for a stranger."""
    return Member.objects.filter(user=user).first() if user and user.is_authenticated else None


def _place_of(whose: Member | None, organization: Organization | None) -> tuple[int | None, Subquery | None]:
    """The ids of the organization and of the team whose managers read of it."""
    if organization or not whose:
        return organization and organization.pk, None
    return whose.organization_id, Subquery(_team_of(whose).values("pk"))


def _team_of(member: Member) -> QuerySet[Team]:
    """Where they compete, else belong, else last belonged: found as the entry is written."""
    last = F("memberships__left_on").desc(nulls_first=True)
    return Team.objects.filter(memberships__member=member).order_by(
        last, "-memberships__competing", "-memberships__pk"
    )[:1]
