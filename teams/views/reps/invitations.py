"""Inviting somebody, taking that back, and the page that an invitation opens."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions.people import invitations
from teams.forms.members import InvitationForm, PasswordForm
from teams.models import Invitation, Member, Membership, User
from teams.tasks import send_soon
from teams.views.shared.changes import refusal_as_message, refusal_in
from teams.views.shared.limits import limited
from teams.views.shared.requests import Request, SignedInRequest
from teams.views.shared.viewer import viewer_of


@require_POST
def invite(request: SignedInRequest, member_id: int) -> HttpResponse:
    """Mail a member a link to choose a password; again, if there was one. Says nothing about other logins."""
    member = get_object_or_404(Member.objects.login_managed_by(request.user), pk=member_id)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write an e-mail address such as jane@example.com."))
        return _back(request, member)
    with refusal_as_message(request):
        invitation = invitations.invite(member, form.cleaned_data["email"], viewer_of(request).member, timezone.now())
        send_soon(invitation.pk)
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": invitation.email})
    return _back(request, member)


@require_POST
def withdraw_invitation(request: SignedInRequest, member_id: int) -> HttpResponse:
    """Its link is dead."""
    invitation = get_object_or_404(Invitation.objects.managed_by(request.user), member_id=member_id)
    invitations.withdraw(invitation)
    messages.success(request, _("The invitation is withdrawn: its link does not work any more."))
    return _back(request, invitation.member)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@limited("invitation")
def accept_invitation(request: Request, token: str) -> HttpResponse:
    """Choose a password and be in. A link that does not work says so, and nothing else."""
    invitation = invitations.open_invitation(token, timezone.now())
    if invitation is None:
        return render(request, "reps/invitation/dead.html", status=404)
    form = PasswordForm(request.POST or None, User(email=invitation.email))
    if form.is_valid():
        with refusal_in(form):
            user = invitations.accept(invitation, form.cleaned_data["password"], timezone.now())
            return perform_login(request, user)
    return render(request, "reps/invitation/accept.html", {"invitation": invitation, "form": form})


def _back(request: SignedInRequest, member: Member) -> HttpResponse:
    """To the member's page in a team that one manages."""
    membership = Membership.objects.managed_by(request.user).filter(member=member).first()
    return redirect("membership", membership.pk) if membership else redirect("teams")
