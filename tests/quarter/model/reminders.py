"""Who is asked to submit, on which days; and who reads of a new formula, and reads again."""

from collections.abc import Iterator
from datetime import date, datetime, time

from tests.quarter.model.people import DAY, World, last_day, on

STEPS = (-5, -3, -1, 0, 1)
"""Days before the month's end, the last day itself, and the first working day after it."""


def steps(world: World, month: date) -> dict[date, int]:
    """The reminders of a month by day: free days move to the working day before; of several on one day the latest."""
    found = {}
    for step in STEPS:
        day = last_day(month) + step * DAY
        while not world.works(day):
            day += DAY if step > 0 else -DAY
        found[day] = step
    return found


def reminders(world: World, month: date) -> Iterator[tuple[str, str, date]]:
    """Who is reminded, of which step, on which day of their own: while they are silent and the month is open."""
    end = last_day(month)
    for person in world.people:
        team = person.team_on(end)
        if not person.has_login or person.unsubscribed or world.is_away(person, month) or not person.has_access(end):
            continue
        for day, step in steps(world, month).items():
            at = datetime.combine(day, time(world.reminder_hours.get((team, month), 9)), person.zone)
            is_here = team is not None and person.team_on(on(at)) is not None
            if is_here and at < world.closes_at(team, month) and person.reading(month, at) is None:
                yield person.name, f"{month:%Y-%m} {step:+d}", day
