"""Wall screens: making one, and revoking it."""

import secrets
from typing import NamedTuple

from django.utils import timezone

from teams.models import Display, Member, Team
from teams.models.displays import hashed


class MadeDisplay(NamedTuple):
    """A new display and its token, which is nowhere stored and cannot be shown again."""

    display: Display
    token: str


def make_display(team: Team, name: str, by: Member) -> MadeDisplay:
    """A display of a team's board, with a random token of 256 bits."""
    token = secrets.token_urlsafe(32)
    display = Display.objects.create(team=team, name=name, token_hash=hashed(token), created_by=by)
    return MadeDisplay(display, token)


def revoke_display(display: Display) -> None:
    """From its next question on, the screen is blank."""
    Display.objects.filter(pk=display.pk, revoked_at=None).update(revoked_at=timezone.now())
