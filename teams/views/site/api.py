"""How programs use the API: examples, and what its own description says of each address."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teams.api.urls import api
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of


@require_safe
def api_help(request: SignedInRequest) -> HttpResponse:
    """Examples to copy, and every address with what it takes; for everybody who can make a token."""
    viewer_of(request)
    return render(request, "site/api/api.html", {"site": settings.SITE_URL, "addresses": _addresses()})


@cache
def _addresses() -> list[dict[str, Any]]:
    """What the API says of itself: the same as long as a process lives."""
    paths = api.get_openapi_schema()["paths"]
    return [
        _address(path, method, description)
        for path, methods in paths.items()
        for method, description in methods.items()
    ]


def _address(path: str, method: str, description: dict[str, Any]) -> dict[str, Any]:
    filters = [each["name"] for each in description.get("parameters", ()) if each["in"] == "query"]
    return {
        "path": path,
        "method": method.upper(),
        "title": description["summary"],
        "text": description.get("description", ""),
        "parameters": filters,
    }
