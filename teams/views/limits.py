"""How often a form may be sent: the rates of `ACCOUNT_RATE_LIMITS`, counted in the shared cache.

Where allauth takes a form it counts by itself, by four questions to the cache. Ours are sent more often: one question.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.core.internal.ratelimit import Rate, get_cache_key, get_rates
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECRET = ("csrfmiddlewaretoken", "password", "code", "credential")
"""What is typed into fields with these in their names is not written into a page."""

View = Callable[..., HttpResponse]


def limited(action: str) -> Callable[[View], View]:
    """A view whose posts are counted under a name; where there are too many, 429 with what was typed."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not _is_within(request, action):
                return too_many(request, action=action)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def too_many(request: HttpRequest, exception: Exception | None = None, *, action: str = "") -> HttpResponse:
    """The page that says when to try again, with a form that sends the same once more where it has no secret."""
    action = action or request.resolver_match.url_name.removeprefix("account_")
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


def _is_within(request: HttpRequest, action: str) -> bool:
    """Whether this post is still one of as many as are taken; it counts in any case."""
    counted = [
        cache.counted(get_cache_key(request, app="ours", action=action, rate=rate), int(rate.duration)) <= rate.amount
        for rate in _rates(action)
    ]
    return all(counted)


def _rates(action: str) -> list[Rate]:
    return get_rates(app="allauth.account", action=action, config=app_settings.RATE_LIMITS)
