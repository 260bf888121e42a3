"""Wall screens: the code that one shows, claiming it, un-pairing, and what it tells of itself.

What waits for a manager is in the cache and gone after ten minutes: a lost cache costs a new code.
"""

import secrets
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.limits import is_within
from teams.models import Act, Display, Member
from teams.models.tokens import hashed
from teams.queries.displays.wall_states import WallState
from teams.rules.displays.pairing import LENGTH, LETTERS, LIVES, read_code
from teams.rules.errors import Refused

TRIES = 20
"""Codes, right or wrong, that a manager may type in ten minutes; a guess is right once in 25,600,000,000."""
SCREENS = 300
"""New codes that one address may ask for in ten minutes."""


def waiting_code(token: str) -> str | None:
    """The code that an unpaired screen shows until somebody claims it; None where its address asks for too many."""
    screen = hashed(token)
    code: str | None = cache.get(_of_screen(screen))
    if code and cache.get(_of_code(code)) == screen:
        return code
    if not is_within("codes", SCREENS, LIVES):
        return None
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    if not cache.add(_of_code(code), screen, LIVES):
        return None  # another screen has it: ask again
    cache.set(_of_screen(screen), code, LIVES)
    return code


@transaction.atomic
def pair(display: Display, typed: str, by: Member) -> Display:
    """Claim the screen that shows a code, for a display that is new or was there before, which keeps its settings.

    Refused, without saying why, where no screen shows that code now; and after too many tries.
    """
    screen = _claim(typed, by)
    Display.objects.filter(token_hash=screen).update(token_hash=None)
    display.token_hash, display.paired_at = screen, timezone.now()
    display.revoked_at = display.seen_at = None
    display.celebrated = []
    display.created_by = by
    display.save()
    record(Act.SCREEN_ADDED, by=by, teams=[display.team], screen=display.name)
    return display


@transaction.atomic
def unpair(display: Display) -> None:
    """From its next question on, the screen shows nothing but a code."""
    paired = Display.objects.filter(pk=display.pk, token_hash__isnull=False)
    if paired.update(token_hash=None, revoked_at=timezone.now()):
        record(Act.SCREEN_REVOKED, teams=[display.team], screen=display.name)


def revoke_displays_of(member: Member) -> None:
    """The screens that somebody paired: they may have one at home."""
    for display in Display.objects.filter(created_by=member, token_hash__isnull=False):
        unpair(display)


@transaction.atomic
def remove(display: Display) -> None:
    """Forget a place with its settings; a screen that is paired with it goes blank."""
    unpair(display)
    display.delete()


def note_celebrated(screen: WallState, key: str) -> list[str]:
    """Store that a screen has shown a celebration; the keys that it still has to show.

    A key that is not due changes nothing. Keys that are too old to come again are forgotten.
    """
    if key not in screen.due:
        return screen.due
    celebrated = [celebration for celebration in screen.celebrated if celebration in screen.celebrations] + [key]
    Display.objects.filter(pk=screen.display).update(celebrated=celebrated)
    return screen._replace(celebrated=celebrated).due


def ask_for_test(display: Display, now: datetime) -> None:
    """Have the screen celebrate at its next question, to see whether it would."""
    Display.objects.filter(pk=display.pk).update(tested_at=now)


def _claim(typed: str, by: Member) -> str:
    """The hash of the screen's token; its code is used up, by one only."""
    if not is_within("pairing", TRIES, LIVES, by):
        raise Refused(_("You have tried many codes. Wait ten minutes, then try again."))
    code = read_code(typed)
    screen: str | None = cache.get(_of_code(code)) if code else None
    if code and screen and cache.delete(_of_code(code)):
        cache.delete(_of_screen(screen))
        return screen
    raise Refused(_("No screen shows this code. Look at the screen: it may have a new one."))


def _of_code(code: str) -> str:
    return f"pairing:{code}"


def _of_screen(screen: str) -> str:
    return f"pairing-code:{screen}"
