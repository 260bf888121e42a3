"""Asking for news of a board every few seconds, without a session: the signed key says which board, for whom."""

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from teams.live.news_keys import opened
from teams.queries.board_news import board_for
from teams.rules.visibility import Audience
from teams.views.board.board import fragment
from teams.views.shared.requests import Request


@login_not_required
@require_safe
def news(request: Request, key: str) -> HttpResponse:
    """204 while the version in hand is the newest, else the fragment.

    An old key makes the page renew its part, and so does one from before the team's places were shown to fewer, or
    of somebody who may no longer see the board.
    """
    nothing = HttpResponse(status=204)
    try:
        said = opened(key)
    except signing.BadSignature as error:
        raise Http404 from error
    board = board_for(said.user, said.board)
    if said.is_old or board is None or board.team.ranks_shown_to != said.shown_to:
        return trigger_client_event(nothing, "renew")
    if str(board.version) == request.GET.get("version"):
        return nothing
    with override(said.language):
        part = fragment(board, Audience(said.audience), said.tab)
    return trigger_client_event(HttpResponse(part), "news", after="settle")
