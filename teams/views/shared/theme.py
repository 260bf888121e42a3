"""Which colours somebody chose on this device."""

from django.conf import settings
from django.http import HttpRequest

THEMES = {"light", "dark"}


def theme_of(request: HttpRequest) -> str:
    """The chosen one; nothing for what the device has."""
    chosen = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    return chosen if chosen in THEMES else ""
