"""What htmx must be told where a browser would just follow."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """After the middleware of django-htmx."""

    htmx: HtmxDetails


def sign_in_again(get_response: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """A middleware: when the session is over, the whole page goes to the sign-in, not a part of it."""

    def middleware(request: Request) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 302 or not request.htmx:
            return response
        sign_in = reverse(settings.LOGIN_URL)
        if response["Location"].startswith(sign_in):
            return HttpResponseClientRedirect(f"{sign_in}?next={request.htmx.current_url_abs_path or '/'}")
        return response

    return middleware
