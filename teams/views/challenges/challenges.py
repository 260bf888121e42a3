"""Challenges: those of one's teams, making one, and making a duel."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from teams.actions.challenges import lifecycle as actions
from teams.forms.challenges import ChallengeForm, DuelForm, PlayForm, begin_duel, copied
from teams.models import Answer, Challenge, Counter, Entry, Team
from teams.queries.challenges.rights import opponents_of
from teams.queries.challenges.table import cards, cards_of
from teams.queries.figures import playable_in
from teams.rules.challenges.presets import PRESETS, preset
from teams.rules.errors import Refused
from teams.views.shared.id_params import number
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of
from teams.words.challenges import SENT
from teams.words.translation import translated

OVER_SHOWN = 20


@require_safe
def challenges(request: SignedInRequest) -> HttpResponse:
    """The invitations that wait for an answer, and what runs; what is over comes when somebody scrolls to it."""
    viewer = viewer_of(request)
    unfinished = list(Challenge.objects.visible_to(request.user).unfinished().with_accepted())
    sent = {challenge.pk: challenge for challenge in unfinished if challenge.sent_at}
    entries = list(Entry.objects.concerning(request.user).filter(challenge__in=sent).select_related("team"))
    for entry in entries:
        entry.challenge = sent[entry.challenge_id]
    invitations = [entry for entry in entries if entry.answer == Answer.INVITED and entry.challenge.may_be_joined]
    invited_ids = {entry.challenge_id for entry in invitations}
    own = {entry.challenge_id: entry for entry in entries if entry.member_id}
    context = {
        "invitations": invitations,
        "running": cards_of([sent[pk] for pk in sent if pk not in invited_ids], own, viewer.member),
        "drafts": [challenge for challenge in unfinished if not challenge.sent_at],
        "may_make": bool(viewer.first_managed),
        "may_duel": viewer.competing is not None,
    }
    return render(request, "challenges/challenges.html", context)


@require_safe
@vary_on_headers("HX-Request")
def challenges_over(request: SignedInRequest) -> HttpResponse:
    """The last results, and what ended without one; for htmx only the part of the page of challenges."""
    over = Challenge.objects.visible_to(request.user).over()[:OVER_SHOWN]
    context = {"over": cards(over, viewer_of(request).member)}
    return render(request, "challenges/_over.html" if request.htmx else "challenges/over.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def new_challenge(request: SignedInRequest) -> HttpResponse:
    """Make one as a manager, for teams; `?preset=` and `?from=` fill the form in."""
    viewer = viewer_of(request)
    managed = Team.objects.managed_by(request.user)
    if not managed:
        raise Http404
    name = request.GET.get("preset", "plus-five")
    initial = preset(name, viewer.organization.today()) | {"teams": list(managed) if len(managed) == 1 else []}
    initial["title"] = translated(initial["title"])
    form = ChallengeForm(
        request.POST or None,
        maker=viewer.member,
        managed=managed,
        counters=Counter.objects.playable().filter(team__in=managed).select_related("team"),
        initial=_initial_values(request, initial),
    )
    return _show_or_create(
        request, form, {"presets": [(key, translated(title), key == name) for key, (title, _values) in PRESETS.items()]}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def new_duel(request: SignedInRequest) -> HttpResponse:
    """Make one as a rep, against a colleague of the team."""
    viewer = viewer_of(request)
    if not viewer.competing:
        raise Http404
    form = DuelForm(
        request.POST or None,
        maker=viewer.member,
        opponents=opponents_of(viewer.member, viewer.competing.team),
        counters=playable_in(viewer.competing.team),
        initial=_initial_values(request, begin_duel(viewer.member)),
    )
    return _show_or_create(request, form, {"is_duel": True})


def _initial_values(request: SignedInRequest, defaults: dict[str, Any]) -> dict[str, Any]:
    """The defaults of the form, or the values of the challenge that `?from=` names."""
    source_id = number(request.GET.get("from", ""))
    if source_id is None:
        return defaults
    source = get_object_or_404(Challenge.objects.run_by(request.user), pk=source_id)
    return copied(source, defaults)


def _show_or_create(request: SignedInRequest, form: PlayForm, context: dict[str, Any]) -> HttpResponse:
    """Show the form; where it is valid, read the rules back; create the challenge when just these rules were posted."""
    rules = form.read_back() if form.is_valid() else None
    has_read_them = rules is not None and "\n".join(rules) == _with_unix_newlines(request.POST.get("seen", ""))
    wants_it = "send" in request.POST or "draft" in request.POST
    if has_read_them and wants_it and (created := _create(request, form)):
        return redirect("challenge", created.pk)
    context |= {
        "form": form,
        "rules": rules,
        "rules_changed": wants_it and bool(rules) and not has_read_them,
        "is_filled": not form.is_bound and ("is_duel" not in context or form["opponent"].value()),
    }
    return render(request, "challenges/_read_back.html" if request.htmx else "challenges/new.html", context)


def _create(request: SignedInRequest, form: PlayForm) -> Challenge | None:
    """Make the challenge, sent or kept as a draft, and say so; None where a rule forbids it, and the form says why."""
    competing, opponent = viewer_of(request).competing, form.cleaned_data.get("opponent")
    teams = form.cleaned_data.get("teams") or ([competing.team] if competing else [])
    sent_at = None if "draft" in request.POST else timezone.now()
    try:
        challenge = actions.make_and_send(form.challenge(), teams, opponent, sent_at)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, SENT if challenge.sent_at else _("It is kept. Nobody sees it until you send it."))
    return challenge


def _with_unix_newlines(text: str) -> str:
    """The text with the line breaks that browsers send as CRLF."""
    return text.replace("\r\n", "\n")
