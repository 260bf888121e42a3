"""Lists: the newest first, a hundred at a time, with the way to the next."""

from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest, HttpResponse

from teams.rules.api import PAGE

Row = TypeVar("Row", bound=models.Model)


def page_of(
    request: HttpRequest, response: HttpResponse, rows: "models.QuerySet[Row]", before: int | None
) -> list[Row]:
    """The newest hundred rows, or the next ones before an id; a `Link` header leads on where there are more."""
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows.order_by("-pk")[: PAGE + 1])
    if len(page) > PAGE:
        link_to_next(request, response, before=page[PAGE - 1].pk)
    return page[:PAGE]


def link_to_next(request: HttpRequest, response: HttpResponse, **place: Any) -> None:
    """The address of what comes after this page, as RFC 8288 has it."""
    query = request.GET.copy()
    for name, value in place.items():
        query[name] = str(value)
    response.headers["Link"] = f'<{request.build_absolute_uri(request.path)}?{query.urlencode()}>; rel="next"'
