"""The demo's months: who read what on which day, up to today. What is already there stays as it is."""

from collections.abc import Collection
from copy import copy
from datetime import date, datetime, time, timedelta
from random import Random
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Min

from teams.actions.boards.ranking import rank_boards
from teams.actions.demo.people import PEOPLE, REP
from teams.models import (
    Board,
    Leave,
    Member,
    Organization,
    Recalibration,
    Role,
    Source,
    Submission,
    Team,
    Withdrawal,
)
from teams.rules.demo_scores import Measures, absent, measure, reading_days, seller, with_a_tie
from teams.rules.measure import MOST
from teams.rules.months import Month

# ruff: noqa: S311 - nothing here is secret

MONTHS = 14
RECALIBRATED_AFTER, RECALIBRATED_ON = 8, 15
"""Months after the first, five before the one in which the demo is made; and the day of that month."""
READ_AGAIN_WITHIN = 7
"""Days after a recalibration within which people read their score again."""
OFFICE_HOURS = (8 * 60, 18 * 60)
LEAVE = timedelta(days=17)
PASTED_SHARE = 0.75
MISREAD_EVERY, MISREAD_BY = 60, 10
"""Of so many readings one was first typed wrong, by so many points."""
WITHDRAWN_EVERY = 40
"""Of so many readings that were followed by another in their month, one was withdrawn."""


class Calendar(NamedTuple):
    """Where the demo stands: the moment, the organization's zone, and the demo's first month."""

    now: datetime
    zone: ZoneInfo
    first: Month

    @property
    def today(self) -> date:
        """The organization's day."""
        return self.now.astimezone(self.zone).date()

    @property
    def months(self) -> list[Month]:
        """Every month of the demo, to this one."""
        return [self.first + n for n in range(Month.of(self.today).since(self.first) + 1)]

    @property
    def recalibrated_on(self) -> date:
        """The day on which LinkedIn changed its formula."""
        return (self.first + RECALIBRATED_AFTER).first_day.replace(day=RECALIBRATED_ON)


def first_month(today: date) -> Month:
    """The month in which a demo that is made today begins."""
    return Month.of(today) - (MONTHS - 1)


def fill_months(organization: Organization, now: datetime) -> None:
    """Submit what is missing in an organization's open months, rank the boards, close those that are due."""
    zone = ZoneInfo(organization.time_zone)
    boards = Board.objects.filter(team__organization=organization)
    earliest = boards.aggregate(first=Min("month"))["first"]
    calendar = Calendar(now, zone, earliest or first_month(now.astimezone(zone).date()))
    if not earliest:
        _recalibrate(organization, calendar)
    for team in organization.teams.all():
        _fill_team(team, calendar)
    _rank(list(boards.stale().values_list("pk", flat=True)))
    for month in calendar.months:
        if (moment := organization.closes(month)) <= now:
            boards.filter(month=month, closed_at=None).update(closed_at=moment)


def _fill_team(team: Team, calendar: Calendar) -> None:
    closed = set(team.boards.filter(closed_at__isnull=False).values_list("month", flat=True))
    months = [month for month in calendar.months if month not in closed]
    submissions = [submission for month in months for submission in _missing(team, month, calendar)]
    if submissions:
        _store(sorted(submissions, key=lambda submission: submission.typed_at), team, calendar)
        Board.objects.bulk_create(
            [Board(team=team, month=month, stale_since=calendar.now) for month in months],
            update_conflicts=True,
            update_fields=["stale_since"],
            unique_fields=["team", "month"],
        )


def _missing(team: Team, month: Month, calendar: Calendar) -> list[Submission]:
    """The readings, not stored yet, of those of the demo's people who are still to submit for a month."""
    reps = Member.objects.competing_in(team, month).with_access(month).filter(name__in=PEOPLE)
    people = {rep.name: rep for rep in reps}
    silent, away = absent(team.slug, month, [name for name in people if not PEOPLE[name].email])
    _send_on_leave([people[name] for name in away], month)
    if calendar.today in month:
        silent = [*silent, REP.name]
    done = set(Submission.objects.filter(member__in=reps, month=month).values_list("member_id", flat=True))
    missing = [rep for name, rep in people.items() if name not in (*silent, *away) and rep.pk not in done]
    return _readings(missing, month, calendar)


def _send_on_leave(members: list[Member], month: Month) -> None:
    already = Leave.objects.away_in(month)
    Leave.objects.bulk_create(
        Leave(member=member, starts_on=month.last_day - LEAVE, ends_on=month.last_day)
        for member in members
        if member.pk not in already
    )


def _readings(reps: Collection[Member], month: Month, calendar: Calendar) -> list[Submission]:
    """What some reps read in a month. Two share a place in the current one, so that a tie can be seen."""
    days = {rep: _days(rep, month, calendar) for rep in reps}
    measures_by_day = {(rep, day): _measures(rep.name, day, calendar) for rep in reps for day in days[rep]}
    if calendar.today in month:
        measures_by_day |= with_a_tie({(rep, days[rep][-1]): measures_by_day[rep, days[rep][-1]] for rep in reps})
    return [_submission(rep, day, measures, calendar) for (rep, day), measures in measures_by_day.items()]


def _days(rep: Member, month: Month, calendar: Calendar) -> list[date]:
    """The days on which a rep reads; after a recalibration whoever has read before reads again."""
    days, mark = reading_days(rep.name, month, calendar.today), calendar.recalibrated_on
    if mark in month and days[-1] < mark:
        days.append(mark + timedelta(days=Random(rep.name).randrange(READ_AGAIN_WITHIN)))
    return days


def _measures(name: str, day: date, calendar: Calendar) -> Measures:
    return measure(seller(name), day, calendar.first.first_day, calendar.recalibrated_on)


def _submission(rep: Member, day: date, measures: Measures, calendar: Calendar) -> Submission:
    pasted = Random(f"{rep.name} pastes").random() < PASTED_SHARE
    minute = Random(f"{rep.name} {day}").randrange(*OFFICE_HOURS)
    moment = datetime.combine(day, time(minute // 60, minute % 60), calendar.zone)
    ranks = {
        "industry_rank": measures.industry_rank,
        "network_rank": measures.network_rank,
        "industry_average": measures.industry_average,
        "network_average": measures.network_average,
    }
    return Submission(
        member=rep,
        month=Month.of(day),
        taken_on=day,
        total=measures.total,
        **{pillar.value: points for pillar, points in measures.pillars.items()},
        **(ranks if pasted else {}),
        source=Source.PASTED if pasted else Source.TYPED,
        typed_by=rep,
        typed_at=min(moment, calendar.now),
    )


def _store(submissions: list[Submission], team: Team, calendar: Calendar) -> None:
    """Store readings, oldest first, with a few that were corrected and a few that were withdrawn."""
    last = {(submission.member_id, submission.month): submission for submission in submissions}
    extra = [each for each in submissions if each is not last[each.member_id, each.month]]
    manager = Member.objects.filter(memberships__team=team, memberships__role=Role.MANAGER).first()
    corrected = list(last.values())[MISREAD_EVERY // 2 :: MISREAD_EVERY]
    misread = [
        _misread(right, manager if manager and index % 2 else right.member, calendar.now)
        for index, right in enumerate(corrected)
    ]
    Submission.objects.bulk_create(misread)
    Submission.objects.bulk_create(submissions)
    Withdrawal.objects.bulk_create(
        Withdrawal(submission=each, by=each.member, at=each.typed_at, reason="Read on a colleague’s screen.")
        for each in extra[::WITHDRAWN_EVERY]
    )


def _misread(right: Submission, by: Member, now: datetime) -> Submission:
    """A reading as it was typed at first, wrong; `right` becomes its correction, an hour later."""
    wrong = copy(right)
    wrong.total = min(right.total + MISREAD_BY, MOST)
    wrong.source = Source.TYPED
    right.replaces = wrong
    right.typed_at = min(wrong.typed_at + timedelta(hours=1), now)
    if by != right.member:
        right.typed_by, right.source, right.reason = by, Source.MANAGER, "The first digit was misread."
    return wrong


def _rank(boards: list[int]) -> None:
    """Rank boards. PostgreSQL looks at the tables first: it would plan for the empty ones of a moment ago."""
    if boards:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE teams_submission, teams_withdrawal, teams_membership, teams_member, teams_board")
        rank_boards(boards)


def _recalibrate(organization: Organization, calendar: Calendar) -> None:
    """Mark the day on which LinkedIn changed its formula, with the median of what everybody lost."""
    day = calendar.recalibrated_on
    shifts = [
        _measures(name, day, calendar).total - _measures(name, day - timedelta(days=1), calendar).total
        for name in organization.members.values_list("name", flat=True)
    ]
    Recalibration.objects.create(organization=organization, day=day, shift=round(median(shifts)))
