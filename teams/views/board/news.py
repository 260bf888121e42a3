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
from teams.queries.boards.news import board_for, holder_of
from teams.rules.visibility import Audience, audience
from teams.views.board.board import fragment
from teams.views.shared.requests import Request


def _is_still(said: NewsKey, board: Board, request: Request) -> bool:
    """Whether whoever holds the key asks in its session, which goes on, and may see of the board what it says."""
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    holder = holder_of(said.user, board.team_id, session)
    if holder is None or mark_of(session, holder.password) != said.session:
        return False
    return board.team.ranks_shown_to == said.shown_to and said.audience == audience(
        board.team.ranks_shown_to, manages=holder.manages, competes=holder.competes, sees_ranks=holder.sees_ranks
    )


@login_not_required
@require_safe
def news(request: Request, key: str) -> HttpResponse:
    """204 while the version in hand is the newest, else the fragment.

    An old key makes the page renew its part, and so does one from before the team's places were shown to fewer, or
    of somebody who may no longer see the board or as much of it, or whose session has ended.
    """
    nothing = HttpResponse(status=204)
    try:
        said = opened(key)
    except signing.BadSignature as error:
        raise Http404 from error
    board = board_for(said.user, said.board)
    if said.is_old or board is None or not _is_still(said, board, request):
        return trigger_client_event(nothing, "renew")
    if str(board.version) == request.GET.get("version"):
        return nothing
    with override(said.language):
        part = fragment(board, Audience(said.audience), said.tab)
    return trigger_client_event(HttpResponse(part), "news", after="settle")
