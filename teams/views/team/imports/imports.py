"""Importing scores from a file: choose it, see what it would do, answer, store, and take back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from teams.actions.imports import intake as actions
from teams.actions.imports import reading, storing
from teams.actions.imports.judging import counts, stores
from teams.actions.imports.tabs import in_order, layout_of, unused
from teams.actions.months.history import closing_of_history, months_filled
from teams.actions.people.known_names import candidates
from teams.forms.imports import ColumnsForm, EncodingForm, TableForm, UploadForm
from teams.models import Board, Import, ImportPerson, ImportRow, ImportSheet, ImportState, Team
from teams.rules.errors import Refused
from teams.tasks import nudge
from teams.tasks.imports import go_on_soon
from teams.views.shared.changes import refusal_as_message, refusal_in
from teams.views.shared.id_params import number, numbers
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of
from teams.views.team.imports.results import boards_waiting, result
from teams.words.translation import translated

ROWS, PEOPLE, PAST = 50, 25, 20
WORKING = (ImportState.READING, ImportState.STORING)
Action = ImportRow.Action


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: SignedInRequest, team: str) -> HttpResponse:
    """The imports of a team, and choosing a file for the next one."""
    teams = Team.objects.managed_by(request.user).select_related("organization")
    managed = get_object_or_404(teams, slug=team, organization=viewer_of(request).organization)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form, "file"):
            upload = actions.receive(managed, viewer_of(request).member, *form.named_content())
            go_on_soon(upload)
            return redirect("import", upload.pk)
    context = {
        "team": managed,
        "form": form,
        "past": managed.imports.select_related("by").defer("content")[:PAST],
        "open_history": Board.objects.history().filter(team=managed, closed_at=None).count(),
        "history_closes": managed.organization.local(closing_of_history(managed)),
    }
    return render(request, "team/imports/imports.html", context)


@require_safe
@vary_on_headers("HX-Request")
def one_import(request: SignedInRequest, import_id: int) -> HttpResponse:
    """Where an import stands; asked by htmx while a job has it, how far that is."""
    upload = _managed(request, import_id)
    if request.htmx:
        if upload.state in WORKING:
            return render(request, "team/imports/_progress.html", {"upload": upload, "progress": _progress(upload)})
        return HttpResponseClientRefresh()
    return _page(request, upload)


@require_POST
def import_columns(request: SignedInRequest, import_id: int) -> HttpResponse:
    """What the columns of a tab mean; the file is read anew."""
    upload = _managed(request, import_id)
    tab = _tab(request, upload)
    if upload.state not in (ImportState.ASKING, ImportState.READY):
        return redirect("import", upload.pk)
    form = ColumnsForm(tab, layout_of(tab), request.POST)
    if form.is_valid():
        with refusal_in(form):
            actions.answer(upload, tab.number, form.layout())
            go_on_soon(upload)
            return redirect("import", upload.pk)
    return _page(request, upload, form)


@require_POST
def import_table(request: SignedInRequest, import_id: int) -> HttpResponse:
    """In which encoding a text is, in which row of a tab the headings are, or that it is left out; it is read anew."""

    def look(upload: Import) -> None:
        if "letters" in request.POST:
            actions.choose_encoding(upload, _tab(request, upload).number, request.POST.get("encoding", ""))
            go_on_soon(upload)
            return
        form = TableForm(_tab(request, upload), request.POST)
        if not form.is_valid():
            raise Refused(_("Choose one of the rows that are shown."))
        if form.cleaned_data["leave_out"]:
            actions.leave_out(upload, form.cleaned_data["sheet"])
        else:
            actions.look_elsewhere(upload, form.cleaned_data["sheet"], form.cleaned_data["header"])
        go_on_soon(upload)

    return _do(request, import_id, look)


@require_POST
def import_people(request: SignedInRequest, import_id: int) -> HttpResponse:
    """Who the names are that nobody here has."""
    answers = {number(name.removeprefix("person-")): request.POST.get(name, "") for name in request.POST}
    choices = {person: choice for person, choice in answers.items() if person is not None}
    return _do(request, import_id, lambda upload: actions.choose_people(upload, choices))


@require_POST
def import_conflicts(request: SignedInRequest, import_id: int) -> HttpResponse:
    """Store which rows are to replace what is stored: those ticked of those shown; with `all`, every one or none."""
    row_ids = numbers(request.POST.getlist("row"))
    ticked = set(request.POST.getlist("replace"))
    every = request.POST.get("all")

    def choose(upload: Import) -> None:
        if every:
            actions.choose_all_conflicts(upload, replaces=every == "replace")
        else:
            actions.choose_conflicts(upload, {row: str(row) in ticked for row in row_ids})

    return _do(request, import_id, choose)


@require_POST
def import_mend(request: SignedInRequest, import_id: int) -> HttpResponse:
    """What should stand in a cell that cannot be read; back to the same rows."""
    row, text = number(request.POST.get("row", "")), request.POST.get("text", "")

    def mend(upload: Import) -> None:
        if row is None:
            raise Http404
        reading.mend(upload, row, text)

    response = _do(request, import_id, mend)
    return redirect(f"{response['Location']}?{request.GET.urlencode()}") if request.GET else response


@require_POST
def import_confirm(request: SignedInRequest, import_id: int) -> HttpResponse:
    """Have it stored."""

    def confirm(upload: Import) -> None:
        actions.confirm(upload, leaving_out_errors="leave_out" in request.POST)
        go_on_soon(upload)

    return _do(request, import_id, confirm)


@require_POST
def import_cancel(request: SignedInRequest, import_id: int) -> HttpResponse:
    """Forget a file that was not stored."""
    upload = _managed(request, import_id)
    with refusal_as_message(request):
        actions.cancel(upload)
        messages.success(request, _("The file is forgotten. Nothing of it was saved."))
        return redirect("imports", upload.team.slug)
    return redirect("import", upload.pk)


@require_POST
def import_take_back(request: SignedInRequest, import_id: int) -> HttpResponse:
    """Undo an import as a whole."""

    def take_back(upload: Import) -> None:
        nudge(storing.take_back(upload, viewer_of(request).member))
        messages.success(request, _("The import is taken back. Its readings stay readable and count no longer."))

    return _do(request, import_id, take_back)


def _managed(request: SignedInRequest, import_id: int) -> Import:
    managed = Import.objects.managed_by(request.user).select_related("team__organization", "by").defer("content")
    return get_object_or_404(managed, pk=import_id)


def _do(request: SignedInRequest, import_id: int, change: Callable[[Import], None]) -> HttpResponse:
    """Make a change and show the import again, with the reason where it is refused."""
    upload = _managed(request, import_id)
    with refusal_as_message(request):
        change(upload)
    return redirect("import", upload.pk)


def _progress(upload: Import) -> dict[str, int]:
    """How many rows of the tabs that are read were read so far."""
    rows = upload.sheets.filter(chosen=True).aggregate(read=Sum("rows_read"), total=Sum("rows_total"))
    rows_read, total = rows["read"] or 0, rows["total"] or 0
    return {"read": rows_read, "total": total, "percent": min(100 * rows_read // max(total, 1), 100)}


def _tab(request: SignedInRequest, upload: Import) -> ImportSheet:
    """The tab that a form is about; without one the first that is read."""
    chosen = number(request.POST.get("sheet", ""))
    tabs = upload.sheets.filter(chosen=True) if chosen is None else upload.sheets.filter(number=chosen)
    tab = tabs.first()
    if tab is None:
        raise Http404
    tab.upload = upload
    return tab


def _page(request: SignedInRequest, upload: Import, form: ColumnsForm | None = None) -> HttpResponse:
    context = {"upload": upload, "team": upload.team, "refused": form is not None}
    context |= _tabs(upload, form)
    if upload.state == ImportState.READING:
        context["progress"] = _progress(upload)
    if upload.state == ImportState.READY:
        context |= _preview(request, upload)
    if upload.state == ImportState.DONE:
        context |= result(upload, viewer_of(request))
    if upload.state in (ImportState.DONE, ImportState.TAKEN_BACK):
        context["waiting"] = boards_waiting(upload.team)
    return render(request, "team/imports/import.html", context)


def _tabs(upload: Import, form: ColumnsForm | None) -> dict:
    """The tabs of the file: those that are read with what may be said of each, and those that are left out."""
    sheets = in_order(upload.sheets.all())
    chosen_tabs = [tab for tab in sheets if tab.chosen]
    context = {"read": chosen_tabs, "left_out": [tab for tab in sheets if not tab.chosen], "several": len(sheets) > 1}
    if upload.state not in (ImportState.ASKING, ImportState.READY):
        return context
    questions: list[dict[str, Any]] = []
    for tab in chosen_tabs:
        tab.upload = upload
        layout = layout_of(tab)
        answered = form if form is not None and form.initial["sheet"] == tab.number else ColumnsForm(tab, layout)
        encoding = EncodingForm(tab) if tab.layout.get("readings") else None
        missing = [translated(each) for each in layout.missing()]
        question = {"tab": tab, "form": answered, "table": TableForm(tab), "encoding": encoding, "missing": missing}
        question["in_doubt"] = layout.in_doubt
        questions.append(question)
    return context | {
        "unused": [(tab, unused(tab), unused(tab, hidden=True)) for tab in chosen_tabs],
        "questions": questions,
        "missing": [each for question in questions for each in question["missing"]],
    }


def _preview(request: SignedInRequest, upload: Import) -> dict:
    """What storing would do: in numbers, who is unknown, and row by row."""
    counted = counts(upload)
    wanted_action = request.GET.get("show", "")
    wanted_action = wanted_action if wanted_action in Action.values else ""
    rows = upload.rows.select_related("person__member", "stored", "sheet", "part_of__sheet").prefetch_related(
        "parts__sheet"
    )
    rows = rows.filter(action=wanted_action) if wanted_action else rows
    unknown = upload.people.exclude(choice=ImportPerson.Choice.KNOWN).order_by("-choice", "name__alphabetical", "pk")
    replacing = upload.rows.filter(action=Action.CONFLICT, replaces=True).count()
    return {
        "counts": counted,
        "tabs": [("", _("All"), sum(counted.values()))]
        + [(action.value, action.label, counted[action]) for action in Action if counted.get(action)],
        "shown": wanted_action,
        "rows": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "unknown": Paginator(unknown, PEOPLE).get_page(request.GET.get("people")),
        "members": candidates(upload.team),
        "replacing": replacing,
        "readings": sum(counted.get(action, 0) for action in (Action.NEW, Action.MEMBER, Action.ADDS)) + replacing,
        "new_members": upload.people.filter(choice=ImportPerson.Choice.ADD, rows__action=Action.MEMBER)
        .distinct()
        .count(),
        "filled": months_filled(upload),
        "stores": stores(counted, replacing > 0),
    }
