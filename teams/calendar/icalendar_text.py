"""Days as iCalendar (RFC 5545), which phones, Outlook and Google read."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vText

from teams.rules.calendar import Occasion, Told

ASK_AGAIN = timedelta(hours=6)
"""How often a calendar is asked to ask; each does as it likes."""
A_DAY = timedelta(days=1)


def icalendar_text(
    name: str, occasions: Iterable[Occasion], told: Mapping[str, Told], *, member: int, site: str, language: str
) -> bytes:
    """The calendar of a member, by id, of the site at an address: the same bytes until something in it changes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Leaderboard//Leaderboard//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(name, params={"LANGUAGE": language}))
    calendar.add("name", name, {"LANGUAGE": language})
    calendar.add("refresh-interval", ASK_AGAIN, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASK_AGAIN)
    host = site.partition("://")[2]
    for occasion in occasions:
        calendar.add_component(_event(occasion, told[occasion.key], f"{occasion.key}.{member}@{host}", site))
    return calendar.to_ical()


def _event(occasion: Occasion, told: Told, uid: str, site: str) -> Event:
    event, since = Event(), datetime.fromisoformat(told.since).astimezone(UTC)
    event.add("uid", uid)
    event.add("sequence", told.sequence)
    event.add("dtstamp", since)
    event.add("last-modified", since)
    event.add("summary", occasion.title)
    event.add("description", f"{occasion.said}\n{site}{occasion.url}")
    event.add("url", f"{site}{occasion.url}")
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    if isinstance(occasion.starts, datetime):
        event.add("dtstart", occasion.starts.astimezone(UTC))
    else:
        event.add("dtstart", occasion.starts)
        event.add("dtend", (occasion.last or occasion.starts) + A_DAY)
    for before in occasion.reminds:
        event.add_component(_alarm(occasion.title, before))
    return event


def _alarm(title: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm
