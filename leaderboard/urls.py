"""The addresses of the site: sign-in by django-allauth, everything else by `teams`."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("", include("teams.urls")),
]
