"""What is wrong with a request, as RFC 9457 has it, in the language that was asked for."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from teams.rules.errors import Refused

PROBLEM = "application/problem+json"


class Problem(Exception):
    """An answer that is no success: a code that docs and programs know, and a sentence for people."""

    def __init__(self, status: int, code: str, detail: str, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.headers, self.more = headers or {}, more

    def response(self) -> HttpResponse:
        """The answer: `type` leads to the paragraph about the code."""
        body = {
            "type": f"{settings.SITE_URL}/api/#{self.code}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        return JsonResponse(body | self.more, status=self.status, content_type=PROBLEM, headers=self.headers)


def invalid(errors: dict[str, list[str]]) -> Problem:
    """What was sent cannot be taken: sentences by the field that they are about, "" for all of it."""
    return Problem(422, "invalid", _("Something in what was sent cannot be taken."), errors=errors)


def cleaned(form: forms.Form) -> dict[str, Any]:
    """What a form makes of it; Problem with the form's own sentences where it refuses."""
    if form.is_valid():
        return form.cleaned_data
    raise invalid({"" if name == "__all__" else name: list(map(str, each)) for name, each in form.errors.items()})


def say_problems(api: NinjaAPI) -> None:
    """Let the API answer with problems, whatever is raised."""
    api.add_exception_handler(Problem, _as_it_is)
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(Http404, lambda *_: not_there().response())
    api.add_exception_handler(AuthenticationError, lambda *_: no_token().response())
    api.add_exception_handler(RequestDataTooBig, lambda *_: _too_large().response())
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _other)


def not_there() -> Problem:
    """For what does not exist, or not for whoever asks."""
    return Problem(404, "missing", _("There is nothing here that you may see."))


def no_token() -> Problem:
    """For whoever has no token that opens anything."""
    detail = _("Send a token that has neither ended nor expired: Authorization: Bearer …")
    return Problem(401, "token", detail, {"WWW-Authenticate": 'Bearer realm="Leaderboard"'})


def _too_large() -> Problem:
    """For more than the site takes at once."""
    return Problem(413, "too-large", _("What was sent is too large: send it in parts."))


def _as_it_is(request: HttpRequest, problem: Any) -> HttpResponse:
    response: HttpResponse = problem.response()
    return response


def _refused(request: HttpRequest, why: Any) -> HttpResponse:
    return Problem(422, "refused", str(why)).response()


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """Of what does not fit the description: where it stands, in our words instead of the checker's."""
    errors: dict[str, list[str]] = {}
    for each in error.errors:
        place = ".".join(str(part) for part in each["loc"][1:] if part != "body")
        missing = each["type"] == "missing"
        sentence = _("This is missing.") if missing else _("This is not what belongs here: see the description.")
        errors.setdefault(place, []).append(sentence)
    return invalid(errors).response()


def _other(request: HttpRequest, error: Any) -> HttpResponse:
    """Of what is not even JSON."""
    return Problem(error.status_code, "unreadable", _("What was sent cannot be read as JSON.")).response()
