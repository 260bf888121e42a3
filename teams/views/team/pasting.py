"""A pasted list of people: what each line would do, and adding those that stay ticked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teams.actions.people import pasting
from teams.forms.members import PasteForm
from teams.models import Team
from teams.rules.people.people_list import Line, read_people, to_correct
from teams.tasks import nudge, send_soon
from teams.views.shared.first_steps import say_with_next_step
from teams.views.shared.limits import limited
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
@limited("paste")
def paste_members(request: SignedInRequest, team: str) -> HttpResponse:
    """Show what a list would do; with `add` add whom its ticks name, and invite whoever has an address.

    Lines that have to be corrected stay in the field, each with its reason.
    """
    managed = managed_team(request, team)
    form = PasteForm(request.POST or None)
    if not form.is_valid():
        return render(request, "team/paste.html", {"team": managed, "form": form})
    lines = form.cleaned_data["people"]
    ticked = _ticked(request, lines)
    if "add" in request.POST and ticked:
        left_out = to_correct(pasting.judge(managed, lines))
        _add(request, managed, ticked)
        if not left_out:
            return redirect(f"{reverse('team', args=[managed.slug])}?ranking=yes")
        text = "\n".join(line.text for line in left_out)
        form, lines = PasteForm(initial={"people": text}), read_people(text)
    elif "add" in request.POST:
        messages.error(request, _("Tick whoever is to be added."))
    judged = list(enumerate(pasting.judge(managed, lines)))
    new = [line for _, (line, verdict, _) in judged if verdict.may_be_added]
    context = {"team": managed, "form": form, "judged": judged, "new": len(new), "is_rest": not form.is_bound}
    return render(request, "team/paste.html", context)


def _add(request: SignedInRequest, managed: Team, ticked: list[Line]) -> None:
    """Add and invite them, and say what became of it; workers are on their way."""
    people = [line.person for line in ticked if line.person]
    added = pasting.add_people(managed, people, viewer_of(request).member, timezone.now())
    send_soon(*(member.invitation.pk for member in added.invited))
    nudge(managed.boards.stale().values_list("pk", flat=True))
    say_with_next_step(request, _result(added), managed)


def _ticked(request: SignedInRequest, lines: list[Line]) -> list[Line]:
    """The lines whose places in the list are ticked."""
    places = set(request.POST.getlist("line"))
    return [line for place, line in enumerate(lines) if str(place) in places]


def _result(added: pasting.Added) -> str:
    """What became of the list, in a sentence or three."""
    sentences = [
        _("New in the team: %(added)s, invited of them: %(invited)s.")
        % {"added": len(added.members), "invited": len(added.invited)}
    ]
    waiting = [member for member in added.members if member not in added.invited]
    if added.known:
        sentences.append(_("Already here: %(names)s.") % {"names": ", ".join(added.known[:20])})
    if waiting and added.invited:
        sentences.append(_("The others have “Invite” beside their name."))
    return " ".join(sentences)
