"""Readings: those one deals with, filing one, taking one back."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from teams.actions import submissions as actions
from teams.api.access import ApiRequest, Bearer
from teams.api.idempotency import once
from teams.api.paging import page_of
from teams.api.problems import cleaned, not_there
from teams.api.values import Body, month_of, number
from teams.forms.submission import SubmissionForm, WithdrawalForm
from teams.models import Member, Source, Submission
from teams.models.submissions import SubmissionQuerySet
from teams.rules.api import Scope
from teams.tasks import nudge

router = Router(tags=["readings"])


class Figures(Schema):
    """What LinkedIn's page says: the score of 0 to 100, its four pillars of 0 to 25, ranks and averages."""

    total: int | None = None
    brand: float | None = None
    people: float | None = None
    insights: float | None = None
    relationships: float | None = None
    industry_rank: int | None = None
    network_rank: int | None = None
    industry_average: int | None = None
    network_average: int | None = None


class ReadingOut(Figures):
    """A reading as it is stored. `state`: counting, corrected, withdrawn."""

    id: int
    member: int
    month: str
    taken_on: str
    source: str
    note: str
    typed_by: int
    typed_at: str
    is_confirmed: bool
    state: str
    corrects: int | None


class NewReading(Body, Figures):
    """A reading to file: one's own without `member`. `corrects` replaces one; somebody else's needs a `reason`.

    The score may be left out where the four pillars say it; the month, where it is that of the day.
    """

    taken_on: str
    member: int | None = None
    month: str | None = None
    note: str = ""
    corrects: int | None = None
    reason: str = ""


class Reason(Body):
    """Why; needed for somebody else's reading."""

    reason: str = ""


@router.get("/readings", response=list[ReadingOut], auth=Bearer(Scope.READ), summary="Readings")
def readings(
    request: ApiRequest,
    response: HttpResponse,
    member: int | None = None,
    month: str | None = None,
    before: int | None = None,
) -> list[ReadingOut]:
    """One's own, and those of the people one manages; the newest first. Others' scores stand on boards."""
    editable = _with_all(Submission.objects.editable_by(request.viewer.user))
    if member is not None:
        editable = editable.filter(member=member)
    if month is not None:
        editable = editable.filter(month=month_of(month))
    return [_reading(each) for each in page_of(request, response, editable, before)]


@router.get("/readings/{reading_id}", response=ReadingOut, auth=Bearer(Scope.READ), summary="One reading")
def reading(request: ApiRequest, reading_id: int) -> ReadingOut:
    """One of those that one deals with."""
    return _stored(request, reading_id)


@router.post("/readings", response={201: ReadingOut}, auth=Bearer(Scope.SUBMIT), summary="Submit a reading")
@once
def file_reading(request: ApiRequest, body: NewReading) -> tuple[int, ReadingOut]:
    """Store a score, one's own or of somebody one manages, or a correction of one; the same twice is stored once."""
    viewer = request.viewer
    if body.corrects is not None:
        corrected = get_object_or_404(Submission.objects.editable_by(viewer.user), pk=body.corrects)
        member, month = corrected.member, corrected.month
    else:
        corrected, member = None, _member(request, body.member)
        month = month_of(body.month) if body.month else None
    form = partial(SubmissionForm, needs_reason=corrected is not None and member != viewer.member)
    given = form({name: str(value) for name, value in body.dict().items() if value is not None})
    cleaned(given)
    submission = given.submission(member, viewer.member)
    submission.replaces, submission.month = corrected, month or submission.month
    if member == viewer.member:
        submission.source = Source.API
    done = actions.submit(submission)
    nudge(done.boards)
    return 201, _stored(request, done.submission.pk)


@router.post("/readings/{reading_id}/withdraw", response=ReadingOut, auth=Bearer(Scope.SUBMIT), summary="Take one back")
@once
def withdraw(request: ApiRequest, reading_id: int, body: Reason) -> tuple[int, ReadingOut]:
    """It no longer counts, and stays in the history."""
    viewer = request.viewer
    submission = get_object_or_404(Submission.objects.editable_by(viewer.user), pk=reading_id)
    data = cleaned(WithdrawalForm(body.dict(), needs_reason=submission.member != viewer.member))
    nudge(actions.withdraw(submission, viewer.member, data["reason"]))
    return 200, _stored(request, submission.pk)


def _member(request: ApiRequest, member_id: int | None) -> Member:
    """Whom it is for: oneself where one competes, or somebody whom one manages or managed lately."""
    viewer = request.viewer
    if member_id is None or member_id == viewer.member.pk:
        if not viewer.competing:
            raise not_there()
        return viewer.member
    return get_object_or_404(viewer.managed_lately(), pk=member_id)


def _with_all(rows: SubmissionQuerySet) -> SubmissionQuerySet:
    return rows.select_related("replaced_by", "withdrawal", "confirmation")


def _stored(request: ApiRequest, reading_id: int) -> ReadingOut:
    return _reading(get_object_or_404(_with_all(Submission.objects.editable_by(request.viewer.user)), pk=reading_id))


def _reading(stored: Submission) -> ReadingOut:
    has = {name: hasattr(stored, name) for name in ("replaced_by", "withdrawal", "confirmation")}
    state = "withdrawn" if has["withdrawal"] else "corrected" if has["replaced_by"] else "counting"
    pillars = {name: number(value) for name, value in stored.pillars.items()}
    return ReadingOut(
        id=stored.pk,
        member=stored.member_id,
        month=str(stored.month),
        taken_on=stored.taken_on.isoformat(),
        total=stored.total,
        **pillars,
        industry_rank=stored.industry_rank,
        network_rank=stored.network_rank,
        industry_average=stored.industry_average,
        network_average=stored.network_average,
        source=stored.source,
        note=stored.note,
        typed_by=stored.typed_by_id,
        typed_at=stored.typed_at.isoformat(),
        is_confirmed=has["confirmation"],
        state=state,
        corrects=stored.replaces_id,
    )
