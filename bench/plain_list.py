"""The plainest page with a list that the site could have, which every other page is measured against.

Somebody is signed in, a query of 25 rows joined once, the frame that every page has, a table.
"""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from leaderboard.urls import urlpatterns as site
from teams.models import Submission
from teams.views.shared.viewer import viewer_of

ROWS = 25
PAGE = """{% extends "base.html" %}
{% block title %}Readings{% endblock %}
{% block content %}
  <h1>Readings</h1>
  <table class="plain">
    <thead><tr><th scope="col">Name</th><th scope="col">Day</th><th scope="col">Score</th></tr></thead>
    <tbody>
      {% for reading in readings %}
        <tr><th scope="row">{{ reading.member }}</th><td>{{ reading.taken_on }}</td><td>{{ reading.total }}</td></tr>
      {% endfor %}
    </tbody>
  </table>
{% endblock %}
"""


def plain_list(request: HttpRequest) -> HttpResponse:
    """The first readings of the month, each with its rep."""
    readings = Submission.objects.filter(month=viewer_of(request).this_month).select_related("member")[:ROWS]
    return HttpResponse(_page().render({"readings": readings}, request))


@cache
def _page():
    """The template, compiled once as those of files are."""
    return engines["django"].from_string(PAGE)


urlpatterns = [path("plain-list/", plain_list), *site]
