"""What members decide for themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import activate, get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions.audit import save_and_record
from teams.actions.people.members import mark_boards_of, set_language, set_wall_name
from teams.forms.people import MemberForm
from teams.forms.pictures import PictureForm
from teams.models import Act, WallChoice
from teams.queries.people.viewer import Viewer
from teams.tasks import nudge
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: SignedInRequest) -> HttpResponse:
    """One's name, plan, and whether one wants to see places."""
    viewer = viewer_of(request)
    form = MemberForm(request.POST or None, instance=viewer.member)
    if form.is_valid():
        nudge(mark_boards_of(save_and_record(form, Act.OWN_SETTINGS)))
        set_language(viewer.user, form.cleaned_data["language"])
        activate(viewer.user.language or get_language_from_request(request))
        messages.success(request, _("Saved."))
        return redirect("me")
    return render(request, "me/me.html", page_of(viewer) | {"form": form})


def page_of(viewer: Viewer) -> dict[str, Any]:
    """What the page shows, with its forms as nobody has sent them yet."""
    return {
        "member": viewer.member,
        "form": MemberForm(instance=viewer.member),
        "picture": PictureForm(),
        "choices": WallChoice.choices,
    }


@require_POST
def choose_wall_name(request: SignedInRequest) -> HttpResponse:
    """How walls show one from now on, in one click: `wall_name` is a name, initials, or out."""
    member = viewer_of(request).member
    if request.POST.get("wall_name") in WallChoice:
        nudge(set_wall_name(member, WallChoice(request.POST["wall_name"])))
        messages.success(request, _("Saved. Walls follow within half a minute."))
    return redirect("me")
