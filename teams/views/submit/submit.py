"""Submitting a reading: paste, confirm; or type. Also correcting and withdrawing one."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teams.actions import submissions
from teams.forms.submission import SubmissionForm, WithdrawalForm, filled_in, marked, read
from teams.models import Board, Member, Submission
from teams.models.submissions import MEASURES
from teams.queries.figures import own_counters
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.rules.scores import REACH_BACK
from teams.tasks import nudge
from teams.views.shared.limits import limited
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of
from teams.words.figures import day, month_name


def pasted(request: SignedInRequest) -> bool:
    """Whether a text is to be read."""
    return "read" in request.POST


@require_http_methods(["GET", "HEAD", "POST"])
@limited("submit")
@limited("paste", when=pasted)
def submit(request: SignedInRequest, member_id: int | None = None) -> HttpResponse:
    """For oneself, by those who compete; or by a manager for somebody."""
    viewer = viewer_of(request)
    if not member_id and not viewer.competing:
        raise Http404
    member = get_object_or_404(viewer.managed_lately(), pk=member_id) if member_id else viewer.member
    closed, chosen = _closed_this_month(request, member, viewer.this_month), request.POST.get("month", "")
    months = cache(lambda: _months_of(viewer.member, member, chosen))
    return _edit(request, member, late_months=months, closed=closed)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("submit")
@limited("paste", when=pasted)
def correct(request: SignedInRequest, submission_id: int) -> HttpResponse:
    """A new reading that replaces one; somebody else's needs a reason."""
    submissions = Submission.objects.editable_by(request.user)
    if request.method != "POST":  # a second click finds it corrected, and is told so by the action
        submissions = submissions.counting()
    corrected = get_object_or_404(submissions, pk=submission_id)
    return _is_final(request, corrected) or _edit(request, corrected.member, corrected=corrected)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, submission_id: int) -> HttpResponse:
    """Take a reading back, after a question."""
    submission = get_object_or_404(Submission.objects.editable_by(request.user), pk=submission_id)
    if final := _is_final(request, submission):
        return final
    me = viewer_of(request).member
    own = submission.member == me
    form = WithdrawalForm(request.POST if request.method == "POST" else None, needs_reason=not own)
    if form.is_valid():
        try:
            nudge(submissions.withdraw(submission, me, form.cleaned_data["reason"]))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The reading of %(day)s no longer counts.") % {"day": day(submission.taken_on)})
            return redirect("rep", submission.member_id)
    return render(request, "submit/withdraw.html", {"submission": submission, "own": own, "form": form})


def stored(form: SubmissionForm, submission: Submission) -> Submission | None:
    """The reading that stands now, with a worker nudged; where a rule forbids it None, and the form says why."""
    try:
        done = submissions.submit(submission)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    nudge(done.boards)
    return done.submission


def late_months(member: Member, chosen: str = "") -> list[Month]:
    """Earlier months, at most three back, that are open and in which the member has no reading.

    The chosen one stays among them: on a second click it is filled, and the action knows by what.
    """
    this_month = Month.of(member.organization.today())
    months = [this_month - back for back in range(1, REACH_BACK + 1)]
    filled = set(member.submissions.counting().filter(month__in=months).values_list("month", flat=True))
    closed = submissions.closed_months(member, months, timezone.now())
    return [month for month in months if str(month) == chosen or month not in filled | closed]


def _months_of(me: Member, member: Member, chosen: str) -> list[Month]:
    """Those of the late months in which I deal with the member's readings."""
    return [month for month in late_months(member, chosen) if submissions.may_edit_readings_of(me, member, month)]


def _closed_this_month(request: SignedInRequest, member: Member, this_month: Month) -> Board | None:
    """The board of this month that takes no reading of the member any more; of what is saved the action knows."""
    saves = request.method == "POST" and not pasted(request)
    if saves or this_month not in submissions.closed_months(member, [this_month], timezone.now()):
        return None
    return Board.objects.closed_for(member.pk, this_month).select_related("team").first()


def _is_final(request: SignedInRequest, submission: Submission) -> HttpResponse | None:
    """The way back from a form that could change nothing, because the reading's month is closed."""
    month = submission.month
    if request.method == "POST" or not submissions.closed_months(submission.member, [month], timezone.now()):
        return None
    messages.info(request, _("%(month)s is closed: its standings are final.") % {"month": month_name(month)})
    return redirect("rep", submission.member_id)


def _edit(
    request: SignedInRequest,
    member: Member,
    *,
    late_months: Callable[[], Sequence[Month]] | None = None,
    closed: Board | None = None,
    corrected: Submission | None = None,
) -> HttpResponse:
    """The form; after `read` filled from what was pasted; stored when it is posted without."""
    me = viewer_of(request).member
    needs_reason = corrected is not None and member != me
    form_of = partial(SubmissionForm, late_months=late_months, only_late=closed is not None, needs_reason=needs_reason)
    reading, initial = None, {"taken_on": member.organization.today()} | _values(corrected)
    if request.method != "POST":
        form = form_of(initial=initial)
    elif "read" in request.POST:
        reading = read(request.POST)
        form = form_of(initial=initial | request.POST.dict() | filled_in(reading, request.POST))
    else:
        form = form_of(request.POST)
        if form.is_valid() and (done := stored(form, _submission(form, member, me, corrected))):
            return _after(request, done, me)
    return render(
        request,
        "submit/submit.html",
        {
            "form": form,
            "reading": reading,
            "doubtful": marked(form, reading),
            "pasted": request.POST.get("pasted", ""),
            "words": request.POST.get("words", ""),
            "member": member,
            "own": member == me,
            "counters": own_counters(me, viewer_of(request).this_month) if member == me and not corrected else [],
            "corrected": corrected,
            "closed": closed,
            "may_amend": closed is not None and viewer_of(request).manages(closed.team),
        },
    )


def _submission(form: SubmissionForm, member: Member, typed_by: Member, corrected: Submission | None) -> Submission:
    """What was typed; a correction stays in the month of what it corrects."""
    submission = form.submission(member, typed_by)
    if corrected:
        submission.replaces, submission.month = corrected, corrected.month
    return submission


def _values(submission: Submission | None) -> dict[str, Any]:
    """A stored reading as initial values."""
    return {field: getattr(submission, field) for field in ["taken_on", *MEASURES, "note"]} if submission else {}


def _after(request: SignedInRequest, submission: Submission, me: Member) -> HttpResponse:
    """To the moment of one's own score, or to the page of whoever it was entered for."""
    if submission.member == me:
        return redirect("saved", submission.pk)
    thanks = _("Saved: %(total)s for %(member)s.") % {"total": submission.total, "member": submission.member}
    messages.success(request, thanks)
    return redirect("rep", submission.member_id)
