"""Changing the address that somebody signs in with: asked for with the password, done by a link to the new address.

Nothing is stored until then. The link says who asked for which address, signed, and dies with the address or the
password that they had.
"""

from datetime import timedelta
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.messages.links import end_submission_links
from teams.models import Act, Member, User
from teams.rules.errors import Refused

LIVES = timedelta(hours=24)
SALT = "teams.change of address"


class Change(NamedTuple):
    """Who wants which address."""

    user: User
    email: str


def is_taken(user: User, email: str) -> bool:
    """Whether somebody else signs in with an address, or is invited at it in the user's organization."""
    others = Member.objects.filter(organization__members__user=user).exclude(user=user)
    return User.objects.filter(email=email).exclude(pk=user.pk).exists() or others.with_address(email).exists()


def ask(user: User) -> str:
    """Note that another address is asked for; what the link to it rests on."""
    record(Act.ADDRESS_ASKED, by=user.member)
    return _state(user)


def change_token(user: User, email: str, rests_on: str) -> str:
    """The token of the link that makes an address theirs, from now on for a day."""
    return signing.dumps({"user": user.pk, "to": email, "as": rests_on}, salt=SALT)


def open_change(token: str) -> Change | None:
    """What a link asks for; None where it was never made, is over a day old, or address or password changed since."""
    try:
        change = signing.loads(token, salt=SALT, max_age=LIVES)
    except signing.BadSignature:
        return None
    user = User.objects.select_related("member__organization").filter(pk=change["user"], is_active=True).first()
    is_fresh = user is not None and constant_time_compare(change["as"], _state(user))
    return Change(user, change["to"]) if user and is_fresh else None


@transaction.atomic
def change_address(token: str) -> User:
    """Make it so: every session of the user ends, and so do the links in mails to the old address. Refused if dead."""
    change = open_change(token)
    locked = User.objects.select_for_update(of=["self"]).get(pk=change.user.pk) if change else None
    if change is None or locked is None or open_change(token) is None or is_taken(locked, change.email):
        raise Refused(_("This link does not work any more. Ask for a new one in your settings."))
    try:
        with transaction.atomic():
            User.objects.filter(pk=locked.pk).update(email=change.email, sessions_ended=F("sessions_ended") + 1)
    except IntegrityError:
        raise Refused(_("This link does not work any more. Ask for a new one in your settings.")) from None
    EmailAddress.objects.filter(user=locked).update(email=change.email, verified=True, primary=True)
    end_submission_links(change.user.member)
    record(Act.ADDRESS_CHANGED, by=change.user.member)
    locked.refresh_from_db()
    return locked


def _state(user: User) -> str:
    """What a link rests on: it changes with the address, the password, and when all sessions are ended."""
    return salted_hmac(SALT, f"{user.email} {user.password} {user.sessions_ended}").hexdigest()
