"""Which colours somebody chose on this device."""

from django.conf import settings
from django.http import HttpRequest

THEMES = {"light", "dark"}
COOKIE = "theme" if settings.LOCAL else "__Host-theme"


def theme_of(request: HttpRequest) -> str:
    """The chosen one; nothing for what the device has."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else ""
