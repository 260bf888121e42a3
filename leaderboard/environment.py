"""The environment as the settings read it: secrets that stand in files, and addresses whose other side is checked."""

from collections.abc import MutableMapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

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


class SecretError(Exception):
    """A secret that is given twice, or whose file is of no use; says what to do."""


def read_secrets(environ: MutableMapping[str, str]) -> None:
    """Put what stands in the files of `…_FILE` into the environment, without the line's end, and take `…_FILE` out.

    A process that is started from here finds each secret once, too. SecretError where one is given twice, or its file
    cannot be read or is empty.
    """
    for name in SECRETS:
        if not (file := environ.get(f"{name}_FILE")):
            continue
        if environ.get(name):
            raise SecretError(f"{name} and {name}_FILE are both set: leave one out.")
        environ[name] = _secret(name, file)
        del environ[f"{name}_FILE"]


def _secret(name: str, file: str) -> str:
    try:
        secret = Path(file).read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise SecretError(
            f"{name}_FILE names {file}, which cannot be read: {reason}. Name a file that the site's user may read."
        ) from error
    if not secret:
        raise SecretError(f"{name}_FILE names {file}, which is empty: write {name} into it, or leave it out.")
    return secret


def verified(broker: str) -> str:
    """The broker's address; one with TLS says that its certificate is checked, which Celery would leave out."""
    parts = urlsplit(broker)
    if parts.scheme != "rediss" or "ssl_cert_reqs" in parse_qs(parts.query):
        return broker
    return parts._replace(query="&".join(filter(None, [parts.query, "ssl_cert_reqs=required"]))).geturl()
