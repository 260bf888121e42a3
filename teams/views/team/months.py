"""A month for its manager: who is in, confirming readings, closing early and opening again, amending."""

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.actions.challenges.settling import settled_early
from teams.actions.confirmations import confirm
from teams.actions.messages.outbox import mornings_of
from teams.actions.months import closing
from teams.actions.months.reopening import open_month_again
from teams.actions.reminders import nudges
from teams.actions.reminders.nudges import last_reminders
from teams.forms.submission import SubmissionForm, WithdrawalForm
from teams.models import Board, Member, Submission
from teams.models.submissions import MEASURES
from teams.queries.boards.month_table import month_readings
from teams.queries.boards.table import board_table
from teams.rules.closing import may_close
from teams.rules.errors import Refused
from teams.rules.messages.delivery import Reason
from teams.rules.months import Month
from teams.tasks import deliver_soon, nudge, tell_soon
from teams.views.shared.id_params import number, numbers
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team, viewer_of
from teams.words.delivery_reasons import grouped, reason_words
from teams.words.figures import listed

ROWS_A_PAGE = 100


@require_safe
def team_month(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """Coverage, the silent, the readings with their flags, what became final and what was amended."""
    board = begun_board(request, team, month)
    organization, me = board.team.organization, viewer_of(request).member
    table = board_table(board, only_absent=True)
    page = Paginator(month_readings(board), ROWS_A_PAGE).get_page(request.GET.get("page"))
    waiting = [row for row in page if not row.is_confirmed]
    may_nudge = bool(board.pk and table.silent and not (board.closed_at or board.is_history))
    reminders = last_reminders(board.team, month) if may_nudge else {}
    out_of_reach = nudges.unreachable(board, timezone.now()) if may_nudge else {}
    context = {
        "board": board,
        "team": board.team,
        "month": month,
        "this_month": Month.of(organization.today()),
        "table": table,
        "apart": {"away": table.away, "no_access": table.no_access},
        "page": page,
        "waiting": waiting,
        "imported_by": listed(dict.fromkeys(row.typed_by for row in waiting if row.is_imported)),
        "others_wait": sum(row.member_id != me.pk for row in waiting),
        "confirmed": [row for row in page if row.is_confirmed],
        "me": me.pk,
        "closes": organization.local(organization.closes(month)),
        "is_history": board.is_history,
        "silent": [
            (absent, reminders.get(absent.member.pk), out_of_reach.get(absent.member.pk)) for absent in table.silent
        ],
        "may_nudge": may_nudge,
        "to_invite": _to_invite(board, out_of_reach),
        "reachable": sum(absent.member.pk not in out_of_reach for absent in table.silent),
        "may_close": _may_close(board),
        "tomorrow": organization.today() + timedelta(days=1),
        "told_on": _told_on(board, timezone.now()),
        "may_open": bool(board.closed_at and board.may_open_again(timezone.now())),
        "revisions": board.revisions.select_related("by", "member") if board.pk else [],
    }
    return render(request, "team/months/month.html", context)


def _to_invite(board: Board, out_of_reach: dict[int, Reason]) -> list[int]:
    """The ids of the memberships of those who have not accepted their invitation, or too late."""
    not_accepted = {Reason.INVITED, Reason.INVITATION_EXPIRED}
    people = [member for member, reason in out_of_reach.items() if reason in not_accepted]
    return (
        list(board.team.memberships.active().filter(member__in=people).values_list("pk", flat=True)) if people else []
    )


@require_POST
def nudge_silent(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """Remind the silent now, or only the one of the button; the page says what became of each."""
    board = begun_board(request, team, month)
    member_id = request.POST.get("member", "")
    one = number(member_id)
    if not board.pk or board.closed_at or board.is_history or (member_id and one is None):
        raise Http404
    nudged = nudges.nudge_silent(board, timezone.now(), None if one is None else [one])
    deliver_soon(nudged.sent)
    if nudged.sent:
        people = ", ".join(map(str, nudged.sent.values()))
        messages.success(request, _("A reminder is on its way to %(people)s.") % {"people": people})
    if nudged.passed:
        reasons = grouped((member, reason_words(reason)) for member, reason in nudged.passed)
        messages.warning(request, _("Not reminded: %(people)s.") % {"people": reasons})
    if not (nudged.sent or nudged.passed):
        messages.info(request, _("Nobody is silent: there is nobody to remind."))
    return redirect("team_month", board.team.slug, month)


@require_POST
def confirm_readings(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """Vouch for the ticked readings of the month, or for all that the page showed; one's own are left out."""
    board = begun_board(request, team, month)
    ticked = numbers(request.POST.getlist("shown" if "all" in request.POST else "reading"))
    readings = Submission.objects.filter(pk__in=ticked, member__in=board.reps, month=month)
    count = confirm(readings, viewer_of(request).member, [board.team])
    if count:
        sentence = ngettext("Confirmed: %(count)s reading.", "Confirmed: %(count)s readings.", count)
        messages.success(request, sentence % {"count": count})
    else:
        messages.warning(request, _("Tick the readings that you have checked."))
    return redirect("team_month", board.team.slug, month)


@require_http_methods(["GET", "HEAD", "POST"])
def close_month(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """Make the month final before its time, after a question that names what it ends."""
    board = begun_board(request, team, month)
    if not _may_close(board):
        raise Http404
    if request.method == "POST":
        closing.close_month(board.pk, timezone.now(), viewer_of(request).member)
        tell_soon()
        messages.success(request, _("The month is closed: its standings are final."))
        return redirect("team_month", board.team.slug, month)
    ending = closing.challenges_cut_short(board, board.team.organization.today())
    return render(
        request, "team/months/close.html", {"board": board, "team": board.team, "month": month, "ending": ending}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def open_month(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """Open the month again that somebody closed early, with a reason, after a question that names what goes on."""
    board, now = begun_board(request, team, month), timezone.now()
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _opened(request, board, now, form.cleaned_data["reason"]):
        messages.success(request, _("The month is open again: scores can be added and corrected."))
    if form.is_valid() or not (board.closed_at and board.may_open_again(now)):
        return redirect("team_month", board.team.slug, month)
    context = {
        "board": board,
        "team": board.team,
        "month": month,
        "form": form,
        "closes": board.team.organization.local(board.team.organization.closes(month)),
        "settled": settled_early(board, now),
    }
    return render(request, "team/months/open.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: SignedInRequest, team: str, month: Month, member_id: int) -> HttpResponse:
    """A new reading of somebody for a closed month, or none any more; with a reason, and both states kept."""
    board = begun_board(request, team, month)
    if not board.closed_at:
        raise Http404
    member = get_object_or_404(board.reps, pk=member_id)
    current = member.submissions.counting().filter(month=month).order_by("-taken_on", "-id").first()
    posted, withdraws = request.POST or None, "withdraw" in request.POST
    form = SubmissionForm(None if withdraws else posted, initial=_values(current, month), needs_reason=True)
    back = WithdrawalForm(posted if withdraws else None, prefix="back")
    if (form.is_valid() or back.is_valid()) and _amended(request, board, form, back, member, current):
        messages.success(request, _("Amended. The standings as they were stay readable."))
        return redirect("team_month", board.team.slug, month)
    context = {"board": board, "team": board.team, "month": month, "member": member, "current": current}
    return render(request, "team/months/amend.html", context | {"form": form, "back": back})


def begun_board(request: SignedInRequest, slug: str, month: Month) -> Board:
    """The board of a month that has begun."""
    team = managed_team(request, slug)
    if month > Month.of(team.organization.today()):
        raise Http404
    return Board.objects.of(team, month)


def _may_close(board: Board) -> bool:
    """Whether somebody may make it final before its time; history closes as a whole."""
    is_open = board.pk is not None and board.closed_at is None and not board.is_history
    return is_open and may_close(board.month, board.team.organization.today())


def _told_on(board: Board, now: datetime) -> list[date]:
    """The days on which the mails about a closing go out, each at its reader's hour; none where all have gone."""
    if not board.closed_at or board.is_history:
        return []
    mornings = mornings_of(board.team, board.closed_at)
    days = sorted({morning.date() for morning in mornings})
    return days if max(mornings, default=now) > now else []


def _opened(request: SignedInRequest, board: Board, now: datetime, reason: str) -> bool:
    """Whether the month is open again; where a rule forbids it, the page says why."""
    try:
        nudge(open_month_again(board.pk, now, viewer_of(request).member, reason))
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    return True


def _amended(
    request: SignedInRequest,
    board: Board,
    form: SubmissionForm,
    back: WithdrawalForm,
    member: Member,
    current: Submission | None,
) -> bool:
    """Whether what one of the forms asks for is stored; where a rule forbids it, the page says why."""
    me, now = viewer_of(request).member, timezone.now()
    try:
        if back.is_bound and current:
            nudge(closing.amend_by_withdrawing(board, current, me, back.cleaned_data["reason"], now))
        elif form.is_bound:
            submission = form.submission(member, me)
            submission.replaces = current
            nudge(closing.amend(board, submission, now))
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    return form.is_bound or current is not None


def _values(submission: Submission | None, month: Month) -> dict:
    """The reading that counts as initial values; without one only the month's last day."""
    if submission is None:
        return {"taken_on": month.last_day}
    return {field: getattr(submission, field) for field in ["taken_on", *MEASURES, "note"]}
