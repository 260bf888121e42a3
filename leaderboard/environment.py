"""The environment as the settings read it: secrets that stand in files, and addresses whose other side is checked."""

from collections.abc import MutableMapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured

SECRETS = [
    "SECRET_KEY",
    "DATABASE_URL",
    "DATABASE_DIRECT_URL",
    "CELERY_BROKER_URL",
    "CACHE_URL",
    "EMAIL_URL",
    "METRICS_TOKEN",
    "SENTRY_DSN",
    "GOOGLE_CLIENT_SECRET",
    "MICROSOFT_CLIENT_SECRET",
    "LINKEDIN_CLIENT_SECRET",
    "OIDC_CLIENT_SECRET",
    "OFFSITE_SECRET_ACCESS_KEY",
    "OFFSITE_KEY",
]
"""What may stand in a file that only its process can read: `SECRET_KEY_FILE` names the one of SECRET_KEY."""


def read_secrets(environ: MutableMapping[str, str]) -> None:
    """Put what stands in the files of `…_FILE` into the environment, without the line's end.

    ImproperlyConfigured where a secret is given twice, or its file cannot be read.
    """
    for name in SECRETS:
        if not (file := environ.get(f"{name}_FILE")):
            continue
        if environ.get(name):
            raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: leave one out.")
        try:
            environ[name] = Path(file).read_text().rstrip("\r\n")
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}.") from error


def verified(broker: str) -> str:
    """The broker's address; one with TLS says that its certificate is checked, which Celery would leave out."""
    parts = urlsplit(broker)
    if parts.scheme != "rediss" or "ssl_cert_reqs" in parse_qs(parts.query):
        return broker
    return parts._replace(query="&".join(filter(None, [parts.query, "ssl_cert_reqs=required"]))).geturl()
