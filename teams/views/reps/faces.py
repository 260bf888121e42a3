"""Pictures of people, for those to whom a page names them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from teams.models.people.pictures import SIZES, Face, Logo
from teams.queries.people.faces import faces_shown_to
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of

KEPT_FOR = 7 * 24 * 3600
"""Seconds for which a browser keeps a picture; another picture has another address."""


@require_safe
def face(request: SignedInRequest, member_id: int, digest: str, size: str) -> HttpResponse:
    """Somebody's picture."""
    faces = faces_shown_to(request.user, sees_organization_board=viewer_of(request).sees_organization_board)
    return as_picture(get_object_or_404(faces, member=member_id, member__face=digest), size, "image/webp")


def as_picture(picture: Face | Logo, size: str, media_type: str) -> HttpResponse:
    """The bytes of a picture, for this browser alone to keep; 404 for a size that there is not."""
    if size not in SIZES:
        raise Http404
    headers = {"Cache-Control": f"private, max-age={KEPT_FOR}, immutable"}
    return HttpResponse(bytes(getattr(picture, size)), content_type=media_type, headers=headers)
