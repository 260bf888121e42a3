"""Why somebody has a place: the reading it comes from, who is ahead, the rule for ties."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from teams.models import Recalibration, Standing
from teams.rules.months import Month
from teams.rules.visibility import Audience
from teams.views.board.board import boards_of
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of


@require_safe
def why(request: SignedInRequest, team: str, month: Month, member_id: int) -> HttpResponse:
    """The page, for whoever may see that place: all of them, or one's own."""
    board, _ = boards_of(request, team, month)
    viewer = viewer_of(request)
    audience = viewer.audience(board.team)
    if audience != Audience.RANKS and not (audience == Audience.OWN and member_id == viewer.member.pk):
        raise Http404
    related = ["member", "submission__typed_by", "previous"]
    standing = get_object_or_404(Standing.objects.select_related(*related), board=board, member=member_id)
    same_rank = board.standings.filter(rank=standing.rank).exclude(member=member_id)
    revisions = board.revisions.select_related("by")
    context = {
        "board": board,
        "team": board.team,
        "standing": standing,
        "ahead": board.standings.filter(rank__lt=standing.rank).count(),
        "level": list(same_rank.select_related("member")),
        "audience": audience,
        "revisions": revisions if audience == Audience.RANKS else revisions.filter(member=member_id),
        "amended_before": board.rests_on_amended,
        "marks": _marks_between(standing),
    }
    return render(request, "board/why.html", context)


def _marks_between(standing: Standing) -> list[Recalibration]:
    """The changes of LinkedIn's formula between the two readings of a change: what they moved is taken off."""
    if standing.previous is None:
        return []
    days = Q(day__gt=standing.previous.taken_on, day__lte=standing.submission.taken_on)
    return list(Recalibration.objects.filter(days, organization=standing.member.organization_id))
