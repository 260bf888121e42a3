"""What an import has stored, inviting whom it added, and how far the ranking is that follows."""

from typing import Any

from django.contrib import messages
from django.db.models import Max, Min
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from teams.actions.imports.added import added_by
from teams.actions.people.invitations import invite
from teams.forms.imports import InviteAddedForm
from teams.models import Board, Import, ImportPerson, ImportRow, ImportState, Member, Team, User
from teams.queries.people.viewer import Viewer
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.tasks import send_soon
from teams.views.shared.first_steps import next_step
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team, viewer_of


def result(upload: Import, viewer: Viewer) -> dict[str, Any]:
    """What was stored, in numbers, and what was not; what comes next."""
    rows = upload.rows.aggregate(first=Min("month"), last=Max("month"))
    added = [person.member for person in added_by(upload)]
    counts = upload.counts
    left_out = sum(counts.get(action, 0) for action in (ImportRow.Action.ERROR, ImportRow.Action.SKIPPED))
    return {
        "stored": upload.rows.count(),
        "first_month": rows["first"],
        "last_month": rows["last"],
        "added": added,
        "same": counts.get(ImportRow.Action.SAME, 0),
        "rows_left_out": left_out,
        "to_invite": [person.member for person in _to_invite(upload, viewer.user)],
        "next_step": next_step(viewer, upload.team),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def import_invite(request: SignedInRequest, import_id: int) -> HttpResponse:
    """Invite those whom an import added: an address each, as the file had it, or none."""
    imports = Import.objects.managed_by(request.user).select_related("team").filter(state=ImportState.DONE)
    upload = get_object_or_404(imports, pk=import_id)
    form = InviteAddedForm(_to_invite(upload, request.user), request.POST or None)
    if form.is_valid():
        sent = _invited(request, form)
        if sent:
            sentence = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", sent)
            messages.success(request, sentence % {"count": sent})
        if not form.errors:
            return redirect("team", upload.team.slug)
    return render(request, "team/imports/invite.html", {"upload": upload, "team": upload.team, "form": form})


@require_safe
def ranking(request: SignedInRequest, team: str) -> HttpResponse:
    """How many boards of a team are still to be ranked, asked by htmx until there are none; then who is in, too."""
    managed = managed_team(request, team)
    board = Board.objects.of(managed, Month.of(managed.organization.today()))
    context = {"team": managed, "waiting": boards_waiting(managed), "board": board}
    return render(request, "team/_ranked.html", context)


def boards_waiting(team: Team) -> int:
    """How many boards of a team are still to be ranked."""
    return Board.objects.filter(team=team).stale().count()


def _to_invite(upload: Import, user: User) -> list[ImportPerson]:
    """Those whom it added and whose login somebody manages still, as far as nobody has invited them."""
    waiting = Member.objects.login_managed_by(user).filter(user=None, invitation=None, deactivated_on=None)
    return list(added_by(upload).filter(member__in=waiting))


def _invited(request: SignedInRequest, form: InviteAddedForm) -> int:
    """How many invitations were made; each that was refused is said beside its address."""
    sent = []
    for member, name, email in form.addresses():
        try:
            sent.append(invite(member, email, viewer_of(request).member, timezone.now()).pk)
        except Refused as refused:
            form.add_error(name, _("%(member)s: %(reason)s") % {"member": member, "reason": refused})
    send_soon(*sent)
    return len(sent)
