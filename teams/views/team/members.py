"""The list of a team's members: a hundred at a time, by a word of their names, and what is done for several at once."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from teams.actions.people import several
from teams.actions.people.several import Outcome
from teams.forms.members import SeveralForm
from teams.forms.people import SearchForm
from teams.models import Board, Member, Membership, Team
from teams.models.people.members import called
from teams.queries.boards.table import BoardTable
from teams.queries.people.member_rows import member_row
from teams.queries.people.viewer import Viewer
from teams.rules.months import Month
from teams.tasks import deliver_soon, nudge, send_soon
from teams.views.shared.id_params import numbers
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team, viewer_of
from teams.words.delivery_reasons import grouped
from teams.words.figures import listed

ROWS_A_PAGE = 100
SEARCHED = 20
"""From so many people on a list is searched."""
DONE = {
    "role": gettext_lazy("Role “%(role)s” for %(people)s."),
    "plan": gettext_lazy("LinkedIn plan “%(plan)s” for %(people)s."),
    "invite": gettext_lazy("An invitation is on its way to %(people)s."),
    "remind": gettext_lazy("A reminder is on its way to %(people)s."),
}
"""What was done for several, by the button."""


def members_context(
    request: SignedInRequest, managed: Team, board: Board, table: BoardTable, others: list[Member]
) -> dict[str, Any]:
    """What the list of a team's members reads: of them and of the `others` below it whose logins the viewer manages."""
    search = SearchForm(request.GET)
    memberships = _memberships(request, managed, managed.organization.today(), search.words())
    may_remind = bool(board.pk and not (board.closed_at or board.is_history))
    silent = {absent.member.pk for absent in table.silent} if may_remind else set()
    logins = _logins_managed_by(viewer_of(request), [*(each.member for each in memberships), *others])
    return {
        "memberships": memberships,
        "rows": [member_row(each, board, viewer_of(request), silent, logins) for each in memberships],
        "search": search if search.words() or memberships.paginator.count >= SEARCHED else None,
        "logins": logins,
        "all_ticked": request.GET.get("ticked") == "all",
        "several": SeveralForm(auto_id="several-%s"),
    }


@require_POST
def change_several(request: SignedInRequest, team: str) -> HttpResponse:
    """Role, plan, invitation or reminder for the ticked; the page says for whom, and for whom not and why."""
    managed, form = managed_team(request, team), SeveralForm(request.POST)
    ticked = managed.memberships.active().filter(pk__in=numbers(request.POST.getlist("membership")))
    related = ["member__organization", "member__user", "team__organization"]
    chosen = list(ticked.select_related(*related).order_by("member__name__alphabetical"))
    if chosen and form.is_valid():
        wanted = form.cleaned_data
        _say(request, wanted, _changed(request, managed, chosen, wanted))
    else:
        messages.warning(request, _("Tick those whom it is for, and choose what to do."))
    query = request.GET.urlencode()
    return redirect(reverse("team", args=[managed.slug]) + (f"?{query}" if query else ""))


def _changed(request: SignedInRequest, managed: Team, chosen: list[Membership], wanted: dict[str, Any]) -> Outcome:
    """What became of each, and workers are on their way."""
    viewer, now, today = viewer_of(request), timezone.now(), managed.organization.today()
    if wanted["do"] == "invite":
        outcome = several.invite_again(chosen, viewer.member, request.user, now)
        send_soon(*outcome.ids)
    elif wanted["do"] == "remind":
        outcome = several.remind(chosen, Board.objects.of(managed, Month.of(today)), now)
        deliver_soon(outcome.ids)
    else:
        is_role = wanted["do"] == "role"
        outcome = (
            several.set_role(chosen, wanted["role"], today)
            if is_role
            else several.set_plan(chosen, wanted["plan"], today)
        )
        nudge(outcome.ids)
    return outcome


def _say(request: SignedInRequest, wanted: dict[str, Any], outcome: Outcome) -> None:
    """Name on the next page for whom it was done, and for whom not and why."""
    sentences = []
    if outcome.done:
        chosen = {key: wanted[key].label for key in ("role", "plan") if wanted[key]}
        sentences.append(DONE[wanted["do"]] % {**chosen, "people": listed(outcome.done)})
    if outcome.refused:
        refused = grouped((member, reason.removesuffix(".")) for member, reason in outcome.refused)
        sentences.append(_("Not for %(people)s.") % {"people": refused})
    messages.add_message(request, messages.WARNING if outcome.refused else messages.SUCCESS, " ".join(sentences))


def _memberships(request: SignedInRequest, managed: Team, today: date, words: str) -> Page:
    """A page of those who are in the team, by name; a team that fits one is not counted."""
    everybody = managed.memberships.active().filter(called(words, "member__"))
    ordered = everybody.with_people(today).order_by("member__name__alphabetical")
    first = list(ordered[: ROWS_A_PAGE + 1])
    return Paginator(ordered if len(first) > ROWS_A_PAGE else first, ROWS_A_PAGE).get_page(request.GET.get("page"))


def _logins_managed_by(viewer: Viewer, people: list[Member]) -> set[int]:
    """The ids of those among people of a managed team whom one may invite, deactivate and bring back.

    As `login_managed_by` has it, of people who are known to be inside; no query for an admin.
    """
    if viewer.member.is_admin:
        return {member.pk for member in people}
    ids = {member.pk for member in people if not member.is_admin}
    elsewhere = Membership.objects.belonging().filter(member__in=ids).exclude(team__in=viewer.managed_teams)
    return ids - set(elsewhere.values_list("member_id", flat=True))
