"""For managers: addresses by which somebody without a login reads the team's board."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions import share_links as actions
from teams.forms.share_links import ShareLinkForm
from teams.models import ShareLink, Team
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team, viewer_of

IFRAME = '<iframe src="{}" title="{}" width="100%" height="720" loading="lazy"></iframe>'
"""What a page of an intranet needs to hold the board."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share_links(request: SignedInRequest, team: str) -> HttpResponse:
    """Those that are there, and a form for one more; a new one's address is in the answer to the form alone."""
    managed = managed_team(request, team)
    form = ShareLinkForm(request.POST or None)
    if not form.is_valid():
        return _page(request, managed, form)
    _link, token = actions.make_share_link(managed, viewer_of(request).member, **form.given(timezone.now()))
    return _page(request, managed, ShareLinkForm(), token)


@never_cache
@require_POST
def renew_share_link(request: SignedInRequest, link_id: int) -> HttpResponse:
    """Give a share link a new address and its time anew; the answer has the address, and nothing else has it."""
    link = _managed(request, link_id)
    token = actions.renew_share_link(link, viewer_of(request).member, timezone.now())
    return _page(request, link.team, ShareLinkForm(), token)


@require_POST
def end_share_link(request: SignedInRequest, link_id: int) -> HttpResponse:
    """Its address opens nothing from now on."""
    link = _managed(request, link_id)
    actions.end_share_link(link, timezone.now(), viewer_of(request).member)
    return redirect("share_links", link.team.slug)


def _page(request: SignedInRequest, team: Team, form: ShareLinkForm, token: str = "") -> HttpResponse:
    now = timezone.now()
    usable = set(team.share_links.usable(now).values_list("pk", flat=True))
    rows = [(link, link.pk in usable) for link in team.share_links.select_related("made_by")]
    context = {"team": team, "form": form, "rows": rows, "now": now, "hosts": team.organization.embed_hosts}
    if token:
        embedded = format_html(IFRAME, _address("embedded_board", token), team)
        context |= {"address": _address("shared_board", token), "iframe": embedded}
    return render(request, "team/share.html", context)


def _address(name: str, token: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[token])}"


def _managed(request: SignedInRequest, link_id: int) -> ShareLink:
    links = ShareLink.objects.managed_by(request.user).select_related("team__organization")
    return get_object_or_404(links, pk=link_id)
