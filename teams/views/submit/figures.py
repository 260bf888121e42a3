"""Entering one's own figures of a month, of what the team counts itself."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teams.actions import figures as actions
from teams.forms.figures import OwnFiguresForm
from teams.queries.figures import months_to_enter, own_counters, own_history
from teams.rules.months import Month, months_between
from teams.rules.scores import REACH_BACK
from teams.tasks import nudge_team
from teams.views.shared.changes import refusal_in
from teams.views.shared.limits import limited
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
@limited("submit")
def own_figures(request: SignedInRequest, month: Month | None = None) -> HttpResponse:
    """A field for each thing that one's team plays for in the month, with all that was entered for it before."""
    me, this_month = viewer_of(request).member, viewer_of(request).this_month
    months = months_to_enter(me, months_between(this_month - REACH_BACK, this_month))
    month = month or this_month
    if month not in months:
        raise Http404
    counters = list(own_counters(me, month))
    history = own_history(me, counters, month)
    known = {counter.pk: counter.own for counter in counters if counter.own is not None}
    asks_why = any(history[pk][0].typed_by_id != me.pk for pk in known)
    form = OwnFiguresForm(request.POST or None, counters, known, asks_why=asks_why)
    if form.is_valid():
        with refusal_in(form, "reason" if asks_why else None):
            reason = form.cleaned_data.get("reason", "")
            changed = actions.enter_own(me, month, form.values(), reason)
            nudge_team(counters[0].team_id)
            messages.success(request, _("Saved.") if changed else _("Nothing has changed."))
            return redirect("counter_board", counters[0].team.slug, month, counters[0].pk)
    context = {
        "form": form,
        "month": month,
        "before": _address(month - 1) if month - 1 in months else "",
        "after": _address(month + 1) if month + 1 in months else "",
        "team": counters[0].team,
        "is_closed": month in actions.closed_in(counters[0].team, [month], timezone.now()),
        "rows": [(counter, form[f"figure-{counter.pk}"], history[counter.pk]) for counter in counters],
    }
    return render(request, "submit/figures.html", context)


def _address(month: Month) -> str:
    return reverse("own_figures_of_month", args=[month])
