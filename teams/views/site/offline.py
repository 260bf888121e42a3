"""The site on a phone: what its home screen needs to know, and what is there without a network."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teams.forms.submission import SubmissionForm
from teams.views.shared.requests import Request


@login_not_required
@require_safe
def manifest(request: Request) -> HttpResponse:
    """Name, icons and colours for a home screen."""
    return render(request, "site/offline/manifest.json", content_type="application/manifest+json")


@login_not_required
@require_safe
def service_worker(request: Request) -> HttpResponse:
    """The script between the pages and the network; a browser asks for it again at every visit."""
    return render(request, "site/offline/worker.js", {"version": settings.VERSION}, content_type="text/javascript")


@login_not_required
@require_safe
def offline(request: Request) -> HttpResponse:
    """What a phone keeps to show without a network: a form whose score is kept until it can be sent."""
    return render(request, "site/offline/offline.html", {"form": SubmissionForm(use_required_attribute=False)})


@login_not_required
@require_safe
def kept(request: Request) -> HttpResponse:
    """What a phone answers to a score that it could not send."""
    return render(request, "site/offline/kept.html")
