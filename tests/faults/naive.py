"""The boards once more, in plain Python from the rows themselves, by the rules as docs/concepts.md tells them.

It shares nothing with the product but its tables: no rule, no view of the database, no query with a condition.
"""

from collections import defaultdict
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from teams.models import Leave, Member, Membership, Standing, Submission, Withdrawal
from teams.rules.months import Month


class Place(NamedTuple):
    """A line of a board."""

    rank: int
    name: str
    member: int
    total: int
    climb: int | None
    submission: int
    previous: int | None


class Naive(NamedTuple):
    """What a board must say."""

    places: list
    submitted: int
    expected: int
    mean: Decimal | None


class Rows:
    """Everything that boards are made of, read once."""

    def __init__(self):
        self.members = {member.pk: member for member in Member.objects.select_related("organization")}
        self.memberships = list(Membership.objects.all())
        self.leaves = defaultdict(list)
        for leave in Leave.objects.all():
            self.leaves[leave.member_id].append((leave.starts_on, leave.ends_on))
        submissions = list(Submission.objects.all())
        dead = {each.replaces_id for each in submissions} | {each.submission_id for each in Withdrawal.objects.all()}
        self.latest = {}
        for each in sorted(submissions, key=lambda each: (each.taken_on, each.pk)):
            if each.pk not in dead:
                self.latest[each.member_id, each.month] = each

    def competing(self, team, month):
        """The members who compete in a team when a month ends."""
        return {
            each.member_id
            for each in self.memberships
            if each.team_id == team
            and each.competing
            and each.joined_on <= month.last_day
            and (each.left_on is None or each.left_on > month.last_day)
        }

    def board(self, team, month):
        """What the board of a team and a month must say."""
        reps = {each for each in self.competing(team, month) if self.has_page(each, month)}
        readings = {each: self.latest[each, month] for each in reps if (each, month) in self.latest}
        totals = {each: reading.total for each, reading in readings.items()}
        earlier = {each: self.before(each, month) for each in totals}
        there = self.competing(team, month - 1)
        both = {
            each: found.total for each, found in earlier.items() if found and found.month == month - 1 and each in there
        }
        places = [
            Place(
                rank=1 + sum(other > total for other in totals.values()),
                name=self.members[each].name,
                member=each,
                total=total,
                climb=self.climb(each, totals, both) if each in both else None,
                submission=readings[each].pk,
                previous=earlier[each].pk if earlier[each] else None,
            )
            for each, total in totals.items()
        ]
        away = {each for each in reps - totals.keys() if self.is_away(each, month)}
        return Naive(sorted(places), len(totals), len(reps) - len(away), mean(list(totals.values())))

    def before(self, member, month):
        """The latest score of the three months before."""
        found = [self.latest.get((member, month - back)) for back in (1, 2, 3)]
        return next((each for each in found if each), None)

    def climb(self, member, totals, both):
        """Places gained among those who are ranked both times."""
        now = sum(totals[other] > totals[member] for other in both)
        before = sum(both[other] > both[member] for other in both)
        return before - now

    def has_page(self, member, month):
        since = self.members[member].no_access_since
        return since is None or since > month.last_day

    def is_away(self, member, month):
        """On leave on the last five working days, or on more than half of the days."""
        days = [month.first_day + timedelta(days=n) for n in range(month.last_day.day)]
        on_leave = {day for day in days if any(first <= day <= last for first, last in self.leaves[member])}
        free = self.members[member].organization.holidays
        working = [day for day in days if day.weekday() < 5 and day not in free]
        return len(on_leave) > len(days) / 2 or set(working[-5:]) <= on_leave


def mean(totals):
    """To one decimal, half up."""
    if not totals:
        return None
    return (Decimal(sum(totals)) / len(totals)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def stored(boards):
    """What boards say, in the same words, in their order."""
    places = defaultdict(list)
    for row in Standing.objects.filter(board__in=boards).select_related("member"):
        places[row.board_id].append(
            Place(row.rank, row.member.name, row.member_id, row.total, row.climb, row.submission_id, row.previous_id)
        )
    return [Naive(places[board.pk], board.submitted, board.expected, board.mean) for board in boards]


def months_back(today, count):
    """This month and those before it."""
    return [Month.of(today) - back for back in range(count)]


def unnamed(said):
    """A board without its names: they may change, and go when somebody is erased."""
    return said._replace(places=sorted(place._replace(name="") for place in said.places))


def kept(submission):
    """Everything in a row that nobody may change, erasing apart."""
    given = {field.attname: getattr(submission, field.attname) for field in submission._meta.concrete_fields}
    return {name: value for name, value in given.items() if name not in ("note", "reason")}
