"""The organization's holidays: typed, or filled in from those of a country, and saved after a look at them."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teams.actions.people.organizations import set_holidays
from teams.files.national_holidays import national_holidays
from teams.forms.days import HolidaysForm, NationalHolidaysForm
from teams.models import Organization
from teams.rules.errors import Refused
from teams.rules.sheets.holidays import add_holidays
from teams.tasks import nudge
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of

CODE = re.compile("[A-Z]{2}")


@require_http_methods(["GET", "HEAD", "POST"])
def holidays(request: SignedInRequest) -> HttpResponse:
    """The days on which nobody is reminded and no month closes, for the organization's admins."""
    viewer = viewer_of(request)
    if not viewer.member.is_admin:
        raise Http404
    listed = "\n".join(f"{day}" for day in viewer.organization.holidays)
    fills = "fill" in request.POST
    form = HolidaysForm(None if fills else request.POST or None, initial={"holidays": listed})
    if form.is_valid():
        nudge(set_holidays(viewer.organization, form.cleaned_data["holidays"]))
        messages.success(request, _("The holidays are saved."))
        return redirect("holidays")
    preview = _preview(request, viewer.organization)
    if fills:
        form.initial["holidays"] = add_holidays(request.POST.get("holidays", ""), preview.get("days", ()))
    return render(request, "organization/holidays.html", {"form": form, "preview": preview})


def _preview(request: SignedInRequest, organization: Organization) -> dict[str, Any]:
    """The `form` that chooses a country, and its `days` where they are asked for: its regions are shown before that."""
    said, today = request.POST, organization.today()
    reader = (get_language(), organization.time_zone)
    country = said.get("country", "")
    try:
        known = national_holidays(*reader, country if CODE.fullmatch(country) else "")
        if "fill" not in said:
            return {"form": NationalHolidaysForm(known, today)}
        form = NationalHolidaysForm(known, today, said.dict() | {"regions_of": known.country})
        if not form.is_valid():
            return {"form": form}
        if known.regions and said.get("regions_of") != country:
            return {"form": form, "asks_region": True}
        region, year = form.cleaned_data.get("region", ""), form.cleaned_data["year"]
        return {"form": form, "days": national_holidays(*reader, country, region, (year,)).days}
    except Refused:
        return {}
