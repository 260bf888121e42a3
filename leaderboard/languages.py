"""In which language a page is: the one that somebody chose, else what the browser asks for."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation


def chosen_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware after LocaleMiddleware. Pages that need no sign-in never load a session, and keep the browser's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def speak(request: HttpRequest, view: Callable[..., HttpResponse], *_: Any) -> None:
        if getattr(view, "login_required", True) and request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language

    middleware.process_view = speak
    return middleware
