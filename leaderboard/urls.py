"""The addresses of the site: sign-in by django-allauth, everything else by `teams`."""

from allauth.socialaccount.views import login_cancelled, login_error
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from leaderboard import errors

urlpatterns = [
    # Pages of django-allauth that are not in our look and add an address that nobody has checked.
    path("accounts/email/", errors.closed),
    path("accounts/confirm-email/", errors.closed),
    path("accounts/confirm-email/<path:key>/", errors.closed),
    path("accounts/", include("teams.accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-factor/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("accounts/cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
    path("accounts/error/", login_not_required(login_error), name="socialaccount_login_error"),
    path("", include("teams.urls")),
]

handler404 = "leaderboard.errors.missing"
handler500 = "leaderboard.errors.broken"
handler429 = "teams.views.shared.limits.too_many"
