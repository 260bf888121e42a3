"""The days on which LinkedIn changed its formula for everybody; for admins."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions.boards import recalibrations as actions
from teams.forms.days import RecalibrationForm
from teams.models import Recalibration, RecalibrationSuggestion
from teams.queries.people.viewer import Viewer
from teams.tasks import nudge
from teams.views.shared.changes import refusal_as_message, refusal_in
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def recalibrations(request: SignedInRequest) -> HttpResponse:
    """Those that are marked, with what they moved, and a form for one more."""
    viewer = viewer_of(request)
    if not viewer.member.is_admin:
        raise Http404
    form = RecalibrationForm(request.POST or None)
    if form.is_valid():
        with refusal_in(form, "day"):
            nudge(_mark(viewer, form.cleaned_data["day"]))
            messages.success(request, _("The day is marked on every chart."))
            return redirect("recalibrations")
    context = {
        "marked": Recalibration.objects.administered_by(request.user).order_by("-day"),
        "suggestions": RecalibrationSuggestion.objects.administered_by(request.user).unanswered(),
        "form": form,
    }
    return render(request, "organization/recalibrations.html", context)


@require_POST
def answer_suggestion(request: SignedInRequest, suggestion_id: int) -> HttpResponse:
    """Mark the suggested day (`answer=mark`), or never hear of it again."""
    suggestions = RecalibrationSuggestion.objects.administered_by(request.user)
    suggestion, viewer = get_object_or_404(suggestions, pk=suggestion_id), viewer_of(request)
    if request.POST.get("answer") != "mark":
        actions.dismiss(suggestion, viewer.member)
        messages.success(request, _("Dismissed. These days are not suggested again."))
        return redirect("recalibrations")
    with refusal_as_message(request):
        nudge(_mark(viewer, suggestion.day))
        messages.success(request, _("The day is marked on every chart."))
    return redirect("recalibrations")


def _mark(viewer: Viewer, day: date) -> list[int]:
    return actions.mark_recalibration(viewer.organization, day, viewer.organization.today(), viewer.member)


@require_POST
def remove_recalibration(request: SignedInRequest, recalibration_id: int) -> HttpResponse:
    """As if the day had never been marked."""
    marked = Recalibration.objects.administered_by(request.user).select_related("organization")
    nudge(actions.remove_recalibration(get_object_or_404(marked, pk=recalibration_id)))
    messages.success(request, _("The mark is removed."))
    return redirect("recalibrations")
