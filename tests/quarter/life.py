"""What happens to twenty made-up people in three months: each thing is done in the product and noted for the model."""

import heapq
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from zoneinfo import ZoneInfo

from django.utils import timezone

from teams.actions.messages import links
from teams.actions.months.closing import close_month
from teams.actions.people.members import set_access
from teams.actions.people.memberships import move_member
from teams.actions.reminders import reminders
from teams.actions.submissions import submit, withdraw
from teams.models import Board, Leave, Membership, Organization, Submission, Topic
from teams.rules.errors import Refused
from teams.rules.months import Month
from tests.mail_server import MailServer
from tests.makers import make_manager, make_organization, make_rep, make_team
from tests.quarter.model.people import BERLIN, DAY, HOUR, Person, Reading, World, days_of, first_of, last_day
from tests.quarter.ticking import Clock

ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "America/Sao_Paulo", "Pacific/Auckland")]
NAMES = [
    *("Ada", "Ben", "Cem", "Dag", "Eva", "Fay", "Gus", "Hal", "Ida", "Jon"),
    *("Kim", "Leo", "Mia", "Ned", "Oda", "Pia", "Quy", "Rex", "Sue", "Tom"),
]
LONG_AGO, NEVER = date(2020, 1, 1), date.max
NEW_FORMULA = 6
"""Points that everybody has more from the day of the new formula on."""


class Life:
    """The people of the product beside those of the model, and a plan of what happens when."""

    def __init__(self, months: list[date], seed: int, mailbox: MailServer) -> None:
        self.months, self.random, self.mailbox = months, random.Random(seed), mailbox
        self.plan: list[tuple[datetime, int, Callable[[], None]]] = []
        """A heap: what comes next is first."""
        self.numbers = count()
        self.differences: list[str] = []
        """Where the product allowed what the model forbids, or the other way round."""
        self.stored: dict[Reading, Submission] = {}
        holidays = {months[0], months[0] + 5 * DAY, last_day(months[1])}
        self.organization = make_organization(time_zone=BERLIN.key, holidays=sorted(holidays))
        Organization.objects.update(created_at=timezone.now() - 200 * DAY)
        self.teams = {name: make_team(name, self.organization) for name in ("North", "South", "Elsewhere")}
        zones = dict(zip(self.teams, ZONES[1:], strict=False))
        heads = {team: Person(f"Head of {team}", zone) for team, zone in zones.items()}
        self.members = {
            head.name: make_manager(self.teams[team], head.name, time_zone=head.zone.key)
            for team, head in heads.items()
        }
        self.world = World([self._person(number, name) for number, name in enumerate(NAMES)], heads, holidays)
        self.by_name = {person.name: person for person in self.world.people}
        self._plan_readings()
        self._plan_people()
        self._plan_closings()

    def live_until(self, hour: datetime, clock: Clock) -> bool:
        """Do what is planned until then, each at its moment; whether there was anything."""
        happened = False
        while self.plan and self.plan[0][0] <= hour:
            moment, _, step = heapq.heappop(self.plan)
            clock.set(moment)
            step()
            happened = True
        return happened

    def ends_by(self, moment: datetime) -> None:
        """It ends when the third month is closed and told of, or earlier."""
        self.end = min(moment, self.at(last_day(self.months[-1]) + 12 * DAY, time()))

    @property
    def closed_months(self) -> list[date]:
        return [month for month in self.months if self.world.closes_at(None, month) < self.end]

    def at(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, BERLIN)

    def then(self, moment: datetime, do: Callable, *given: object) -> None:
        heapq.heappush(self.plan, (moment, next(self.numbers), partial(do, *given)))

    def day(self, month: int, number: int) -> date:
        """The day of the first, second or third month, or of the one after them, counted from 1."""
        months = [*self.months, last_day(self.months[-1]) + DAY]
        return months[month - 1] + (number - 1) * DAY

    def _person(self, number: int, name: str) -> Person:
        team, zone = ["North", "South"][number % 2], ZONES[number % 3]
        person = Person(name, zone, [(team, LONG_AGO, NEVER)], has_login=name != "Gus", unsubscribed=name == "Hal")
        rep = make_rep(self.teams[team], name, login=person.has_login, time_zone=zone.key)
        self.members[name] = rep
        if person.unsubscribed:
            links.unsubscribe(rep, Topic.REMINDERS)
        if name in ("Ida", "Jon"):
            person.leaves.append((last_day(self.months[1]) - 12 * DAY, last_day(self.months[1]) + 3 * DAY))
            Leave.objects.create(member=rep, starts_on=person.leaves[0][0], ends_on=person.leaves[0][1])
        return person

    def _plan_readings(self) -> None:
        """From none to four a month, mostly upwards. Some are corrected or withdrawn soon after, some come late."""
        for person in self.world.people:
            total = self.random.randint(25, 60)
            for month in self.months:
                wanted = self.random.choice([0, 1, 1, 2, 3, 4])
                if (person.name, month) == ("Quy", self.months[1]):  # who moves on the 1st, and was silent before
                    wanted = 0
                for day in sorted(self.random.sample(days_of(month), wanted)):
                    total = min(90, max(10, total + self.random.randint(-3, 6)))
                    self._plan_reading(person, day, total)
                late = last_day(month) + self.random.choice([1, 2, 3]) * DAY
                if self.random.random() < 0.3:
                    self.then(self.at(late, time(17, 30)), self._file, person, self._shown(total, late), late, month)

    def _plan_reading(self, person: Person, day: date, total: int) -> None:
        total = self._shown(total, day)
        at = self.at(day, time(self.random.randint(10, 16), 30))
        self.then(at, self._file, person, total, day, first_of(day))
        what = self.random.random()
        if what < 0.15:
            self.then(at + HOUR, self._correct, person, day, total + 2)
        elif what < 0.25:
            self.then(at + HOUR, self._withdraw, person, day)

    def _shown(self, total: int, day: date) -> int:
        """LinkedIn changes its formula in the midst of the third month."""
        return total + NEW_FORMULA if day >= self.day(3, 15) else total

    def _plan_people(self) -> None:
        """One moves in the middle of a month, one on a 1st; one leaves both teams; one sees no score any more."""
        self.then(self.at(self.day(2, 10), time(8, 30)), self._move, "Mia", "South")
        self.then(self.at(self.day(3, 1), time(0, 30)), self._move, "Quy", "South")
        self.then(self.at(self.day(2, 20), time(8, 30)), self._move, "Oda", "Elsewhere")
        self.then(self.at(self.day(3, 4), time(8, 30)), self._lose_access, "Kim")

    def _plan_closings(self) -> None:
        """North closes the second month early; the third on its first working day, and South reminds at 18:00."""
        closes = self.world.closes_at(None, self.months[0])
        self.then(closes - timedelta(minutes=1), self._file_for_somebody_silent, self.months[0])
        self.then(closes, self._file_for_somebody_silent, self.months[0])
        first = next(day for n in range(40) if self.world.works(day := self.day(3, 1) + n * DAY))
        self.then(self.at(first, time(12, 30)), self._close_early, "North", self.months[1])
        self.then(self.at(self.day(3, 10), time(8, 30)), self._close_sooner, self.months[2])
        self.then(self.at(self.day(3, 10), time(8, 30)), self._remind_late, "South", self.months[2])

    # What they do

    def _file(self, person: Person, total: int, taken_on: date, month: date, replaces: Reading | None = None) -> None:
        now, member = timezone.now(), self.members[person.name]
        reading = Reading(total, taken_on, month, now, replaces)
        if not replaces and not self.world.may_file(person, taken_on, month, now):
            reading = None
        manager = self.members.get(f"Head of {person.team_on(min(last_day(month), taken_on))}")
        by = member if person.has_login or not manager else manager
        submission = Submission(
            member=member, typed_by=by, month=Month.of(month), taken_on=taken_on, total=total, typed_at=now,
            replaces=replaces and self.stored[replaces], reason="a slip" if replaces else "",
        )  # fmt: skip
        try:
            stored = submit(submission).submission
        except Refused as refused:
            if reading:
                self.differences.append(f"{person.name} could not file {taken_on} for {month}: {refused}")
            return
        if not reading:
            self.differences.append(f"{person.name} could file {taken_on} for {month} at {now}")
            return
        if stored == submission:  # the same twice is stored once
            self.stored[reading] = stored
            person.readings.append(reading)
            if replaces:
                replaces.gone_at = now

    def _latest(self, person: Person, day: date) -> Reading | None:
        found = [each for each in person.counting(timezone.now()) if each.taken_on == day]
        return found[-1] if found else None

    def correct(self, person: Person, reading: Reading, total: int) -> None:
        self._file(person, total, reading.taken_on, reading.month, reading)

    def _correct(self, person: Person, day: date, total: int) -> None:
        if reading := self._latest(person, day):
            self.correct(person, reading, total)

    def _withdraw(self, person: Person, day: date) -> None:
        if reading := self._latest(person, day):
            reading.gone_at = timezone.now()
            withdraw(self.stored[reading], self.members[person.name])

    def _file_for_somebody_silent(self, month: date) -> None:
        """At the last moment, and at the first that is too late."""
        now = timezone.now()
        silent = (each for each in self.world.people if each.has_login and not each.reading(month, now))
        if person := next(silent, None):
            self._file(person, 50, now.astimezone(BERLIN).date(), month)

    def _move(self, name: str, to: str) -> None:
        person, today = self.by_name[name], self.organization.today()
        move_member(Membership.objects.active().get(member=self.members[name]), self.teams[to], today)
        [(team, since, _)] = person.teams
        person.teams = [(team, since, today), (to, today, NEVER)]

    def _lose_access(self, name: str) -> None:
        self.by_name[name].no_access_since = self.organization.today()
        set_access(self.members[name], self.organization.today())

    def _close_early(self, team: str, month: date) -> None:
        board = Board.objects.get(team=self.teams[team], month=Month.of(month))
        close_month(board.pk, timezone.now(), self.members[f"Head of {team}"])
        self.world.closed_early[team, month] = timezone.now()

    def _close_sooner(self, month: date) -> None:
        self.world.closing_workdays[month] = 1
        Organization.objects.update(closing_workday=1)
        self.organization.refresh_from_db()

    def _remind_late(self, team: str, month: date) -> None:
        self.world.reminder_hours[team, month] = 18
        self.teams[team].reminder_hour = 18
        reminders.set_policy(self.teams[team])
