"""The addresses of the site: sign-in by django-allauth, everything else by `teams`."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-factor/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("", include("teams.urls")),
]

handler500 = "leaderboard.errors.broken"
handler429 = "teams.views.limits.too_many"
