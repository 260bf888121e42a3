"""The moment after one has submitted: what the new score means."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from teams.models import Board, Submission
from teams.queries.boards.saved_score import saved_place, saved_score
from teams.queries.figures import own_counters
from teams.rules.visibility import Audience
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of


@require_safe
def saved(request: SignedInRequest, submission_id: int) -> HttpResponse:
    """One's own reading: the change, a best month, the place and who is next, as far as one sees places."""
    viewer = viewer_of(request)
    submission = get_object_or_404(Submission.objects.counting().filter(member=viewer.member), pk=submission_id)
    submission.member = viewer.member
    score = saved_score(submission, viewer.member)
    board = Board.objects.of_competing(viewer.member.pk, submission.month).select_related("team__organization").first()
    audience = viewer.audience(board.team) if board else Audience.NONE
    shows_place = audience in (Audience.RANKS, Audience.OWN) and not score.later
    context = {
        "saved": score,
        "tens": submission.total // 10,
        "ones": submission.total % 10,
        "board": board,
        "counters": own_counters(viewer.member, submission.month) if board and not board.closed_at else [],
        "place": saved_place(submission, board) if board and shows_place else None,
        "names_others": audience == Audience.RANKS,
    }
    return render(request, "submit/saved.html", context)
