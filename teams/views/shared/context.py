"""What every page's frame needs."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from teams.models import Organization
from teams.views.shared.requests import Request
from teams.views.shared.theme import theme_of
from teams.views.shared.viewer import viewer


def site(request: Request) -> dict:
    """What `base.html` reads: the demo's bar, the version, and for members their name and first addresses."""
    frame = {"demo": settings.DEMO, "version": settings.VERSION, "theme": theme_of(request)}
    if getattr(request, "user", None) is None or not request.user.is_authenticated:
        return frame | {"demo": settings.DEMO and Organization.objects.filter(is_demo=True).exists()}
    try:
        who = viewer(request)
    except Http404:
        return frame
    return frame | {
        "viewer": who,
        "demo": settings.DEMO and who.organization.is_demo,
        "time_zone": who.organization.time_zone,
        "member": who.member,
        "manages": who.member.is_admin or bool(who.managed_teams),
        "board_url": reverse("board", args=[who.team.slug]) if who.team else "",
    }
