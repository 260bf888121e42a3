"""Asking to be erased, or by an admin for somebody; and taking that back."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from teams.actions.privacy import erasures
from teams.forms.people import OwnPasswordForm
from teams.models import Erasure, Member
from teams.rules.errors import Refused
from teams.views.shared.changes import refusal_as_message
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: SignedInRequest, member_id: int | None = None) -> HttpResponse:
    """What goes and what stays, and a password to ask for it; while it is open, the way back."""
    me = viewer_of(request).member
    members = Member.objects.administered_by(request.user).select_related("organization")
    member = get_object_or_404(members, pk=member_id) if member_id else me
    form = OwnPasswordForm(request.POST if request.method == "POST" and "back" not in request.POST else None)
    if "back" in request.POST and _taken_back(request, member, me):
        return redirect("own_data" if member == me else "teams")
    if form.is_valid() and _asked(request, form, member, me):
        return redirect("account_login" if member == me else "teams")
    open_one = Erasure.objects.filter(member=member).first()
    waits = erasures.reason_to_wait(member) if open_one and not open_one.done_at else None
    context = {"person": member, "own": member == me, "form": form, "erasure": open_one, "waits": waits}
    return render(request, "me/erase.html", context)


def _asked(request: SignedInRequest, form: OwnPasswordForm, member: Member, me: Member) -> bool:
    """Whether it is asked for now; whoever asks for themselves is signed out."""
    try:
        if not get_adapter(request).reauthenticate(request.user, form.cleaned_data["password"]):
            form.add_error("password", _("This is not your password. Type the one that you sign in with."))
            return False
        erasure = erasures.ask(member, me, timezone.now())
    except (Refused, ValidationError) as refused:
        form.add_error(None, refused.messages if isinstance(refused, ValidationError) else str(refused))
        return False
    day = date_format(member.organization.local(erasure.due_at), "DATE_FORMAT")
    if member == me:
        logout(request)
        messages.success(
            request, _("Your personal data is deleted on %(day)s. Sign in before then to take it back.") % {"day": day}
        )
    else:
        messages.success(
            request, _("The personal data of %(name)s is deleted on %(day)s.") % {"name": member, "day": day}
        )
    return True


def _taken_back(request: SignedInRequest, member: Member, me: Member) -> bool:
    with refusal_as_message(request):
        erasures.take_back(member, me)
        messages.success(request, _("It is taken back: everything stays as it is."))
        return True
    return False
