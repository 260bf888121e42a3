"""One's own picture."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from teams.actions.people.pictures import remove_face, set_face
from teams.forms.pictures import PictureForm
from teams.models import Member
from teams.tasks import nudge
from teams.views.me.me import page_of
from teams.views.shared.changes import refusal_in
from teams.views.shared.limits import limited
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import back_to_team, viewer_of


@require_POST
@limited("picture")
def choose_face(request: SignedInRequest) -> HttpResponse:
    """Upload a picture of oneself, in place of the one before."""
    form, viewer = PictureForm(request.POST, request.FILES), viewer_of(request)
    if form.is_valid():
        with refusal_in(form, "picture"):
            nudge(set_face(viewer.member, form.content()))
            messages.success(request, _("Your picture is saved. Boards and walls follow within half a minute."))
            return redirect("me")
    return render(request, "me/me.html", page_of(viewer) | {"picture": form})


@require_POST
def drop_face(request: SignedInRequest, member_id: int) -> HttpResponse:
    """Delete a picture of oneself or of somebody one manages; the initials are shown instead."""
    member = get_object_or_404(Member.objects.editable_by(request.user), pk=member_id)
    own = viewer_of(request).member
    back = redirect("me") if member == own else back_to_team(request, member)
    nudge(remove_face(member, own))
    messages.success(request, _("The picture is removed."))
    return back
