"""A change that may be refused."""

from collections.abc import Callable

from django.contrib import messages

from teams.rules.errors import Refused
from teams.tasks import nudge
from teams.views.shared.requests import SignedInRequest


def went_through(request: SignedInRequest, change: Callable[[], list[int]]) -> bool:
    """Whether a change went through, whose boards a worker is nudged for; if not, the page says why."""
    try:
        nudge(change())
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    return True
