"""What the site logs: a line for each request and each job, one id through both, and of people nothing but ids."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING

from pythonjsonlogger.json import JsonFormatter

from leaderboard.faults import chain, fault, named, shortened, words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from sentry_sdk.types import Event, Hint

lines = logging.getLogger("leaderboard.lines")
request_id: ContextVar[str] = ContextVar("request_id", default="-")


ADDRESSES = re.compile(r"(https?://[^/\s\"']+)/[^\s\"']*")
_OF_MAIL = r"[^\s<>()\[\]{}'\"=,;:/]"
MAIL = re.compile(rf"(?<!{_OF_MAIL}){_OF_MAIL}[^@\s<>()\[\]{{}}'\"=,;:/]*+@{_OF_MAIL}++")
"""Looked for once in each run of such characters: from each of them again would take the square of its length."""
TOKENS = re.compile(
    r"/(display|share|slack/link|calendar|submit/link|unsubscribe|invitation|address|news|password/reset/key)/[^/?#\s\"']+"
)
"""Addresses that end with a secret."""
LONGEST = 500
"""Characters of a message: whatever a stranger sends, no more of it is looked through, and no more stands in a line."""
OWN = set(vars(logging.makeLogRecord({}))) | {"request_id"}
"""What each record has; whatever else a library adds to one stays out."""


class Line(logging.Formatter):
    """A record as people read it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without what tells of people."""
        return super().format(harmless(record))

    def formatException(self, exc_info: tuple) -> str:
        """What went wrong, without addresses."""
        return without_addresses(fault(exc_info[1]))


class Json(JsonFormatter):
    """A record as machines read it, in one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without what tells of people."""
        return super().format(harmless(record))

    def formatException(self, exc_info: tuple) -> str:
        """What went wrong, without addresses."""
        return without_addresses(fault(exc_info[1]))


def harmless(record: logging.LogRecord) -> logging.LogRecord:
    """A copy that says the same of the site, and nothing of people: pages and jobs by name, faults by what they are."""
    kept = {name: value for name, value in vars(record).items() if name in OWN}
    if record.name == "celery.app.trace":
        job = vars(record)["data"]
        kept |= {"msg": "job %s %s", "args": (job["name"], job["description"])}
    if isinstance(record.args, tuple) and record.name != "celery.app.trace":
        kept["args"] = tuple(_harmless(arg, getattr(record, "request", None)) for arg in record.args)
    copy = logging.makeLogRecord(kept)
    message = shortened(copy.getMessage(), LONGEST)
    copy.msg = without_addresses("".join(letter if letter.isprintable() else " " for letter in message))
    copy.args, copy.exc_text = (), None
    return copy


def _harmless(arg: object, request: HttpRequest | None) -> object:
    """What stands in a message: an error by its name, and the page that was asked for by its own."""
    if isinstance(arg, BaseException):
        return named(arg)
    if request and arg == request.path.encode("unicode_escape").decode():  # as Django writes it
        return page(request)
    return arg


def page(request: HttpRequest) -> str:
    """The name of the page that was asked for; its address may be a secret."""
    return request.resolver_match.view_name if request.resolver_match else "-"


def without_addresses(text: str) -> str:
    """The text without the secrets of addresses, and without mail addresses and those of pages elsewhere."""
    return MAIL.sub("…@…", TOKENS.sub(r"/\1/…", ADDRESSES.sub(r"\1/…", text)))


def event_without_secrets(event: Event, hint: Hint) -> Event:
    """What Sentry is sent of a fault: no address and nothing that was asked, and of an error what may be told."""
    told = {type(error).__name__: words(error) for error in chain(hint.get("exc_info", (None, None))[1])}
    for each in event.get("exception", {}).get("values", []):
        each["value"] = without_addresses(told.get(each["type"], ""))
    if "request" in event:
        event["request"] = {"method": event["request"].get("method", "")}
    return event


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
