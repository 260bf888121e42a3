"""How sign-in behaves: what django-allauth asks us to decide."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import get_reset_password_from_key_url
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.http import HttpRequest

from teams.actions.audit import record
from teams.models import Act, Member, User


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people are added by their organization."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in under a new session id, also where the same person was signed in before."""
        super().login(request, user)
        request.session.cycle_key()
        record(Act.SIGNED_IN, by=member_of(user))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note it, also for an address that nobody has, so that how long it takes tells nothing."""
        user = User.objects.filter(email=str(credentials.get("email", "")).lower()).first()
        member = member_of(user)
        record(Act.SIGN_IN_FAILED if member else Act.SIGN_IN_UNKNOWN, member)

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """Choose a password, when it is changed and by the link of a reset."""
        super().set_password(user, password)
        record(Act.PASSWORD_CHOSEN, by=member_of(user))

    def get_user_search_fields(self) -> list[str]:
        return ["email"]

    def populate_username(self, request: HttpRequest, user: User, **_: Any) -> None:
        """There are no user names: the e-mail address is the name."""


def member_of(user: User | None) -> Member | None:
    """Whose login it is."""
    return Member.objects.filter(user=user, user__isnull=False).first()


def password_link(request: HttpRequest, user: User) -> str:
    """The absolute address where a user chooses a password; good once and for as long as a reset is."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return get_reset_password_from_key_url(request, key)
