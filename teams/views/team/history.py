"""The months from before, which imports fill: how far they are, and saying that they are complete."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from teams.actions.months import history as actions
from teams.models import Board, Member, Team
from teams.tasks import nudge
from teams.views.shared.changes import refusal_as_message
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def history(request: SignedInRequest, team: str) -> HttpResponse:
    """The months of history with how many are in; posted, they become final, or with `open` they are open again."""
    managed, now = managed_team(request, team), timezone.now()
    if request.method == "POST":
        change = _open_again if "open" in request.POST else _complete
        change(request, managed, viewer_of(request).member)
        return redirect("history", managed.slug)
    boards = list(Board.objects.history().filter(team=managed).order_by("-month"))
    context = {
        "team": managed,
        "boards": boards,
        "open_boards": [board for board in boards if not board.closed_at],
        "closes": managed.organization.local(actions.closing_of_history(managed)),
        "may_open": bool(actions.closed_too_early(managed, now)),
    }
    return render(request, "team/history/history.html", context)


def _complete(request: SignedInRequest, team: Team, by: Member) -> None:
    closed = actions.complete(team, timezone.now(), by)
    sentence = ngettext(
        "The history is complete: %(count)s month is final.",
        "The history is complete: %(count)s months are final.",
        len(closed),
    )
    messages.success(request, sentence % {"count": len(closed)})


def _open_again(request: SignedInRequest, team: Team, by: Member) -> None:
    with refusal_as_message(request):
        nudge(actions.open_again(team, timezone.now(), by))
        messages.success(request, _("The history is open again: imports fill it."))
