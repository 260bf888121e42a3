"""Asking for news of a board every few seconds, without a session: the signed key says which board, for whom."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from teams.live.news_keys import NewsKey, mark_of, opened
from teams.models import Board
from teams.queries.boards.news import Holder, board_for, holder_of
from teams.rules.visibility import Audience, audience
from teams.views.board.fragment import board_fragment
from teams.views.shared.requests import Request


@login_not_required
@require_safe
def news(request: Request, key: str) -> HttpResponse:
    """204 while the version in hand is the newest, else the fragment.

    An old key makes the page renew its part, and so does one from before the team's places were shown to fewer, or
    of somebody who may no longer see the board or as much of it, or whose session has ended.
    """
    nothing = HttpResponse(status=204)
    try:
        board_key = opened(key)
    except signing.BadSignature as error:
        raise Http404 from error
    board = board_for(board_key.user, board_key.board)
    holder = _holder(board_key, board, request) if board else None
    if board_key.is_old or board is None or holder is None:
        return trigger_client_event(nothing, "renew")
    if str(board.version) == request.GET.get("version"):
        return nothing
    with override(board_key.language):
        fragment = board_fragment(board, Audience(board_key.audience), board_key.tab, manages=holder.manages)
    return trigger_client_event(HttpResponse(fragment["html"]), "news", after="settle")


def _holder(key: NewsKey, board: Board, request: Request) -> Holder | None:
    """Whoever holds the key, if they ask in its session, which goes on, and may see of the board what it says."""
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    holder = holder_of(key.user, board.team_id, session)
    if holder is None or mark_of(session, holder.password) != key.session:
        return None
    visibility = board.team.ranks_shown_to
    may_see = audience(visibility, manages=holder.manages, competes=holder.competes, sees_ranks=holder.sees_ranks)
    return holder if (visibility, may_see) == (key.shown_to, key.audience) else None
