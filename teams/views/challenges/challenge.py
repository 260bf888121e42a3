"""One challenge: how everybody in it is doing, one's answer, and what its manager may do."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
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
from teams.models.challenges.recalibration_choices import Choice, new_formulas
from teams.queries.challenges.page_figures import Figures, figures_shown
from teams.queries.challenges.page_rows import AskedRow, asked_row, progress_row
from teams.queries.challenges.rights import Rights, answerable, rights
from teams.queries.challenges.table import Book
from teams.queries.people.viewer import Viewer
from teams.rules.challenges import recalibrating, stages
from teams.rules.challenges.stages import Stage
from teams.rules.challenges.terms import ChallengeKind
from teams.rules.errors import Refused
from teams.views.shared.id_params import number
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of
from teams.words import challenges as wording


@require_safe
def challenge(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """The rules, everybody's progress or the result, the stake, who was asked."""
    viewer = viewer_of(request)
    visible = Challenge.objects.visible_to(request.user).with_accepted()
    challenge = get_object_or_404(visible, pk=challenge_id)
    entries = list(challenge.entries.for_pages())
    prefetch_related_objects([challenge], "teams")
    teams = list(challenge.teams.all())
    formulas = new_formulas(challenge)
    granted = rights(challenge, entries, viewer.user)
    answers = _answerable(viewer, challenge, entries)
    own = next((entry for entry in entries if entry.member_id == viewer.member.pk), None)
    figures = figures_shown(viewer, challenge, entries, formulas, decides=granted.decide)
    context = {
        "challenge": challenge,
        "stage": challenge.stage,
        "rules": wording.read_back(
            challenge.terms(),
            maker=challenge.maker.name,
            invited=_invited_names(challenge, entries, teams),
            stake=challenge.stake,
        ),
        "rows": [progress_row(row, challenge, own) for row in figures.rows],
        "settlements": figures.settlements,
        "hides": figures.are_hidden,
        "sees_places": viewer.member.sees_ranks,
        "has_points": bool(challenge.points),
        "confirmed_only": challenge.confirmed_only,
        "debts": Debt.objects.in_result_of(challenge) if challenge.settled_at else [],
        "asked": _asked(challenge, entries, [entry for entry in answers if entry.member and entry != own]),
        "own": own,
        "answerable": answers,
        "may_join": own is None and _may_join(viewer, challenge, teams),
        "waiting": _waiting(viewer, challenge, figures.visible_ids),
        "recalibrations": formulas.to_choose,
        "chosen": formulas.chosen,
        **_of_managers(challenge, granted, figures),
    }
    return render(request, "challenges/challenge.html", context)


def _of_managers(challenge: Challenge, granted: Rights, figures: Figures) -> dict[str, Any]:
    """What whoever runs it may do, and what is to be chosen."""
    settled = granted.run and challenge.settled_at
    return {
        "runs": granted.run,
        "decides": granted.decide,
        "choices": [Choice(each) for each in recalibrating.choices(challenge.terms())],
        "may_change": granted.run and challenge.stage in (Stage.INVITED, Stage.RUNNING),
        "amended": settled and settling.amended_rows(challenge, figures.settlements[0][0]) is not None,
    }


@require_POST
def answer_challenge(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """Accept (`answer=yes`) or decline, for oneself, one's team, or a member without a login."""
    entries = Entry.objects.answerable_by(request.user).filter(challenge__sent_at__isnull=False)
    entry = get_object_or_404(entries, pk=entry_id)
    accepts = request.POST.get("answer") == "yes"
    return _redirect_after(
        request,
        entry.challenge_id,
        lambda: actions.answer(entry, viewer_of(request).member, timezone.now(), accepts=accepts),
        _("In. Good luck.") if accepts else _("Declined."),
    )


@require_POST
def join_challenge(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """Join a team challenge uninvited."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=challenge_id)
    member = viewer_of(request).member
    return _redirect_after(
        request, challenge.pk, lambda: actions.join(challenge, member, timezone.now()), _("In. Good luck.")
    )


@require_POST
def send_challenge(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """Send a draft."""
    challenge = _run_by_viewer(request, challenge_id)
    return _redirect_after(request, challenge.pk, lambda: actions.send(challenge, timezone.now()), str(wording.SENT))


@require_POST
def settle_again(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """Store a second result after an amendment; the first stays readable."""
    challenge, member = _run_by_viewer(request, challenge_id), viewer_of(request).member
    return _redirect_after(
        request,
        challenge.pk,
        lambda: settling.settle_again(challenge, member, timezone.now()),
        _("Settled again."),
    )


@require_POST
def choose_after_recalibration(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """Choose what a new formula of LinkedIn does to the challenge: `choice`, for one `recalibration`."""
    challenge = get_object_or_404(Challenge.objects.decided_by(request.user), pk=challenge_id)
    recalibrations = Recalibration.objects.filter(organization=challenge.organization_id)
    recalibration = get_object_or_404(recalibrations, pk=number(request.POST.get("recalibration", "")))
    choice, member = request.POST.get("choice", ""), viewer_of(request).member
    return _redirect_after(
        request,
        challenge.pk,
        lambda: recalibration_choices.choose(challenge, recalibration, choice, member, timezone.now()),
        _("Saved. Everybody sees it here."),
    )


@require_POST
def decide_unconfirmed(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """Count an entry's readings that nobody confirmed (`counts=yes`), or leave them out; never one's own."""
    challenges = Challenge.objects.decided_by(request.user).filter(confirmed_only=True)
    entry = get_object_or_404(Entry.objects.accepted().filter(challenge__in=challenges), pk=entry_id)
    counts, member = request.POST.get("counts") == "yes", viewer_of(request).member
    return _redirect_after(
        request,
        entry.challenge_id,
        lambda: unconfirmed.decide(entry, member, timezone.now(), counts=counts),
        _("Saved. Once all are decided, it is settled within five minutes."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_challenge(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """Change the title, or move the end to a later day."""
    challenge = _run_by_viewer(request, challenge_id)
    form = LaterForm(request.POST or None, instance=challenge)
    if form.is_valid():
        changes = form.cleaned_data
        return _redirect_after(
            request, challenge.pk, lambda: actions.edit(challenge, timezone.now(), **changes), _("Saved.")
        )
    return render(request, "challenges/edit.html", {"form": form, "challenge": challenge})


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_challenge(request: SignedInRequest, challenge_id: int) -> HttpResponse:
    """Call it off, after a question; a draft is thrown away."""
    challenge = _run_by_viewer(request, challenge_id)
    if request.method != "POST":
        return render(request, "challenges/cancel.html", {"challenge": challenge})
    try:
        actions.cancel(challenge, timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("challenge", challenge_id)
    messages.success(request, _("It is called off.") if challenge.sent_at else _("The draft is gone."))
    return redirect("challenges")


def _run_by_viewer(request: SignedInRequest, challenge_id: int) -> Challenge:
    """The challenge, for whoever runs it; 404 for others."""
    return get_object_or_404(Challenge.objects.run_by(request.user).with_accepted(), pk=challenge_id)


def _redirect_after(
    request: SignedInRequest, challenge_id: int, action: Callable[[], object], success_message: str
) -> HttpResponse:
    """Call the action and go back to the challenge, with the message or with why it was refused."""
    try:
        action()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, success_message)
    return redirect("challenge", challenge_id)


def _invited_names(challenge: Challenge, entries: list[Entry], teams: list[Team]) -> list[str]:
    """The names that the rules read back: the opponent's, or the teams'."""
    if challenge.is_duel:
        return [str(entry) for entry in entries if entry.member_id != challenge.maker_id]
    return [team.name for team in teams]


def _asked(challenge: Challenge, entries: list[Entry], recordable: list[Entry]) -> list[tuple[AskedRow, Entry | None]]:
    """The row of everybody who was asked, with the entry where their answer may be recorded for them."""
    entry_by_pk = {entry.pk: entry for entry in recordable}
    return [(asked_row(entry, challenge), entry_by_pk.get(entry.pk)) for entry in entries]


def _answerable(viewer: Viewer, challenge: Challenge, entries: list[Entry]) -> list[Entry]:
    """Open invitations that the viewer may answer, in time; one's own too that was declined."""
    if challenge.stage not in stages.OPEN or not challenge.may_be_joined:
        return []
    invited = [each for each in entries if each.answer == Answer.INVITED]
    declined = [each for each in entries if each.answer == Answer.DECLINED and each.member_id == viewer.member.pk]
    return answerable(invited + declined, viewer.user)


def _waiting(viewer: Viewer, challenge: Challenge, visible_ids: set[int]) -> dict[str, Any] | None:
    """The entries whose result waits for a manager, and whether one may decide by now; None where nothing holds it."""
    if not challenge.waits_for_confirmation:
        return None
    read_until = challenge.grace_ends()
    return {
        "rows": [
            (row, unconfirmed.is_own(row.entry, viewer.member))
            for row in Book.of([challenge]).awaiting_confirmation(challenge, read_until)
            if row.entry.pk in visible_ids
        ],
        "decide_from": read_until + stages.CONFIRMED_WITHIN,
        "decide_until": read_until + stages.DECIDED_WITHIN,
        "may_decide": timezone.now() >= read_until + stages.CONFIRMED_WITHIN,
    }


def _may_join(viewer: Viewer, challenge: Challenge, teams: list[Team]) -> bool:
    """Whether somebody who was not asked may still join."""
    return bool(
        challenge.stage in (Stage.INVITED, Stage.RUNNING)
        and challenge.may_be_joined
        and viewer.competing
        and viewer.competing.team in teams
        and not challenge.is_duel
        and challenge.kind != ChallengeKind.TEAMS
        and viewer.member.accepts_challenges
    )
