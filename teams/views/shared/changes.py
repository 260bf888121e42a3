"""Changes that may be refused: the one place where views catch a refusal and show its sentence."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django import forms
from django.contrib import messages

from teams.rules.errors import Refused
from teams.tasks import nudge
from teams.views.shared.requests import SignedInRequest


@contextmanager
def refusal_in(form: forms.BaseForm, field: str | None = None) -> Iterator[None]:
    """Show a refusal beside a field of the form, or above all of them, and go on behind the block."""
    try:
        yield
    except Refused as refused:
        form.add_error(field, str(refused))


@contextmanager
def refusal_as_message(request: SignedInRequest) -> Iterator[None]:
    """Show a refusal on the next page, and go on behind the block."""
    try:
        yield
    except Refused as refused:
        messages.error(request, str(refused))


def went_through(request: SignedInRequest, change: Callable[[], list[int]]) -> bool:
    """Whether a change went through, whose boards a worker is nudged for; if not, the next page says why."""
    with refusal_as_message(request):
        nudge(change())
        return True
    return False


def say_with_undo(request: SignedInRequest, sentence: str, undo: str) -> None:
    """Say on the next page what was changed, with a button that posts to the address by which it is undone."""
    messages.success(request, sentence, extra_tags=undo)
