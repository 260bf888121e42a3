"""The bell: what waits for one, read by opening it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from teams.actions.people.bell import read_bell
from teams.queries.today.waiting import waiting_for
from teams.rules.waiting import Waiting, WaitingKind
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of


@require_safe
def bell(request: SignedInRequest) -> HttpResponse:
    """What waits for one, the newest first; opening it marks all of it as read."""
    viewer, now = viewer_of(request), timezone.now()
    rows = with_addresses(waiting_for(viewer.user.pk, now))
    if request.method == "GET":
        read_bell(viewer.member, now)
        viewer.member.unread = 0
    return render(request, "today/bell.html", {"rows": rows})


def with_addresses(waiting: list[Waiting]) -> list[tuple[Waiting, str]]:
    """Each with the address where something is done about it."""
    return [(each, _address(each)) for each in waiting]


def _address(waiting: Waiting) -> str:
    match waiting.kind:
        case WaitingKind.CONFIRM | WaitingKind.SILENT:
            return reverse("team_month", args=[waiting.slug, waiting.month])
        case WaitingKind.SUGGESTION:
            return reverse("recalibrations")
        case WaitingKind.THANKED:
            return reverse("thanks")
        case WaitingKind.OWE | WaitingKind.OWED:
            return reverse("debts")
    return reverse("challenge", args=[waiting.challenge_id])
