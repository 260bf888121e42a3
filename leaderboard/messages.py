"""What the next page says once, as "Stored: 61.": in a signed cookie, so that it costs no write of a session."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class Cookie(CookieStorage):
    """Django's own, by the name that keeps other sites of the domain from writing it."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


class Storage(FallbackStorage):
    """What has no room in a cookie, such as the names of many, waits in the session."""

    storage_classes = (Cookie, SessionStorage)
