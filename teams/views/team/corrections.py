"""Putting right what is noted of somebody in a team, also that they are there twice, or at all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions.people import corrections, merging
from teams.forms.members import CorrectionForm, MergeForm, TakeApartForm
from teams.models import Member, Membership
from teams.views.shared.changes import went_through
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import back_to_team, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def correct_member(request: SignedInRequest, membership_id: int) -> HttpResponse:
    """The name, and the days on which somebody joined and left."""
    memberships = Membership.objects.correctable_by(request.user).select_related("team__organization", "member")
    membership = get_object_or_404(memberships, pk=membership_id)
    person, me = membership.member, viewer_of(request).member
    may_rename = Member.objects.managed_by(request.user).filter(pk=person.pk).exists()
    form = CorrectionForm(request.POST or None, membership, may_rename=may_rename)
    if form.is_valid() and went_through(request, lambda: corrections.correct(membership, me, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("team", membership.team.slug)
    manages_login = Member.objects.login_managed_by(request.user).filter(pk=person.pk).exists()
    recent = person.merges.filter(at__gt=timezone.now() - merging.BACK_WITHIN).select_related("gone")
    merges = recent.reversible_by(request.user).order_by("-at")
    context = {
        "may_remove_face": may_rename and person.face,
        "merge_form": MergeForm(None, membership, request.user) if manages_login and person != me else None,
        "merges": merges,
        "membership": membership,
        "person": person,
        "form": form,
        "may_be_removed": manages_login and person != me and not corrections.has_own_records(person),
    }
    return render(request, "team/correct.html", context)


@require_POST
def merge_member(request: SignedInRequest, membership_id: int) -> HttpResponse:
    """Everything becomes that of somebody else in the team, who is the same person."""
    membership = get_object_or_404(Membership.objects.correctable_by(request.user), pk=membership_id)
    managed = Member.objects.login_managed_by(request.user)
    gone, me = get_object_or_404(managed, pk=membership.member_id), viewer_of(request).member
    form = MergeForm(request.POST, membership, request.user)
    if not form.is_valid() or gone == me:
        messages.error(request, _("Choose somebody else to merge with."))
        return redirect("correct_member", membership.pk)
    kept, unconfirm = form.cleaned_data["into"], form.cleaned_data.get("unconfirm", False)
    if not went_through(request, lambda: merging.merge(gone, kept, me, timezone.now(), unconfirm=unconfirm)):
        return redirect("correct_member", membership.pk)
    messages.success(request, _("%(gone)s is %(kept)s from now on.") % {"gone": gone, "kept": kept})
    return redirect("team", membership.team.slug)


@require_POST
def take_apart(request: SignedInRequest, membership_id: int) -> HttpResponse:
    """Two people again, as they were, by whoever manages every team to which something goes back."""
    memberships = Membership.objects.correctable_by(request.user).select_related("member")
    membership = get_object_or_404(memberships, pk=membership_id)
    kept = membership.member
    form = TakeApartForm(request.POST, kept, request.user)
    if not form.is_valid():
        messages.error(request, _("This cannot be taken back any more."))
        return redirect("correct_member", membership.pk)
    merged = form.cleaned_data["merged"]
    if went_through(request, lambda: merging.take_apart(merged, timezone.now())):
        messages.success(request, _("%(gone)s and %(kept)s are two again.") % {"gone": merged.gone, "kept": kept})
    return back_to_team(request, kept)


@require_POST
def remove_member(request: SignedInRequest, member_id: int) -> HttpResponse:
    """Out, as if they had never been added."""
    member = get_object_or_404(Member.objects.login_managed_by(request.user), pk=member_id)
    page = back_to_team(request, member)
    if went_through(request, lambda: corrections.remove_member(member, viewer_of(request).member)):
        messages.success(request, _("%(member)s is removed.") % {"member": member})
    return page
