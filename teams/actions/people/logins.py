"""Logins: making one, ending every session of one."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.models import Act, Member, User
from teams.rules.errors import Refused


def make_login(email: str, password: str | None = None) -> User:
    """A user with a confirmed address; without a password they choose one by the link of a reset."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    except IntegrityError:
        raise Refused(_("%(email)s has a login already. Use another address.") % {"email": email}) from None
    return user


def close_login(user: User) -> None:
    """Nobody signs in as the user any more, and whoever is signed in is out at their next click."""
    User.objects.filter(pk=user.pk).update(is_active=False, sessions_ended=F("sessions_ended") + 1)


def reopen_login(user: User) -> None:
    """The user signs in with the password they had; sessions of before stay ended."""
    User.objects.filter(pk=user.pk).update(is_active=True)


@transaction.atomic
def forget_second_factor(member: Member) -> None:
    """The password alone signs the member in, until they set another factor up; whoever is signed in as them is out."""
    Authenticator.objects.filter(user=member.user_id).delete()
    User.objects.filter(member=member).update(sessions_ended=F("sessions_ended") + 1)
    record(Act.FACTOR_FORGOTTEN, member)


def forget_sessions(now: datetime) -> None:
    """Away with the sessions that have ended, and with the notes of where they were."""
    Session.objects.filter(expire_date__lt=now).delete()
    kept = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(kept)).delete()
