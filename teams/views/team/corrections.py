"""Putting right what is noted of somebody in a team, and taking out who was added by mistake."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions.people import corrections
from teams.forms.members import CorrectionForm
from teams.models import Member, Membership
from teams.views.shared.changes import went_through
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer


@require_http_methods(["GET", "HEAD", "POST"])
def correct_member(request: SignedInRequest, membership_id: int) -> HttpResponse:
    """The name, and the days on which somebody joined and left."""
    memberships = Membership.objects.correctable_by(request.user).select_related("team__organization", "member")
    membership = get_object_or_404(memberships, pk=membership_id)
    person, me = membership.member, viewer(request).member
    may_rename = Member.objects.managed_by(request.user).filter(pk=person.pk).exists()
    form = CorrectionForm(request.POST or None, membership, may_rename=may_rename)
    if form.is_valid() and went_through(request, lambda: corrections.correct(membership, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("team", membership.team.slug)
    manages_login = Member.objects.login_managed_by(request.user).filter(pk=person.pk).exists()
    context = {
        "membership": membership,
        "person": person,
        "form": form,
        "may_be_removed": manages_login and person != me and not corrections.has_something(person),
    }
    return render(request, "team/correct.html", context)


@require_POST
def remove_member(request: SignedInRequest, member_id: int) -> HttpResponse:
    """Out, as if they had never been added."""
    member = get_object_or_404(Member.objects.login_managed_by(request.user), pk=member_id)
    if went_through(request, lambda: corrections.remove_member(member, viewer(request).member)):
        messages.success(request, _("%(member)s is removed.") % {"member": member})
    return redirect("teams")
