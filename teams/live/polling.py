"""How often an open page or screen asks whether there is news, and which release of the site answers."""

from secrets import randbelow

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

NEWS_EVERY = 2_700
JITTER = 300
"""Milliseconds between questions: never more than three seconds, and not all at once."""


def news_every() -> str:
    """The milliseconds that a page waits between its questions."""
    return str(NEWS_EVERY + randbelow(JITTER))


def release() -> str:
    """What a new release changes: the version, and what the static files are."""
    return f"{settings.VERSION}-{getattr(staticfiles_storage, 'manifest_hash', '')}"
