"""A page of constant bytes behind all of the site's middleware, for whoever is signed in."""

import os
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from leaderboard.urls import urlpatterns as site

PAGE = Path(os.environ["PAGE"]).read_bytes()


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE)


urlpatterns = [path("page/", page), *site]
