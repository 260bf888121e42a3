"""Answers at addresses that hold a secret."""

from django.http import HttpResponse


def unlogged(response: HttpResponse) -> HttpResponse:
    """The same answer, whose address Django does not write to the log as one that failed."""
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark
    return response
