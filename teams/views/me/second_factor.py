"""A second factor for whoever has lost theirs."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from teams.actions.people import logins
from teams.models import Member
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of


@require_POST
def forget_second_factor(request: SignedInRequest, member_id: int) -> HttpResponse:
    """For somebody whose phone and codes are lost; by those who manage their login, after their own password."""
    logins_managed = Member.objects.login_managed_by(request.user).exclude(pk=viewer_of(request).member.pk)
    return _forget(request, get_object_or_404(logins_managed, pk=member_id, user__isnull=False))


@reauthentication_required
def _forget(request: SignedInRequest, member: Member) -> HttpResponse:
    logins.forget_second_factor(member)
    sentence = _("%(name)s signs in with the password alone, and can set up two-step sign-in again.")
    messages.success(request, sentence % {"name": member})
    return redirect("rep", member.pk)
