"""The first run: an empty site gets its organization; a demo makes room for one."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions.demo.people import SIGN_INS
from teams.actions.people.first_run import start_site
from teams.forms.people import StartForm
from teams.models import Board, Organization, User
from teams.rules.errors import Refused
from teams.tasks import nudge
from teams.views.shared.limits import limited
from teams.views.shared.requests import Request


@login_not_required
@require_POST
@limited("login")
def demo_sign_in(request: Request) -> HttpResponse:
    """Sign in as one of the demo's people, by `email`; 404 where the site is no demo, or the company is real."""
    emails = {person.email for person in SIGN_INS}
    if not settings.DEMO or request.POST.get("email") not in emails:
        raise Http404
    demo = User.objects.filter(is_active=True, member__organization__is_demo=True)
    return perform_login(request, get_object_or_404(demo, email=request.POST["email"]))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request) -> HttpResponse:
    """Make the organization and its first person; 404 once there is one that is not the demo's."""
    if Organization.objects.filter(is_demo=False).exists():
        raise Http404
    replaces_demo = settings.DEMO and Organization.objects.exists()
    form = StartForm(request.POST or None)
    if form.is_valid():
        try:
            user = start_site(**form.cleaned_data)
        except Refused:
            return redirect("today")
        nudge(Board.objects.stale().values_list("pk", flat=True))
        return perform_login(request, user)
    return render(request, "site/start/start.html", {"form": form, "replaces_demo": replaces_demo})
