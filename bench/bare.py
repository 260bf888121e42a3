"""The limit of answering nothing: a whole Django project of one view, behind no middleware at all."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

SECRET_KEY = "nothing here is secret"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = __name__
MIDDLEWARE: list[str] = []
INSTALLED_APPS: list[str] = []


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)


urlpatterns = [path("empty/", empty)]
