"""The addresses of /api/v1/. Within version 1 answers only gain fields."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import conditional_page, require_safe

from teams.api import boards, figures, people, play, readings
from teams.api.access import Bearer
from teams.api.description import DescribedAPI
from teams.api.problems import Problem, no_token, say_problems
from teams.api.text import TextParser
from teams.rules.api import Scope


def for_readers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The description of the API, for whoever is signed in or has a token."""

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if request.user.is_authenticated or Bearer(Scope.READ)(request):
                return view(request, *args, **kwargs)
        except Problem as problem:
            return problem.response()
        return no_token().response()

    return shown


api = DescribedAPI(
    title="Leaderboard",
    version="1",
    description="What the pages show and take, for programs.",
    urls_namespace="api",
    docs_url=None,
    docs_decorator=for_readers,
    parser=TextParser(),
)
say_problems(api)
for part in (people, readings, boards, play, figures):
    api.add_router("", part.router)


def _with_head(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """What takes GET takes HEAD as well; the server leaves the body out."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method = request.method
        request.method = "GET" if method == "HEAD" else method
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = method

    return answered


def _for_programs(pattern: Any) -> Any:
    """An address whose operations ask for tokens themselves, and answer 304 to whoever has the answer already."""
    pattern.callback = login_not_required(_with_head(conditional_page(pattern.callback)))
    pattern.callback.csrf_exempt = True  # no cookie lets anybody change anything here
    return pattern


urlpatterns = [_for_programs(pattern) for pattern in api.urls[0]]
app_name = api.urls[1]
