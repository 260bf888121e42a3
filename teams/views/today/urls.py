"""The addresses of views/today/."""

from django.urls import path

from teams.views.today import bell, today

urlpatterns = [
    path("", today.today, name="today"),
    path("bell/", bell.bell, name="bell"),
]
