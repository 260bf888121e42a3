"""The company's logo."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teams.actions.people.pictures import remove_logo, set_logo
from teams.forms.pictures import PictureForm
from teams.models import Logo
from teams.views.organization.organization import settings_page
from teams.views.reps.faces import as_picture
from teams.views.shared.changes import refusal_in
from teams.views.shared.limits import limited
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of


@require_safe
def logo(request: SignedInRequest, digest: str, size: str) -> HttpResponse:
    """The logo of one's own company."""
    logos = Logo.objects.filter(organization__logo=digest)
    return as_picture(get_object_or_404(logos, organization=viewer_of(request).organization), size, "image/png")


@require_POST
@limited("picture")
def choose_logo(request: SignedInRequest) -> HttpResponse:
    """Upload a logo in place of the one before, as an admin; with `remove` have none."""
    viewer = viewer_of(request)
    if not viewer.member.is_admin:
        raise Http404
    if "remove" in request.POST:
        remove_logo(viewer.organization)
        messages.success(request, _("The logo is removed."))
        return redirect("organization_settings")
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        with refusal_in(form, "picture"):
            set_logo(viewer.organization, form.content())
            messages.success(request, _("The logo is saved."))
            return redirect("organization_settings")
    return render(request, "organization/settings.html", settings_page(viewer) | {"logo": form})
