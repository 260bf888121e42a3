"""Asking for news of a board every few seconds, without a session: the signed key says which board, for whom."""

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from teams.models import Board, User
from teams.rules.sight import Audience
from teams.views.board import NEWS, fragment

KEY_LIVES = 600


@login_not_required
@require_safe
def news(request: HttpRequest, key: str) -> HttpResponse:
    """204 while the version in hand is the newest, else the fragment.

    An old key makes the page renew its part, and so does one from before the team's places were shown to fewer, or
    of somebody who has left: that is asked for once there is something new to tell.
    """
    nothing = HttpResponse(status=204)
    try:
        board_id, audience, tab, shown_to, user_id, language = signing.loads(key, salt=NEWS, max_age=KEY_LIVES)
    except signing.SignatureExpired:
        return trigger_client_event(nothing, "renew")
    except signing.BadSignature as error:
        raise Http404 from error
    version = Board.objects.filter(pk=board_id).values_list("version", flat=True).first()
    if version is None or str(version) == request.GET.get("version"):
        return nothing
    user = User.objects.filter(pk=user_id, is_active=True).first()
    boards = Board.objects.visible_to(user) if user else Board.objects.none()
    board = boards.select_related("team__organization").filter(pk=board_id).first()
    if board is None or board.team.ranks_shown_to != shown_to:
        return trigger_client_event(nothing, "renew")
    with override(language):
        part = fragment(board, Audience(audience), tab)
    return trigger_client_event(HttpResponse(part), "news", after="settle")
