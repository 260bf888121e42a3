"""Noting who did what: `record` is called inside the transaction of the act itself.

Who is at it, and from where, is known to the request alone: a middleware says so once, with `acting`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.forms import ModelForm
from django.utils import timezone

from teams.models import Act, Member, Organization, Team, User
from teams.queries.prepared_sql import as_json, rows

NOTE = """
INSERT INTO teams_auditentry (organization_id, team_id, actor_id, act, about_id, details, reason, at, address)
SELECT entry.organization_id, coalesce(
           entry.team_id,
           CASE WHEN entry.details ? 'month'
                THEN teams_team_of(entry.whose, to_date(entry.details ->> 'month', 'YYYY-MM')) END,
           (SELECT membership.team_id FROM teams_membership AS membership
            WHERE membership.member_id = entry.whose
            ORDER BY membership.left_on DESC NULLS FIRST, membership.competing DESC, membership.id DESC
            LIMIT 1)
       ),
       entry.actor_id, entry.act, entry.about_id, entry.details, entry.reason, entry.at, entry.address
FROM jsonb_to_recordset(%(entries)s::jsonb) AS entry (
    organization_id bigint, team_id bigint, whose bigint, actor_id bigint, act text, about_id bigint,
    details jsonb, reason text, at timestamptz, address inet
)
"""
"""Without a team it is for the managers of the team in which `whose` was in the month that the act is about; without a
month, of that in which they compete, else belong, else last belonged."""


class Origin(NamedTuple):
    """Who asks, if they are signed in, and how to find out from where; nobody for a job."""

    user: User | AnonymousUser | None = None
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


def act_as(user: User) -> None:
    """For the rest of the request it is this user who is at it: their token was sent."""
    ORIGIN.set(ORIGIN.get(Origin())._replace(user=user))


def address() -> str | None:
    """From where whoever is at it asks; None for a job."""
    return ORIGIN.get(Origin()).find_address()


def record(act: Act, about: Member | None = None, **said: Any) -> None:
    """Note an act, with what `entries` takes."""
    record_all(entries(act, about, **said))


def record_all(noted: list[dict[str, Any]]) -> None:
    """Note acts as `entries` has them, by one statement."""
    rows(NOTE, entries=as_json(noted))


def entries(
    act: Act,
    about: Member | None = None,
    *,
    by: Member | None = None,
    teams: Iterable[Team] = (),
    organization: Organization | None = None,
    reason: str = "",
    **details: Any,
) -> list[dict[str, Any]]:
    """An act as the database notes it, for the managers of each of the teams; without any, of that of whom it is about.

    `by` where the request does not know: the person of a link, or who has just signed in.
    """
    origin = ORIGIN.get(Origin())
    actor = by or member_of(origin.user)
    whose = about or actor
    entry = {
        "actor_id": actor and actor.pk,
        "act": act.value,
        "about_id": about and about.pk,
        "details": details,
        "reason": reason[:200],
        "at": timezone.now(),
        "address": origin.find_address(),
    }
    if places := [{"organization_id": team.organization_id, "team_id": team.pk} for team in teams]:
        return [entry | place for place in places]
    if organization or not whose:
        return [entry | {"organization_id": organization and organization.pk}]
    return [entry | {"organization_id": whose.organization_id, "whose": whose.pk}]


@transaction.atomic
def save_and_record(form: "ModelForm[Any]", act: Act, **said: Any) -> Any:
    """Save what a form changed, and note it; the object."""
    saved = form.save()
    record(act, **said)
    return saved


def member_of(user: User | AnonymousUser | None) -> Member | None:
    """Whose login it is; None for a stranger."""
    return Member.objects.filter(user=user).first() if user and user.is_authenticated else None
