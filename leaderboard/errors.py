"""What people get when a request fails."""

import sys
from typing import NoReturn

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, InternalError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import page_not_found
from redis import RedisError

from leaderboard.languages import speak
from leaderboard.logs import request_id

NOT_THERE = (OperationalError, InterfaceError, RedisError)
READ_ONLY = "25006"
"""PostgreSQL's code for a database that may be read and not written, such as one that is being moved."""


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, in the language of whoever is signed in: an address that leads nowhere has asked for none."""
    speak(request)
    return page_not_found(request, exception)


@login_not_required
def closed(request: HttpRequest, **parts: str) -> NoReturn:
    """404 for a page that a library brings along and this site does not have."""
    raise Http404


def broken(request: HttpRequest) -> HttpResponse:
    """503 while the database or the cache is away, else 500; a page that needs neither, with the log's reference."""
    away = _is_away(sys.exc_info()[1])
    text = render_to_string("503.html" if away else "500.html", {"reference": request_id.get()})
    return HttpResponse(text, status=503, headers={"Retry-After": "5"}) if away else HttpResponse(text, status=500)


def _is_away(error: BaseException | None) -> bool:
    read_only = isinstance(error, InternalError) and getattr(error.__cause__, "sqlstate", "") == READ_ONLY
    return read_only or isinstance(error, NOT_THERE)
