"""Business figures of a team: what is counted, a month to type, a file to import, and all that beside the scores."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions import counters
from teams.actions import figures as actions
from teams.forms.figures import CounterForm, MonthOfFiguresForm
from teams.forms.imports import UploadForm
from teams.models import Counter, FigureSource, Member
from teams.models.figures import dots_of
from teams.rules.insights.correlation import FEWEST, spearman
from teams.rules.months import Month, months_between
from teams.tasks import nudge_team
from teams.views.shared.changes import refusal_as_message, refusal_in
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team, viewer_of

MONTHS = 12
LOOKED_AT = "figures"
"""The purpose of a signed list of figures that somebody has looked at."""


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: SignedInRequest, team: str) -> HttpResponse:
    """What a team counts, and a form for one more."""
    managed = managed_team(request, team)
    form = CounterForm(request.POST or None)
    if form.is_valid():
        with refusal_in(form, "name"):
            counter = actions.make_counter(managed, **form.cleaned_data)
            return redirect("figures_of_month", counter.pk, _last_month(request))
    return render(
        request, "team/figures/figures.html", {"team": managed, "counters": managed.counters.all(), "form": form}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: SignedInRequest, counter_id: int) -> HttpResponse:
    """The figures against the scores, of a year or of one month; posted to, another name."""
    counted = _counter(request, counter_id)
    form = CounterForm(request.POST or None, initial={"name": counted.name, "unit": counted.unit})
    if form.is_valid():
        with refusal_in(form, "name"):
            actions.rename_counter(counted, **form.cleaned_data)
            return redirect("counter", counted.pk)
        counted.refresh_from_db(fields=["name", "unit"])
    this_month = viewer_of(request).this_month
    year = months_between(this_month - (MONTHS - 1), this_month)
    month = _month_of(request, year)
    dots = dots_of(counted, [month] if month else year)
    context = {
        "counter": counted,
        "team": counted.team,
        "form": form,
        "month": month,
        "months": year[::-1],
        "this_month": this_month,
        "last_month": this_month - 1,
        "dots": dots,
        "correlation": spearman([(float(dot.score), float(dot.figure)) for dot in dots]),
        "fewest": FEWEST,
    }
    return render(request, "team/figures/counter.html", context)


@require_POST
def set_playable(request: SignedInRequest, counter_id: int) -> HttpResponse:
    """Let reps enter it themselves and give it a board; or end that."""
    counted = _counter(request, counter_id)
    with refusal_as_message(request):
        if counters.set_playable(counted, playable="playable" in request.POST).playable:
            sentence = _("%(counter)s has a board now, and each rep enters their own figure on Today.")
        else:
            sentence = _("Only managers enter %(counter)s now. What was entered stays.")
        messages.success(request, sentence % {"counter": counted})
    return redirect("counter", counted.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def figures_of_month(request: SignedInRequest, counter_id: int, month: Month) -> HttpResponse:
    """One form with a field for each rep of the month."""
    counted = _counter(request, counter_id)
    if not viewer_of(request).may_open(month):
        raise Http404
    current = {figure.member_id: figure for figure in counted.figures.filter(month=month).current().with_typists()}
    known = {member: figure.value for member, figure in current.items() if figure.value is not None}
    reps = (Member.objects.competing_in(counted.team, month) | Member.objects.filter(pk__in=known)).distinct()
    form = MonthOfFiguresForm(request.POST or None, reps, known, asks_why=counted.playable)
    if form.is_valid():
        with refusal_in(form, "reason" if counted.playable else None):
            reason = form.cleaned_data.get("reason", "")
            stored = actions.store_figures(counted, form.cells(month), viewer_of(request).member, reason=reason)
            nudge_team(counted.team_id)
            messages.success(request, _said(stored))
            return redirect("counter", counted.pk)
    context = {
        "counter": counted,
        "team": counted.team,
        "month": month,
        "this_month": viewer_of(request).this_month,
        "form": form,
        "rows": [(field, current.get(int(field.name.removeprefix("figure-")))) for field in form.figures()],
    }
    return render(request, "team/figures/month.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_figures(request: SignedInRequest, counter_id: int) -> HttpResponse:
    """A file, then what it would do, then stored. Between the two the figures are in the page, signed."""
    counted = _counter(request, counter_id)
    if "figures" in request.POST:
        return _store(request, counted)
    form = UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"counter": counted, "team": counted.team, "form": form}
    if request.method == "POST" and form.is_valid():
        this_month = Month.of(counted.team.organization.today())
        with refusal_in(form, "file"):
            looked = actions.preview_figures(counted, viewer_of(request).member, *form.named_content(), this_month)
            context |= _looked_at(counted, looked)
    return render(request, "team/figures/import.html", context)


def _looked_at(counted: Counter, looked: actions.Looked) -> dict[str, Any]:
    """What a file would do, and that again as a signed text."""
    lines = looked.lines
    stored = [line for line in lines if line.does in ("new", "other")]
    cells = [[line.member.pk, str(line.found.month), str(line.found.value)] for line in stored if line.member]
    return {
        "looked": looked,
        "stored": stored,
        "same": sum(line.does == "same" for line in lines),
        "problems": [line for line in lines if line.problem],
        "signed": signing.dumps([counted.pk, cells], salt=LOOKED_AT, compress=True),
    }


def _store(request: SignedInRequest, counted: Counter) -> HttpResponse:
    try:
        counter_id, cells = signing.loads(request.POST["figures"], salt=LOOKED_AT, max_age=24 * 3600)
    except signing.BadSignature:
        counter_id, cells = None, []
    if counter_id != counted.pk:
        messages.error(request, _("That was too long ago. Choose the file again."))
        return redirect("import_figures", counted.pk)
    figures = {(member, Month.parse(month)): Decimal(value) for member, month, value in cells}
    reason = request.POST.get("reason", "").strip()[:200]
    with refusal_as_message(request):
        me = viewer_of(request).member
        stored = actions.store_figures(counted, figures, me, reason=reason, source=FigureSource.IMPORT)
        nudge_team(counted.team_id)
        messages.success(request, _said(stored))
        return redirect("counter", counted.pk)
    return redirect("import_figures", counted.pk)


def _counter(request: SignedInRequest, counter_id: int) -> Counter:
    return get_object_or_404(Counter.objects.managed_by(request.user), pk=counter_id)


def _last_month(request: SignedInRequest) -> Month:
    return Month.of(viewer_of(request).organization.today()) - 1


def _month_of(request: SignedInRequest, months: list[Month]) -> Month | None:
    """The one month that is asked for; None for all; 404 for others."""
    wanted_month = request.GET.get("month", "")
    if not wanted_month:
        return None
    month = next((month for month in months if str(month) == wanted_month), None)
    if month is None:
        raise Http404
    return month


def _said(stored: int) -> str:
    if not stored:
        return _("Nothing has changed.")
    return ngettext("%(count)s figure is saved.", "%(count)s figures are saved.", stored) % {"count": stored}
