"""What is stored about oneself, to look at and to take out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from teams.actions.privacy.own_data import take_out
from teams.models import Act, AuditEntry
from teams.queries.people.own_data import counts_of
from teams.views.shared.limits import limited, taken_out
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of

SHOWN = 10
"""How many of the last readings and sign-ins the page shows."""


@require_safe
@limited("export", when=taken_out)
def own_data(request: SignedInRequest) -> HttpResponse:
    """What there is and how much of it, the last readings and sign-ins; with `as=json` all of it as a file."""
    member = viewer_of(request).member
    if request.GET.get("as") == "json":
        headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
        return HttpResponse(take_out(member, timezone.now()), content_type="application/json", headers=headers)
    context = {
        "organization": member.organization,
        "counts": counts_of(member),
        "readings": member.submissions.order_by("-taken_on", "-pk")[:SHOWN],
        "sign_ins": AuditEntry.objects.filter(actor=member, act=Act.SIGNED_IN).order_by("-pk")[:SHOWN],
    }
    return render(request, "me/data.html", context)
