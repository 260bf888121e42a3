"""How sign-in behaves: what django-allauth asks us to decide."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import get_reset_password_from_key_url
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest

from teams.models import User


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people are added by their organization."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in under a new session id, also where the same person was signed in before."""
        super().login(request, user)
        request.session.cycle_key()

    def get_user_search_fields(self) -> list[str]:
        return ["email"]

    def populate_username(self, request: HttpRequest, user: User, **_: Any) -> None:
        """There are no user names: the e-mail address is the name."""


def password_link(request: HttpRequest, user: User) -> str:
    """The absolute address where a user chooses a password; good once and for as long as a reset is."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return get_reset_password_from_key_url(request, key)
