"""Which release of the site answers."""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage


def release() -> str:
    """What a new release changes: the version, and what the static files are."""
    return f"{settings.VERSION}-{getattr(staticfiles_storage, 'manifest_hash', '')}"
