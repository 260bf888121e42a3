"""Most questions for news are answered here, before Django makes a request of them: nothing changed.

What is newest is read once a second for all who ask, so that a question costs no query. Whatever is not known to be
unchanged goes on to its view: all that is decided here is an empty answer.
"""

import re
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError
from django.http import HttpResponse
from django.http.cookie import parse_cookie
from django.middleware.security import SecurityMiddleware

from leaderboard.headers import headers
from leaderboard.logs import new_id, request_id
from leaderboard.metrics import count

BOARD, WALL = "/news/", "/display/"
VERSION = re.compile(r"(?:^|&)version=(\w+)(?:&|$)")

Environ = dict[str, Any]
Application = Callable[[Environ, Callable], Iterable[bytes]]
Newest = Callable[[str], str | None]
"""The newest version of what has a key or a token; None where it is not known to be unchanged."""


def answer_before(application: Application, newest_board: Newest, newest_wall: Newest) -> Application:
    """The same WSGI application, with this in front of it."""

    def answer(environ: Environ, start_response: Callable) -> Iterable[bytes]:
        began = time.perf_counter()
        page = unchanged(environ, newest_board, newest_wall)
        protected = page and protection(environ["wsgi.url_scheme"], environ.get("HTTP_X_FORWARDED_PROTO", ""))
        if not page or not protected:
            return application(environ, start_response)
        request_id.set(new_id())
        start_response("204 No Content", [*protected, ("X-Request-ID", request_id.get())])
        count("GET", page, 204, time.perf_counter() - began)
        return []

    return answer


def unchanged(environ: Environ, newest_board: Newest, newest_wall: Newest) -> str | None:
    """The page that asks for news, if it has what is newest."""
    path = environ["PATH_INFO"]
    if not path.startswith((BOARD, WALL)) or environ["REQUEST_METHOD"] != "GET":
        return None
    version = VERSION.search(environ["QUERY_STRING"])
    if version is None:
        return None
    try:
        if path.startswith(BOARD):
            return "news" if newest_board(path[len(BOARD) : -1]) == version[1] else None
        if path == WALL and "HTTP_HX_REQUEST" in environ:
            token = parse_cookie(environ.get("HTTP_COOKIE", "")).get(settings.DISPLAY_COOKIE_NAME, "")
            return "display" if newest_wall(token) == version[1] else None
    except DatabaseError:  # Django closes what is broken before it asks the view
        return None
    return None


@lru_cache(maxsize=8)
def protection(scheme: str, forwarded: str) -> tuple[tuple[str, str], ...]:
    """The headers that every empty answer has; none where the question has to come over TLS first."""
    environ: Environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_NAME": "-", "SERVER_PORT": "443"}
    environ |= {"wsgi.input": BytesIO(), "wsgi.url_scheme": scheme, "HTTP_HOST": settings.ALLOWED_HOSTS[0]}
    if forwarded:
        environ["HTTP_X_FORWARDED_PROTO"] = forwarded
    answer = SecurityMiddleware(headers(lambda request: HttpResponse(status=204)))(WSGIRequest(environ))
    assert isinstance(answer, HttpResponse)
    del answer.headers["Content-Type"]  # of nothing
    return tuple(answer.headers.items()) if answer.status_code == 204 else ()
