"""What reps and managers ask, answered in short; for everybody, signed in or not."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teams.views.shared.requests import Request
from teams.words.help import GROUPS


@login_not_required
@require_safe
def questions(request: Request) -> HttpResponse:
    """Every question with its answer, each under a heading that pages link to."""
    return render(request, "site/help/help.html", {"groups": GROUPS})
