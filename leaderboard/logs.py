"""What the site logs: a line for each request and each job, one id through both, and of people nothing but ids."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

lines = logging.getLogger("leaderboard.lines")
request_id: ContextVar[str] = ContextVar("request_id", default="-")


TOKENS = re.compile(r"/(display|submit/link|unsubscribe|invitation|news|password/reset/key)/[^/?#\s\"']+")
"""Addresses that end with a secret."""


def without_tokens(text: str) -> str:
    """The text with the secret taken out of each address that has one."""
    return TOKENS.sub(r"/\1/…", text)


def without_secrets(record: logging.LogRecord) -> bool:
    """A filter that lets everything through, without the secrets of addresses, which Django names when it warns."""
    record.msg, record.args = without_tokens(record.getMessage()), ()
    return True


def event_without_secrets(event: dict, hint: dict) -> dict:
    """What Sentry is sent of a fault: no address with a secret, and nothing of the row that PostgreSQL refused."""
    request, faults = event.get("request", {}), event.get("exception", {}).get("values", [])
    for fault in faults:
        fault["value"] = (fault.get("value") or "").partition("\nDETAIL:")[0]
    return event | {"request": request | {"url": without_tokens(request.get("url", ""))}} if request else event


def new_id() -> str:
    """An id that no other request has: 16 letters and digits."""
    return secrets.token_hex(8)


def with_request_id(record: logging.LogRecord) -> bool:
    """A filter that lets everything through, with the id of the request that it belongs to."""
    record.request_id = request_id.get()
    return True


def numbered(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: an id for each request, which its answer names too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request_id.set(new_id())
        response = get_response(request)
        response.headers["X-Request-ID"] = request_id.get()
        return response

    return middleware
