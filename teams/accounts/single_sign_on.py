"""Signing in with an account elsewhere (OpenID Connect): only members whom we know, by an address that was checked."""

from threading import BoundedSemaphore
from typing import Any

import requests
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from teams.models import User
from teams.network.deadline import SECONDS, TooLong, note_connection, within_deadline

CHECKED = (True, "true")
"""How a provider says that an address is its user's; some write it as a text."""


AT_ONCE = 3
"""How many threads of a process may wait for providers; the others have pages to answer."""
_waiting = BoundedSemaphore(AT_ONCE)


class _Known(HTTPConnection):
    def connect(self) -> None:
        note_connection(lambda: self.sock)
        super().connect()


class _KnownOverTls(HTTPSConnection):
    def connect(self) -> None:
        note_connection(lambda: self.sock)
        super().connect()


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Known


class _PoolOverTls(HTTPSConnectionPool):
    ConnectionCls = _KnownOverTls


class ProviderIsAway(OAuth2Error, requests.RequestException):
    """A provider did not answer; whichever of the two a page of allauth looks for."""


class Session(requests.Session):
    """Asks a provider within the deadline; ProviderIsAway where it does not answer in time or enough wait for it."""

    def __init__(self) -> None:
        super().__init__()
        for adapter in self.adapters.values():
            if isinstance(adapter, HTTPAdapter):
                adapter.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _PoolOverTls}

    def request(self, *asked: Any, **options: Any) -> requests.Response:
        """The answer with its whole body."""
        if not _waiting.acquire(blocking=False):
            raise ProviderIsAway("others wait for a provider already")
        try:
            answer = within_deadline(lambda: super(Session, self).request(*asked, **options | {"timeout": SECONDS}))
        except (TooLong, requests.RequestException) as silent:
            raise ProviderIsAway(str(silent)) from silent
        finally:
            _waiting.release()
        if answer.status_code >= 500:
            raise ProviderIsAway(f"the provider answered {answer.status_code}")
        return answer


@login_not_required
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the provider; a page that says so where that does not answer."""
    try:
        return login(request, provider_id)
    except ProviderIsAway:
        return render(request, "socialaccount/authentication_error.html")


class SingleSignOn(DefaultSocialAccountAdapter):
    """Nothing of the other account is stored: each sign-in goes by the address that the provider vouches for."""

    def get_requests_session(self) -> Session:
        """One that asks within the deadline."""
        return Session()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """False: a provider signs in whom we know."""
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
