"""How often a form may be sent: the rates of `ACCOUNT_RATE_LIMITS`, counted in the shared cache.

Where allauth takes a form it counts by itself, by four questions to the cache for each rate. Ours are sent more often:
one question for all of them.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account import app_settings
from allauth.core.internal.ratelimit import Rate, get_cache_key, get_rates
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from teams.actions.limits import are_within
from teams.views.shared.requests import Request, page_name

SECRET = ("csrfmiddlewaretoken", "password", "code", "credential")
"""What is typed into fields with these in their names is not written into a page."""

View = Callable[..., HttpResponseBase]
Asked = TypeVar("Asked", bound=Request)


def posted(request: Request) -> bool:
    """Whether a form is sent."""
    return request.method == "POST"


def always(request: Request) -> bool:
    """Whether a request counts against a limit: every one does, as where each costs something."""
    return True


def taken_out(request: Request) -> bool:
    """Whether a file is asked for, and not the page that offers it."""
    return "as" in request.GET


def limited(action: str, when: Callable[[Asked], bool] = posted) -> Callable[[View], View]:
    """A view whose posts, or what else is said, are counted; where there are too many, 429 with what was typed.

    A rate by key is for the token in the address: one link is one account.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: Asked, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if when(request) and not _is_within(request, action, kwargs.get("token")):
                return too_many(request, action=action)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def too_many(request: Request, exception: Exception | None = None, *, action: str = "") -> HttpResponse:
    """The page that says when to try again, with a form that sends the same once more where it has no secret."""
    action = action or page_name(request).removeprefix("account_")
    seconds = int(max((rate.duration for rate in _rates(action)), default=60))
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    has_secret = any(secret in name for name, _ in typed for secret in SECRET[1:])
    context = {
        "minutes": -(-seconds // 60),
        "typed": [] if has_secret else [(name, value) for name, value in typed if name not in SECRET],
    }
    response = render(request, "429.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def _is_within(request: Request, action: str, key: str | None) -> bool:
    """Whether this is still one of as many as are taken, by each of the rates; it counts in any case."""
    return are_within(
        {
            get_cache_key(request, app="ours", action=action, rate=rate, key=key): (rate.amount, int(rate.duration))
            for rate in _rates(action)
        }
    )


def _rates(action: str) -> list[Rate]:
    return get_rates(app="allauth.account", action=action, config=app_settings.RATE_LIMITS)
