"""Logins: making one, ending every session of one."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import F

from teams.actions.refusals import Refused
from teams.models import User


def make_login(email: str, password: str | None = None) -> User:
    """A user with a confirmed address; without a password they choose one by the link of a reset."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    except IntegrityError:
        raise Refused(f"{email} has a login already. Use another address.") from None
    return user


def close_login(user: User) -> None:
    """Nobody signs in as the user any more, and whoever is signed in is out at their next click."""
    User.objects.filter(pk=user.pk).update(is_active=False, sessions_ended=F("sessions_ended") + 1)


def reopen_login(user: User) -> None:
    """The user signs in with the password they had; sessions of before stay ended."""
    User.objects.filter(pk=user.pk).update(is_active=True)
