"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from teams.models import Organization
from teams.views.shared.requests import Request
from teams.views.shared.theme import theme_of
from teams.views.shared.viewer import viewer_of


def site(request: Request) -> dict[str, Any]:
    """What `base.html` reads: version, theme, demo, mail folder; for members who they are and their board's URL."""
    frame = {
        "demo": settings.DEMO,
        "version": settings.VERSION,
        "theme": theme_of(request),
        "mail_folder": _mail_folder(),
    }
    if getattr(request, "user", None) is None or not request.user.is_authenticated:
        return frame | {"demo": settings.DEMO and Organization.objects.filter(is_demo=True).exists()}
    try:
        viewer = viewer_of(request)
    except Http404:
        return frame
    return frame | {
        "viewer": viewer,
        "demo": settings.DEMO and viewer.organization.is_demo,
        "time_zone": viewer.organization.time_zone,
        "member": viewer.member,
        "manages": viewer.member.is_admin or bool(viewer.managed_teams),
        "board_url": reverse("board", args=[viewer.team.slug]) if viewer.team else "",
    }


def _mail_folder() -> str:
    """Where mails are files instead of being sent, as on one's own machine; empty everywhere else."""
    is_folder = settings.EMAIL_BACKEND.endswith(".filebased.EmailBackend")
    return str(getattr(settings, "EMAIL_FILE_PATH", "")) if is_folder else ""
