"""The addresses that machines ask: probes of an orchestrator, Prometheus, load balancers.

They ask a container by its own address, over plain http, and send no Host header that they could choose. These pages
write no address into their answers, so nothing hangs on the name that they were asked by.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PATHS = ["/healthz", "/readyz", "/metrics"]
OVER_HTTP = [f"^{path.removeprefix('/')}$" for path in PATHS]
"""The same for SECURE_REDIRECT_EXEMPT."""


def by_any_name(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: what machines ask is asked by the site's own name, whatever stands in Host."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info in PATHS:
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0]
        return get_response(request)

    return middleware
