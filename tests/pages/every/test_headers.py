"""Every kind of answer has every header that protects, as production sends them."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_safe

from leaderboard.headers import CONTENT_SECURITY_POLICY
from leaderboard.urls import handler429, handler500, urlpatterns  # noqa: F401

PROTECTION = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
}
ANSWERS = {
    "page": (200, "ada", "get", "/"),
    "fragment": (200, "ada", "get", "/board/north/{month}/mine/"),
    "download": (200, "grace", "get", "/board/north/{month}/csv/"),
    "redirect": (302, None, "get", "/"),
    "sign-in": (200, None, "get", "/accounts/login/"),
    "not found": (404, "ada", "get", "/no-such-page/"),
    "not theirs": (404, "ada", "get", "/team/north/"),
    "no form token": (403, "ada", "post", "/me/wall/"),
    "wrong method": (405, "ada", "get", "/me/wall/"),
    "trace": (405, "ada", "trace", "/"),
    "broken": (500, "ada", "get", "/broken/"),
    "static file": (200, None, "get", "{static}"),
    "news": (204, None, "get", "{news}"),
    "wall": (200, None, "get", "/display/"),
    "health": (200, None, "get", "/healthz"),
}


@require_safe
def broken(request):
    raise ZeroDivisionError


urlpatterns = [path("broken/", broken), *urlpatterns]


@pytest.fixture
def ask(world, static_files, settings):
    """What a browser over TLS is answered, from one who may be signed in."""
    settings.ROOT_URLCONF = __name__
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True

    browser = Client()
    browser.force_login(world.ada.user)
    page = browser.get("/board/north/").content.decode()
    news = re.search(r'hx-get="(/news/[^"]+)"', page)[1]
    news += "?version=" + re.search(r'name="version" value="([^"]+)"', page)[1]

    def ask(who, method, address):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        if who:
            client.force_login(world.people[who].user)
        values = {"month": world.month, "static": staticfiles_storage.url("built/base.css"), "news": news}
        return getattr(client, method)(address.format(**values), secure=True)

    return ask


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_kind_of_answer_is_protected(ask, kind):
    status, who, method, address = ANSWERS[kind]

    answer = ask(who, method, address)
    if answer.streaming:
        assert answer.getvalue()

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in PROTECTION} == PROTECTION
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_policy_allows_nothing_but_the_sites_own():
    allowed = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))

    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert {rule: allowed[rule] for rule in ("default-src", "base-uri", "frame-ancestors")} == dict.fromkeys(
        ("default-src", "base-uri", "frame-ancestors"), "'none'"
    )
    assert set(allowed.values()) == {"'none'", "'self'", "'self' data:"}
