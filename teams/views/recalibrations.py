"""The days on which LinkedIn changed its formula for everybody; for admins."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions import recalibrations as actions
from teams.actions.refusals import Refused
from teams.forms.days import RecalibrationForm
from teams.models import Recalibration
from teams.tasks import nudge
from teams.views.viewer import viewer


@require_http_methods(["GET", "HEAD", "POST"])
def recalibrations(request: HttpRequest) -> HttpResponse:
    """Those that are marked, with what they moved, and a form for one more."""
    who = viewer(request)
    if not who.member.is_admin:
        raise Http404
    form = RecalibrationForm(request.POST or None)
    if form.is_valid():
        try:
            nudge(actions.mark_recalibration(who.organization, form.cleaned_data["day"], who.organization.today()))
        except Refused as refused:
            form.add_error("day", str(refused))
        else:
            messages.success(request, "The day is marked on every chart.")
            return redirect("recalibrations")
    marked = Recalibration.objects.administered_by(request.user).order_by("-day")
    return render(request, "organization/recalibrations.html", {"marked": marked, "form": form})


@require_POST
def remove_recalibration(request: HttpRequest, recalibration_id: int) -> HttpResponse:
    """As if the day had never been marked."""
    marked = Recalibration.objects.administered_by(request.user).select_related("organization")
    nudge(actions.remove_recalibration(get_object_or_404(marked, pk=recalibration_id)))
    messages.success(request, "The mark is removed.")
    return redirect("recalibrations")
