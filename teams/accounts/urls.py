"""Addresses of signing in that stand in the place of django-allauth's own."""

from django.urls import path

from teams.accounts import single_sign_on

urlpatterns = [
    path("oidc/<str:provider_id>/login/", single_sign_on.begin),
]
