"""One's own calendar: its address, to subscribe to, and what it answers."""

from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page, require_http_methods, require_POST, require_safe

from teams.actions.calendar_feeds import calendar_of, end_calendar_address, make_calendar_address
from teams.models import CalendarFeed
from teams.views.shared.requests import Request, SignedInRequest
from teams.views.shared.unlogged import unlogged
from teams.views.shared.viewer import viewer_of

GOOGLE = "https://calendar.google.com/calendar/render?cid="
OUTLOOK = "https://outlook.live.com/calendar/0/addfromweb?url="
OFFICE = "https://outlook.office.com/calendar/0/addfromweb?url="


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: SignedInRequest) -> HttpResponse:
    """The address with its buttons to subscribe; what is posted makes one, instead of the one that was there."""
    member = viewer_of(request).member
    if request.method == "POST":
        make_calendar_address(member, timezone.now())
        return redirect("calendar")
    feed = CalendarFeed.objects.filter(member=member).first()
    return render(request, "me/calendar.html", {"feed": feed, "ways": _ways(feed.token) if feed else {}})


@require_POST
def end_calendar(request: SignedInRequest) -> HttpResponse:
    """The address opens nothing any more."""
    end_calendar_address(viewer_of(request).member)
    return redirect("calendar")


@login_not_required
@require_safe
@conditional_page
def calendar_feed(request: Request, token: str) -> HttpResponse:
    """The days of whoever has the address; nothing here for an address that opens nothing."""
    days = calendar_of(token, timezone.now())
    if days is None:
        return unlogged(HttpResponse(status=404, content_type="text/plain; charset=utf-8"))
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="leaderboard.ics"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(days, content_type="text/calendar; charset=utf-8", headers=headers)


def _ways(token: str) -> dict[str, str]:
    """How to subscribe, by the calendar's name; nothing where nobody knows the secret."""
    if not token:
        return {}
    address = f"{settings.SITE_URL}{reverse('calendar_feed', args=[token])}"
    webcal = f"webcal://{address.partition('://')[2]}"
    return {
        "address": address,
        "webcal": webcal,
        "google": GOOGLE + quote(webcal, safe=""),
        "outlook": OUTLOOK + quote(address, safe=""),
        "office": OFFICE + quote(address, safe=""),
    }
