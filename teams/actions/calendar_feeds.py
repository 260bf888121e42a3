"""One's own calendar: its secret address, another one, none; and what it answers."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from teams.actions.audit import record
from teams.calendar.icalendar_text import icalendar_text
from teams.models import Act, CalendarFeed, Member
from teams.models.calendar_feeds import calendar_token
from teams.models.tokens import hashed, new_token
from teams.queries.calendar import occasions_of
from teams.queries.people.viewer import Viewer
from teams.rules.calendar import told_now


@transaction.atomic
def make_calendar_address(member: Member, now: datetime) -> CalendarFeed:
    """An address for their calendar; the one that they had opens nothing any more."""
    salt = new_token()
    new = {"salt": salt, "token_hash": hashed(calendar_token(salt)), "made_at": now, "used_at": None}
    feed, _is_new = CalendarFeed.objects.update_or_create(member=member, defaults=new)
    record(Act.CALENDAR_MADE, by=member)
    return feed


@transaction.atomic
def end_calendar_address(member: Member) -> None:
    """It opens nothing any more. Twice is once."""
    if CalendarFeed.objects.filter(member=member).delete()[0]:
        record(Act.CALENDAR_ENDED, by=member)


@transaction.atomic
def calendar_of(token: str, now: datetime) -> bytes | None:
    """The calendar that a secret opens, in its owner's language; None where it opens nothing (any more).

    What has changed since a calendar asked last gets its next number, so two that ask at once wait for each other.
    """
    feed = CalendarFeed.objects.usable().holding(token).select_for_update(of=["self"]).first()
    if feed is None or feed.member.user is None or Viewer(feed.member.user, feed.member).needs_second_factor:
        return None
    member = feed.member
    with override(member.speaks):
        occasions = occasions_of(member, now)
        name = _("LinkedIn scores at %(company)s") % {"company": member.organization}
    told = told_now(occasions, feed.told_before, now)
    _note(feed, {"entries": [[key, *said] for key, said in told.items()]}, now)
    return icalendar_text(name, occasions, told, member=member.pk, site=settings.SITE_URL, language=member.speaks)


def _note(feed: CalendarFeed, told: dict[str, list[list[object]]], now: datetime) -> None:
    """Store what was told where it is another, and that somebody asked at most once an hour."""
    if told == feed.told and not feed.is_idle(now):
        return
    feed.told, feed.used_at = told, now
    feed.save(update_fields=["told", "used_at"])
