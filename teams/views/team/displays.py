"""For managers: claiming a screen, what it shows, whether it is well, and taking it off the wall."""

from django.conf import settings as site
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.actions.displays import ask_for_test, pair, remove, unpair
from teams.forms.displays import DisplayForm, PairForm
from teams.models import Display, Team
from teams.rules.displays.pairing import hyphenated, read_code
from teams.views.shared.changes import refusal_in
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team, viewer_of


@require_safe
def team_displays(request: SignedInRequest, team: str) -> HttpResponse:
    """A team's screens, and how each of them is."""
    managed = managed_team(request, team)
    context = {"team": managed, "displays": managed.displays.all(), "address": _address()}
    return render(request, "team/displays/displays.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pair_display(request: SignedInRequest) -> HttpResponse:
    """Claim the screen that shows a code; the QR code on it leads here with the code filled in."""
    teams = Team.objects.managed_by(request.user)
    if not teams.exists():
        raise Http404
    typed = read_code(request.GET.get("code", ""))
    wanted_team = request.GET.get("team", "")
    first = next((team for team in teams if team.slug == wanted_team), None) or teams.first()
    initial = {"code": typed and hyphenated(typed), "screen": request.GET.get("screen"), "team": first}
    form = PairForm(
        request.POST or None, displays=Display.objects.managed_by(request.user), teams=teams, initial=initial
    )
    if form.is_valid():
        with refusal_in(form, "code"):
            display = pair(form.display(), form.cleaned_data["code"], viewer_of(request).member)
            messages.success(request, _("“%(screen)s” is paired: look at it.") % {"screen": display})
            return redirect("edit_display", display.pk)
    return render(request, "team/displays/pair.html", {"form": form, "address": _address()})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_display(request: SignedInRequest, display_id: int) -> HttpResponse:
    """What a screen shows; it follows at its next question."""
    display = _managed(request, display_id)
    teams = Team.objects.managed_by(request.user)
    form = DisplayForm(request.POST or None, instance=display, teams=teams)
    if form.is_valid():
        if "also_shows" in form.fields:
            form.instance.chosen_by = viewer_of(request).member
        form.save()
        messages.success(request, _("Saved. The screen follows within seconds."))
        return redirect("team_displays", display.team.slug)
    return render(request, "team/displays/edit.html", {"form": form, "display": display, "team": display.team})


@require_POST
def celebrate_on_display(request: SignedInRequest, display_id: int) -> HttpResponse:
    """A test: the screen celebrates at its next question."""
    display = _managed(request, display_id)
    ask_for_test(display, timezone.now())
    messages.success(request, _("“%(screen)s” celebrates within seconds, if it is on.") % {"screen": display})
    return redirect("team_displays", display.team.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def unpair_display(request: SignedInRequest, display_id: int) -> HttpResponse:
    """Blank a screen at its next question, after a question of our own; its place keeps name and settings."""
    display = _managed(request, display_id)
    if request.method != "POST":
        return render(request, "team/displays/unpair.html", {"display": display, "team": display.team})
    unpair(display)
    messages.success(request, _("“%(screen)s” is un-paired: the screen goes blank.") % {"screen": display})
    return redirect("team_displays", display.team.slug)


@require_POST
def remove_display(request: SignedInRequest, display_id: int) -> HttpResponse:
    """Forget a place on the wall; a screen that is paired with it goes blank."""
    display = _managed(request, display_id)
    team = display.team
    remove(display)
    messages.success(request, _("“%(screen)s” is removed.") % {"screen": display})
    return redirect("team_displays", team.slug)


def _managed(request: SignedInRequest, display_id: int) -> Display:
    return get_object_or_404(Display.objects.managed_by(request.user).select_related("team"), pk=display_id)


def _address() -> str:
    """What to open on a screen."""
    return f"{site.SITE_URL}{reverse('display')}"
