"""When somebody is away: noted by themselves and by their managers, in advance or afterwards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions.people import leaves as actions
from teams.forms.days import LeaveForm
from teams.models import Leave, Member
from teams.tasks import nudge
from teams.views.shared.changes import refusal_in
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def leaves(request: SignedInRequest, member_id: int) -> HttpResponse:
    """Every leave of a member, the latest first, and a form for one more."""
    member = get_object_or_404(Member.objects.editable_by(request.user), pk=member_id)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        with refusal_in(form):
            nudge(actions.add_leave(member, **form.cleaned_data))
            messages.success(request, _("The absence is added."))
            return redirect("leaves", member.pk)
    context = {
        "member": member,
        "own": member == viewer_of(request).member,
        "leaves": member.leaves.order_by("-starts_on"),
        "form": form,
    }
    return render(request, "reps/leaves.html", context)


@require_POST
def remove_leave(request: SignedInRequest, leave_id: int) -> HttpResponse:
    """As if it had never been noted."""
    leave = get_object_or_404(Leave.objects.editable_by(request.user).select_related("member"), pk=leave_id)
    nudge(actions.remove_leave(leave))
    messages.success(request, _("The absence is removed."))
    return redirect("leaves", leave.member_id)
