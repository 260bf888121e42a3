"""Signing in with an account elsewhere (OpenID Connect): only members whom we know, by an address that was checked."""

from allauth.account.internal.userkit import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import redirect

from teams.models import User

CHECKED = (True, "true")
"""How a provider says that an address is its user's; some write it as a text."""


class SingleSignOn(DefaultSocialAccountAdapter):
    """Nothing of the other account is stored: each sign-in goes by the address that the provider vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The user with a checked address and the address; None where there is none."""
        for address in sociallogin.email_addresses:
            users = filter_users_by_email(address.email, prefer_verified=True, for_login=True)
            if address.verified in CHECKED and users:
                return users[0], address.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Signs in and nothing else: accounts are not tied together."""
        if sociallogin.state.get("process", "login") != "login":
            raise ImmediateHttpResponse(redirect("today"))
