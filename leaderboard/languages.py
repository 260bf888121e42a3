"""In which language a page is: the one that somebody chose, else what the browser asks for."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

FOR_MEMBERS_TOO = {"help", "theme", "today", "start", "account_logout"}
"""Pages that strangers may open, and that know which member does."""


class ChosenLanguage:
    """A middleware after LocaleMiddleware. Pages that need no sign-in never load a session, and keep the browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, whose language is chosen once its view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any) -> None:
        """Speak the member's language on every page that knows who asks."""
        page = request.resolver_match and request.resolver_match.url_name
        if getattr(view, "login_required", True) or page in FOR_MEMBERS_TOO:
            speak(request)


def speak(request: HttpRequest) -> None:
    """From here on in the language that the member chose, if they did."""
    if request.user.is_authenticated and request.user.language:
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = request.user.language
