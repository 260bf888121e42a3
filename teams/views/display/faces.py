"""Pictures for a wall screen, by the token of its pairing."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from teams.models import Display
from teams.queries.people.faces import faces_on_walls
from teams.views.reps.faces import as_picture
from teams.views.shared.requests import Request


@login_not_required
@require_safe
def wall_face(request: Request, member_id: int, digest: str, size: str) -> HttpResponse:
    """The picture of somebody whom this screen may name in full."""
    token = request.COOKIES.get(settings.DISPLAY_COOKIE_NAME, "")
    screen = get_object_or_404(Display.objects.holding(token))
    faces = faces_on_walls(screen.teams())
    return as_picture(get_object_or_404(faces, member=member_id, member__face=digest), size, "image/webp")
