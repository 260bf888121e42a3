"""Answers to requests that no operation took: problems as well, whoever refused them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from teams.api.problems import PROBLEM, Problem, not_there

ADDRESSES = "/api/v1/"


def problems(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: below the API's address a page that says what is wrong becomes a problem that says it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_page = response.status_code >= 400 and response.get("Content-Type") != PROBLEM
        if is_page and request.path_info.startswith(ADDRESSES):
            _say(request, response)
        return response

    return middleware


def _say(request: HttpRequest, response: HttpResponse) -> None:
    """Put the problem in the place of the page; the headers that say more, such as Allow, stay."""
    with translation.override(translation.get_language_from_request(request)):
        answer = _problem(request, response.status_code).response()
    del response.headers["Content-Encoding"]
    response.headers["Content-Type"] = PROBLEM
    response.content = answer.content
    response.headers["Content-Length"] = str(len(answer.content))


def _problem(request: HttpRequest, status: int) -> Problem:
    if status == 404:
        return not_there()
    if status == 405:
        return Problem(405, "method", _("This address does not take %(method)s.") % {"method": request.method})
    if status >= 500:
        return Problem(status, "broken", _("Something broke here. Try again later."))
    return Problem(status, "unreadable", _("The request cannot be read."))
