"""One challenge: how everybody in it is doing, one's answer, and what its manager may do."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.actions.challenges import lifecycle as actions
from teams.actions.challenges import recalibration as recalibration_choices
from teams.actions.challenges import settling, unconfirmed
from teams.forms.challenges import LaterForm
from teams.models import Answer, Challenge, Debt, Entry, Recalibration, Team
from teams.models.challenges.recalibration_choices import Choice, NewFormulas, new_formulas
from teams.queries.challenges.page_rows import AskedRow, asked_row, progress_row
from teams.queries.challenges.rights import answerable, rights
from teams.queries.challenges.table import Book
from teams.queries.challenges.visibility import shown_entries, shown_teams
from teams.queries.people.viewer import Viewer
from teams.rules.challenges import recalibrating, stages
from teams.rules.challenges.settling import TeamProgress
from teams.rules.challenges.stages import Stage
from teams.rules.challenges.terms import ChallengeKind
from teams.rules.errors import Refused
from teams.rules.people.names import alphabetical
from teams.views.shared.id_params import number
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of
from teams.words import challenges as wording


@require_safe
def challenge(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """The rules, everybody's progress or the result, the stake, who was asked."""
    viewer = viewer_of(request)
    visible = Challenge.objects.visible_to(request.user).with_accepted()
    shown = get_object_or_404(visible, pk=challenge_id)
    entries = list(shown.entries.for_pages())
    teams = list(shown.teams.all())
    formulas = new_formulas(shown)
    may = rights(shown, entries, viewer.user)
    answers = _answerable(viewer, shown, entries)
    own = next((entry for entry in entries if entry.member_id == viewer.member.pk), None)
    figures = _figures(viewer, shown, entries, formulas, decides=may.decide)
    settlements = figures["settlements"]
    context = figures | {
        "challenge": shown,
        "stage": shown.stage,
        "said": wording.read_back(
            shown.terms(), maker=shown.maker.name, invited=_invited(shown, entries, teams), stake=shown.stake
        ),
        "debts": Debt.objects.in_result_of(shown) if shown.settled_at else [],
        "rows": [progress_row(row, shown, own) for row in figures["rows"]],
        "has_points": bool(shown.points),
        "confirmed_only": shown.confirmed_only,
        "asked": _asked(shown, entries, [entry for entry in answers if entry.member and entry != own]),
        "own": own,
        "answerable": answers,
        "may_join": own is None and _may_join(viewer, shown, teams),
        "runs": may.run,
        "waiting": _waiting(viewer, shown, figures["shown"]),
        "recalibrations": formulas.to_choose,
        "decides": may.decide,
        "choices": [Choice(each) for each in recalibrating.choices(shown.terms())],
        "chosen": formulas.chosen,
        "may_change": may.run and shown.stage in (Stage.INVITED, Stage.RUNNING),
        "amended": may.run and shown.settled_at and settling.amended_rows(shown, settlements[0][0]) is not None,
    }
    return render(request, "challenges/challenge.html", context)


@require_POST
def answer_challenge(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """Accept (`answer=yes`) or decline, for oneself, one's team, or a member without a login."""
    entries = Entry.objects.answerable_by(request.user).filter(challenge__sent_at__isnull=False)
    entry = get_object_or_404(entries, pk=entry_id)
    accepts = request.POST.get("answer") == "yes"
    return _do(
        request,
        entry.challenge_id,
        lambda: actions.answer(entry, viewer_of(request).member, timezone.now(), accepts=accepts),
        _("In. Good luck.") if accepts else _("Declined."),
    )


@require_POST
def join_challenge(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """Come in without having been asked."""
    shown = get_object_or_404(Challenge.objects.visible_to(request.user), pk=challenge_id)
    member = viewer_of(request).member
    return _do(request, shown.pk, lambda: actions.join(shown, member, timezone.now()), _("In. Good luck."))


@require_POST
def send_challenge(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """Send a draft."""
    run = _run(request, challenge_id)
    return _do(request, run.pk, lambda: actions.send(run, timezone.now()), str(wording.SENT))


@require_POST
def settle_again(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """A second result after an amendment; the first stays readable."""
    run, member = _run(request, challenge_id), viewer_of(request).member
    return _do(request, run.pk, lambda: settling.settle_again(run, member, timezone.now()), _("Settled again."))


@require_POST
def choose_after_recalibration(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """What a new formula of LinkedIn does to the challenge: `choice`, for one `recalibration`."""
    decides = get_object_or_404(Challenge.objects.decided_by(request.user), pk=challenge_id)
    marked = Recalibration.objects.filter(organization=decides.organization_id)
    recalibration = get_object_or_404(marked, pk=number(request.POST.get("recalibration", "")))
    choice, member = request.POST.get("choice", ""), viewer_of(request).member
    return _do(
        request,
        decides.pk,
        lambda: recalibration_choices.choose(decides, recalibration, choice, member, timezone.now()),
        _("Saved. Everybody sees it here."),
    )


@require_POST
def decide_unconfirmed(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """Count an entry's readings that nobody confirmed (`counts=yes`), or leave them out; never one's own."""
    decided = Challenge.objects.decided_by(request.user).filter(confirmed_only=True)
    entry = get_object_or_404(Entry.objects.accepted().filter(challenge__in=decided), pk=entry_id)
    counts, member = request.POST.get("counts") == "yes", viewer_of(request).member
    return _do(
        request,
        entry.challenge_id,
        lambda: unconfirmed.decide(entry, member, timezone.now(), counts=counts),
        _("Saved. Once all are decided, it is settled within five minutes."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_challenge(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """Another title, or a later end."""
    run = _run(request, challenge_id)
    form = LaterForm(request.POST or None, instance=run)
    if form.is_valid():
        return _do(request, run.pk, lambda: actions.edit(run, timezone.now(), **form.cleaned_data), _("Saved."))
    return render(request, "challenges/edit.html", {"form": form, "challenge": run})


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_challenge(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """Call it off, after a question; a draft is thrown away."""
    run = _run(request, challenge_id)
    if request.method != "POST":
        return render(request, "challenges/cancel.html", {"challenge": run})
    try:
        actions.cancel(run, timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("challenge", challenge_id)
    messages.success(request, _("It is called off.") if run.sent_at else _("The draft is gone."))
    return redirect("challenges")


def _run(request: SignedInRequest, challenge_id: int) -> Challenge:
    return get_object_or_404(Challenge.objects.run_by(request.user).with_accepted(), pk=challenge_id)


def _do(request: SignedInRequest, challenge_id: int, act: Callable[[], object], done: str) -> HttpResponse:
    """Call the action and go back to the challenge with what came of it."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("challenge", challenge_id)


def _invited(shown: Challenge, entries: list[Entry], teams: list[Team]) -> list[str]:
    """Who was asked, as the rules name them: the opponent, or the teams."""
    if shown.is_duel:
        return [str(entry) for entry in entries if entry.member_id != shown.maker_id]
    return [team.name for team in teams]


def _asked(shown: Challenge, entries: list[Entry], recordable: list[Entry]) -> list[tuple[AskedRow, Entry | None]]:
    """The row of everybody who was asked, with the entry where their answer may be recorded for them."""
    entry_by_pk = {entry.pk: entry for entry in recordable}
    return [(asked_row(entry, shown), entry_by_pk.get(entry.pk)) for entry in entries]


def _answerable(viewer: Viewer, shown: Challenge, entries: list[Entry]) -> list[Entry]:
    """Open invitations that the viewer may answer, in time; one's own too that was declined."""
    if shown.stage not in stages.OPEN or not stages.may_join(shown.terms(), shown.organization.today()):
        return []
    declined = [each for each in entries if each.answer == Answer.DECLINED and each.member_id == viewer.member.pk]
    return answerable([each for each in entries if each.answer == Answer.INVITED] + declined, viewer.user)


def _figures(
    viewer: Viewer, shown: Challenge, entries: list[Entry], formulas: NewFormulas, *, decides: bool
) -> dict[str, Any]:
    """Progress and results as far as the viewer sees them, and whether there is more."""
    running, in_teams = shown.stage in (Stage.RUNNING, Stage.GRACE), shown.kind == ChallengeKind.TEAMS
    book = Book.of([shown], entries, {shown.pk: formulas.decided}) if running or in_teams else None
    rows = book.rows(shown, timezone.now()) if book else []
    if in_teams:
        reps = {row.entry: len(row.progress.reps) for row in rows if isinstance(row.progress, TeamProgress)}
        seen = shown_teams(reps, viewer.managed_teams)
    else:
        seen = shown_entries(shown, entries, viewer.member, decides=decides)
    related = ["outcomes__entry__member", "outcomes__entry__team"]
    results = shown.settlements.prefetch_related(*related) if shown.settled_at else []
    settlements = [(each, [one for one in each.outcomes.all() if one.entry_id in seen]) for each in results]
    rows = [row for row in rows if running and row.entry.pk in seen]
    if not viewer.member.sees_ranks:
        rows = sorted(rows, key=lambda row: alphabetical(row.entry))
        settlements = [
            (each, sorted(outcomes, key=lambda one: alphabetical(one.entry))) for each, outcomes in settlements
        ]
    return {
        "rows": rows,
        "settlements": settlements,
        "shown": seen,
        "hides": (running or settlements) and any(each.pk not in seen for each in entries if each.answer == "accepted"),
        "sees_places": viewer.member.sees_ranks,
    }


def _waiting(viewer: Viewer, shown: Challenge, seen: set[int]) -> dict[str, Any] | None:
    """The entries whose result waits for a manager, and whether one may decide by now; None where nothing holds it."""
    if not shown.waits_for_confirmation:
        return None
    read_until = shown.grace_ends()
    return {
        "rows": [
            (row, unconfirmed.is_own(row.entry, viewer.member))
            for row in Book.of([shown]).awaiting_confirmation(shown, read_until)
            if row.entry.pk in seen
        ],
        "decide_from": read_until + stages.CONFIRMED_WITHIN,
        "decide_until": read_until + stages.DECIDED_WITHIN,
        "may_decide": timezone.now() >= read_until + stages.CONFIRMED_WITHIN,
    }


def _may_join(viewer: Viewer, shown: Challenge, teams: list[Team]) -> bool:
    """Whether somebody who was not asked may still come in."""
    in_time = shown.stage in (Stage.INVITED, Stage.RUNNING) and stages.may_join(
        shown.terms(), shown.organization.today()
    )
    theirs = viewer.competing and viewer.competing.team in teams
    return bool(in_time and theirs and not shown.is_duel and shown.kind != "teams" and viewer.member.accepts_challenges)
