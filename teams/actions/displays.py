"""Wall screens: making one, and revoking it."""

import secrets
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from teams.actions.audit import record
from teams.models import Act, Display, Member, Team
from teams.models.displays import hashed


class MadeDisplay(NamedTuple):
    """A new display and its token, which is nowhere stored and cannot be shown again."""

    display: Display
    token: str


@transaction.atomic
def make_display(team: Team, name: str, by: Member) -> MadeDisplay:
    """A display of a team's board, with a random token of 256 bits."""
    token = secrets.token_urlsafe(32)
    display = Display.objects.create(team=team, name=name, token_hash=hashed(token), created_by=by)
    record(Act.SCREEN_ADDED, by=by, teams=[team], screen=name)
    return MadeDisplay(display, token)


@transaction.atomic
def revoke_display(display: Display) -> None:
    """From its next question on, the screen is blank."""
    if Display.objects.filter(pk=display.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(Act.SCREEN_REVOKED, teams=[display.team], screen=display.name)


def revoke_displays_of(member: Member) -> None:
    """The screens that somebody set up: they know their addresses, or may have one at home."""
    for display in Display.objects.filter(created_by=member, revoked_at=None):
        revoke_display(display)
