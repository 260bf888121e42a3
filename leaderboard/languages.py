"""In which language a page is: the one that somebody chose, else what the browser asks for."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

FOR_MEMBERS_TOO = {"today", "start", "account_logout"}
"""Pages that strangers may open, and that say something else to members."""


def chosen_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware after LocaleMiddleware. Pages that need no sign-in never load a session, and keep the browser's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def ask(request: HttpRequest, view: Callable[..., HttpResponse], *_: Any) -> None:
        if getattr(view, "login_required", True) or request.resolver_match.url_name in FOR_MEMBERS_TOO:
            speak(request)

    middleware.process_view = ask
    return middleware


def speak(request: HttpRequest) -> None:
    """From here on in the language that the member chose, if they did."""
    if request.user.is_authenticated and request.user.language:
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = request.user.language
