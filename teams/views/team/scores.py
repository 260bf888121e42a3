"""A month's scores of everybody in one form: what is right of it is saved, what is not is marked."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from teams.actions.months.scores import file_readings
from teams.forms.month_scores import LABELS, MonthScoresForm
from teams.models import Board
from teams.queries.boards.month_scores import MonthScores, month_scores
from teams.rules.months import Month
from teams.rules.people.name_matching import Roster, Somebody
from teams.rules.sheets.pasted_scores import placed_scores
from teams.tasks import nudge
from teams.views.shared.first_steps import say_with_next_step
from teams.views.shared.id_params import number
from teams.views.shared.limits import limited
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of
from teams.views.team.months import begun_board

ROWS_A_PAGE = 50
"""People of a page, which has six fields for each."""


@require_http_methods(["GET", "HEAD", "POST"])
@limited("submit")
def enter_scores(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """A row for each who competes in the month; after `read` filled with what was pasted, and nothing saved."""
    board, me = begun_board(request, team, month), viewer_of(request).member
    reps = board.reps.distinct().order_by("name__alphabetical", "pk")
    page = Paginator(reps, ROWS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    scores = month_scores(board, list(page.object_list))
    reads = "read" in request.POST
    posted = request.POST if request.method == "POST" and not reads else None
    form = MonthScoresForm(posted, scores, me, is_closed=board.closed_at is not None)
    left_out: list[str] = []
    if reads:
        left_out = _fill(request, form, scores)
    elif posted is not None and _saved(request, form, board, page):
        return redirect(_next(page, board))
    context = {
        "board": board,
        "team": board.team,
        "month": month,
        "this_month": Month.of(board.team.organization.today()),
        "form": form,
        "page": page,
        "columns": LABELS,
        "left_out": left_out,
        "asks_why": board.closed_at is not None or bool(scores.current),
        "unsaved": sum(map(form.is_unsaved, form.rows)) if posted else 0,
    }
    return render(request, "team/months/scores.html", context)


def _next(page: Page, board: Board) -> str:
    """The address of the people after these, else of the month."""
    if page.has_next():
        scores = reverse("enter_scores", args=[board.team.slug, board.month])
        return f"{scores}?page={page.next_page_number()}"
    return reverse("team_month", args=[board.team.slug, board.month])


def _saved(request: SignedInRequest, form: MonthScoresForm, board: Board, page: Page) -> bool:
    """Whether all that was typed is saved; what is not stays in the form, with the reason beside it."""
    form.is_valid()
    submissions = form.submissions()
    filed = file_readings(board, submissions, form.by, timezone.now())
    nudge(filed.boards)
    saved = [each.member_id for each in submissions if each.member_id not in filed.problems]
    form.after(month_scores(board, list(page.object_list)), saved, filed.problems)
    is_done = not form.errors and not any(map(form.is_unsaved, form.rows))
    if filed.stored:
        sentence = ngettext("%(count)s score is saved.", "%(count)s scores are saved.", filed.stored)
        say_with_next_step(
            request, sentence % {"count": filed.stored}, board.team if is_done and not page.has_next() else None
        )
    elif is_done:
        messages.info(request, _("Nothing has changed."))
    return is_done


def _fill(request: SignedInRequest, form: MonthScoresForm, scores: MonthScores) -> list[str]:
    """Write what was pasted over what was typed; the rows of the paste that nobody could be found for."""
    roster = Roster(Somebody(rep.pk, rep.name) for rep in scores.reps)
    column, _dash, person = request.POST.get("from", "").partition("-")
    first = (number(person) or 0, column)
    placed = placed_scores(request.POST.get("pasted", ""), roster, scores.month, first)
    form.refill(request.POST, placed.texts)
    form.focus(*first)
    if placed.texts:
        people = len(placed.texts)
        sentence = ngettext("Filled in: %(count)s person.", "Filled in: %(count)s people.", people) % {"count": people}
        messages.info(request, sentence + " " + _("Nothing is saved yet: look at the numbers, then save them."))
    return placed.left_out
