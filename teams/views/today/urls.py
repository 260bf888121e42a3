"""The addresses of views/today/."""

from django.urls import path

from teams.views.today import bell, today

urlpatterns = [
    path("", today.today, name="today"),
    path("first-steps/put-away/", today.put_steps_away, name="put_steps_away"),
    path("bell/", bell.bell, name="bell"),
]
