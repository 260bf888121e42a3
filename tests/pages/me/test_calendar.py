"""My calendar: the page with the address, and what a calendar that asks is answered."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.utils import timezone

from teams.actions.calendar_feeds import make_calendar_address
from teams.models import CalendarFeed

pytestmark = pytest.mark.django_db


def test_one_makes_an_address_and_every_button_leads_to_it(world, browse):
    rep = browse(world.ada)
    rep.post("/me/calendar/")

    page = rep.get("/me/calendar/").content.decode()

    address = f"{settings.SITE_URL}/calendar/{CalendarFeed.objects.get().token}.ics"
    webcal = f"webcal://{address.partition('://')[2]}"
    links = [unescape(link) for link in re.findall(r'href="([^"]+)" rel="noreferrer"', page)]
    assert address in page
    assert links[0] == webcal
    assert [parse_qs(urlsplit(link).query) for link in links[1:]] == [
        {"cid": [webcal]}, {"url": [address]}, {"url": [address]}
    ]  # fmt: skip


def test_whoever_has_the_address_reads_it_as_a_calendar_and_what_is_the_same_is_not_sent_again(world, browse):
    address = f"/calendar/{make_calendar_address(world.ada, timezone.now()).token}.ics"

    first = browse().get(address)
    second = browse().get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, first.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert first.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (second.status_code, second.content) == (304, b"")


def test_an_ended_address_is_not_there(world, browse):
    rep, address = browse(world.ada), f"/calendar/{make_calendar_address(world.ada, timezone.now()).token}.ics"

    rep.post("/me/calendar/end/")

    assert browse().get(address).status_code == 404
    assert b"Make an address" in rep.get("/me/calendar/").content
