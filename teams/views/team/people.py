"""One person in a team, as the manager decides: role, team, whether they are in at all."""

from datetime import timedelta

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions.people import memberships
from teams.forms.members import InvitationForm, JoinForm, LeavingForm, MembershipForm, MoveForm
from teams.models import Display, Member, Membership, Plan, Role
from teams.views.shared.changes import refusal_as_message, say_with_undo, went_through
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import back_to_team, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: SignedInRequest, membership_id: int) -> HttpResponse:
    """Role, competing and plan; and all that a manager can do with somebody."""
    managed = _managed(request, membership_id)
    form = MembershipForm.of(managed, request.POST or None)
    if form.is_valid() and _store(request, managed, **form.cleaned_data):
        return redirect("team", managed.team.slug)
    return _page(request, managed, form=form)


@require_POST
def move_member(request: SignedInRequest, membership_id: int) -> HttpResponse:
    """To another team that one manages too."""
    managed = _managed(request, membership_id)
    form = MoveForm(request.POST, managed, viewer_of(request).managed_teams)
    if not form.is_valid():
        return _page(request, managed, move_form=form)
    to, today = form.cleaned_data["team"], viewer_of(request).organization.today()
    if went_through(request, lambda: memberships.move_member(managed, to, today)):
        messages.success(
            request, _("%(member)s is in %(team)s from today on.") % {"member": managed.member, "team": to}
        )
    return redirect("team", managed.team.slug)


@require_POST
def join_team(request: SignedInRequest, member_id: int) -> HttpResponse:
    """A team for somebody who is in none; admins only."""
    member = get_object_or_404(Member.objects.administered_by(request.user), pk=member_id)
    viewer = viewer_of(request)
    form = JoinForm(request.POST, member, viewer.managed_teams)
    if not form.is_valid():
        messages.error(request, _("Choose a team and a role."))
        return redirect("teams")
    team, role = form.cleaned_data["team"], form.cleaned_data["role"]
    if went_through(request, lambda: memberships.join_team(member, team, role, viewer.organization.today())):
        messages.success(request, _("%(name)s is in %(team)s from today on.") % {"name": member, "team": team})
    return redirect("teams")


@require_POST
def end_membership(request: SignedInRequest, membership_id: int) -> HttpResponse:
    """Out of this team, but not of the others."""
    managed = _managed(request, membership_id)
    today, form = viewer_of(request).organization.today(), LeavingForm(request.POST)
    if not form.is_valid():
        return _page(request, managed, leaving_form=form)
    if went_through(request, lambda: memberships.end_membership(managed, today, form.cleaned_data["left_on"])):
        messages.success(
            request, _("%(member)s is not in %(team)s any more.") % {"member": managed.member, "team": managed.team}
        )
    return redirect("team", managed.team.slug)


@require_POST
def deactivate(request: SignedInRequest, member_id: int) -> HttpResponse:
    """Out of every team and signed out; whoever is no admin does so only with people of their own teams."""
    member = get_object_or_404(Member.objects.login_managed_by(request.user), pk=member_id)
    viewer, form, page = viewer_of(request), LeavingForm(request.POST), back_to_team(request, member)
    if not form.is_valid():
        messages.error(request, _("Write the day on which they left like 2026-12-24, or leave it empty."))
        return page
    left_on = form.cleaned_data["left_on"]
    if went_through(
        request, lambda: memberships.deactivate(member, viewer.member, viewer.organization.today(), left_on)
    ):
        sentence = _("%(member)s is deactivated. What they submitted is kept.") % {"member": member}
        say_with_undo(request, sentence, reverse("undo_deactivation", args=[member.pk]))
    return page


@require_POST
def undo_deactivation(request: SignedInRequest, member_id: int) -> HttpResponse:
    """As if the deactivation had not been; on its day only."""
    member = get_object_or_404(Member.objects.login_managed_by(request.user), pk=member_id)
    if went_through(request, lambda: memberships.undo_deactivation(member, viewer_of(request).organization.today())):
        messages.success(request, _("%(member)s is back, as if nothing had been.") % {"member": member})
        if Display.objects.unpaired_since(timezone.now() - timedelta(days=1), member).exists():
            messages.info(request, _("Wall screens that they had paired show a code: pair them again."))
    return back_to_team(request, member)


@require_POST
def reactivate(request: SignedInRequest, member_id: int) -> HttpResponse:
    """Back where the deactivation took them from."""
    member = get_object_or_404(Member.objects.login_managed_by(request.user), pk=member_id)
    if went_through(request, lambda: memberships.reactivate(member, viewer_of(request).organization.today())):
        messages.success(request, _("%(member)s is back.") % {"member": member})
    return back_to_team(request, member)


@require_POST
def set_admin(request: SignedInRequest, member_id: int) -> HttpResponse:
    """Make an admin (`admin=yes`) or no longer; admins only, after their password."""
    return _set_admin(request, get_object_or_404(Member.objects.administered_by(request.user), pk=member_id))


@reauthentication_required
def _set_admin(request: SignedInRequest, member: Member) -> HttpResponse:
    raised = request.POST.get("admin") == "yes"
    with refusal_as_message(request):
        memberships.set_admin(member, is_admin=raised)
        sentence = _("%(member)s is an admin.") if raised else _("%(member)s is no admin any more.")
        messages.success(request, sentence % {"member": member})
    return redirect("today" if member == viewer_of(request).member else "teams")


def _store(request: SignedInRequest, managed: Membership, *, role: Role, competing: bool, plan: Plan) -> bool:
    today = viewer_of(request).organization.today()
    stored = went_through(
        request,
        lambda: memberships.change_membership(managed, role=role, competing=competing, plan=plan, today=today),
    )
    if stored:
        messages.success(request, _("Saved."))
    return stored


def _managed(request: SignedInRequest, membership_id: int) -> Membership:
    related = ["team__organization", "member__user", "member__organization", "member__invitation"]
    return get_object_or_404(Membership.objects.managed_by(request.user).select_related(*related), pk=membership_id)


def _page(request: SignedInRequest, managed: Membership, **forms: object) -> HttpResponse:
    """The page, with whatever form has errors."""
    viewer, person = viewer_of(request), managed.member
    invitation = getattr(person, "invitation", None)
    movable = len(viewer.managed_teams) > 1
    context = {
        "membership": managed,
        "person": person,
        "invitation": invitation,
        "invitation_state": invitation and invitation.state(timezone.now()),
        "form": MembershipForm.of(managed, None),
        "move_form": MoveForm(None, managed, viewer.managed_teams) if movable else None,
        "leaving_form": LeavingForm(),
        "invite_form": InvitationForm(initial={"email": invitation and invitation.email}),
        "elsewhere": person.memberships.active().exclude(pk=managed.pk).exists(),
        "manages_login": Member.objects.login_managed_by(request.user).filter(pk=person.pk).exists(),
        "has_second_factor": person.user is not None and is_mfa_enabled(person.user),
        "is_admin": viewer.member.is_admin,
        "is_oneself": person == viewer.member,
        **forms,
    }
    return render(request, "team/membership.html", context)
