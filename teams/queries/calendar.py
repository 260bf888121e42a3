"""What stands in one's own calendar: one's own days only, and nobody else's name."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from teams.models import Answer, Board, Entry, Goal, Leave, Member, Membership, Role, Submission
from teams.rules.calendar import REMINDS, WINDOW, Occasion, months_shown
from teams.rules.months import Month
from teams.rules.people.leave import is_away
from teams.words.challenges import what_it_takes
from teams.words.figures import month_name
from teams.words.goals import goal_name

SHOWN_FOR = timedelta(days=60)
"""How long what is over stays in a calendar."""


class _Person(NamedTuple):
    """Somebody, with where they belong now."""

    member: Member
    memberships: list[Membership]
    today: date

    @property
    def runs_a_team(self) -> bool:
        return self.member.is_admin or any(each.role == Role.MANAGER for each in self.memberships)

    @property
    def home(self) -> Membership | None:
        """Where they compete; else where they belong."""
        return next((each for each in self.memberships if each.competing), next(iter(self.memberships), None))


def occasions_of(member: Member, now: datetime) -> list[Occasion]:
    """Their time to submit, closings, the ends of challenges that they are in, and the days of goals, by day.

    In the language that is active; eight queries.
    """
    memberships = list(member.memberships.active().select_related("team").order_by("team__name", "pk"))
    person = _Person(member, memberships, member.organization.local(now).date())
    occasions = [*_months(person), *_challenges(person), *_goals(person)]
    return sorted(occasions, key=lambda each: (f"{each.starts:%Y-%m-%d}", each.key))


def _months(person: _Person) -> Iterator[Occasion]:
    member, home = person.member, person.home
    months = [month for month in months_shown(person.today) if member.organization.was_here(month)]
    boards = Board.objects.filter(team=home.team_id if home else None, month__in=months, closed_at__isnull=False)
    closed = dict(boards.values_list("month", "closed_at"))
    due = _months_to_submit(person, set(months) - closed.keys())
    for month in months:
        closing = closed.get(month) or member.organization.closes(month)
        if month in due:
            yield _window(member, month, closing)
        yield _closing(person, month, closing, reminds=month not in closed and (month in due or person.runs_a_team))


def _window(member: Member, month: Month, closing: datetime) -> Occasion:
    moment = date_format(closing.astimezone(member.zone), "DATETIME_FORMAT")
    return Occasion(
        f"submit-{month}",
        month.last_day - WINDOW,
        _("Submit your score: %(month)s") % {"month": month_name(month)},
        _("Read it on LinkedIn's page. What is in by %(moment)s counts.") % {"moment": moment},
        reverse("submit"),
        last=member.organization.local(closing).date(),
    )


def _closing(person: _Person, month: Month, closing: datetime, *, reminds: bool) -> Occasion:
    home = person.home
    return Occasion(
        f"closing-{month}",
        closing,
        _("%(month)s closes") % {"month": month_name(month)},
        _("From now on its standings are final."),
        reverse("board_of_month", args=[home.team.slug, month]) if home else reverse("organization"),
        reminds=REMINDS if reminds else (),
    )


def _months_to_submit(person: _Person, months: Collection[Month]) -> set[Month]:
    """Those of the months in which a reading of theirs is waited for: they compete, are there, and none is in."""
    member = person.member
    home = next((each for each in person.memberships if each.competing), None)
    if home is None or not months:
        return set()
    submitted = set(
        Submission.objects.counting().filter(member=member, month__in=months).values_list("month", flat=True)
    )
    spans = list(Leave.objects.filter(member=member).values_list("starts_on", "ends_on"))
    return {
        month
        for month in months
        if month not in submitted
        and home.joined_on <= month.last_day
        and not (member.no_access_since and member.no_access_since <= month.last_day)
        and not is_away(month, spans, member.organization.holidays)
    }


def _challenges(person: _Person) -> Iterator[Occasion]:
    """The last days of those that they are in, or that a team plays in which they compete or which they manage.

    By their rule: a title may name somebody.
    """
    teams = [each.team_id for each in person.memberships if each.competing or each.role == Role.MANAGER]
    entries = Entry.objects.filter(
        Q(member=person.member) | Q(team__in=teams),
        answer=Answer.ACCEPTED,
        challenge__sent_at__isnull=False,
        challenge__voided_at=None,
        challenge__ends_on__gte=person.today - SHOWN_FOR,
    )
    for challenge in {each.challenge_id: each.challenge for each in entries.select_related("challenge")}.values():
        sentence = _("Last day of your duel: %(rule)s") if challenge.is_duel else _("Last day of a challenge: %(rule)s")
        yield Occasion(
            f"challenge-{challenge.pk}",
            challenge.ends_on,
            sentence % {"rule": what_it_takes(challenge.terms())},
            _("Readings of this day still count."),
            reverse("challenge", args=[challenge.pk]),
            last=challenge.ends_on,
        )


def _goals(person: _Person) -> Iterator[Occasion]:
    """The days of their own goals and of their teams' that are not reached yet. What one is for stays out."""
    own = Q(member=person.member) | Q(team__in=[each.team_id for each in person.memberships])
    goals = Goal.objects.filter(own, cancelled_on=None, reached_on=None, due_on__gte=person.today - SHOWN_FOR)
    for goal in goals.select_related("counter"):
        sentence = _("Your goal: %(goal)s") if goal.member_id else _("The team's goal: %(goal)s")
        yield Occasion(
            f"goal-{goal.pk}",
            goal.due_on,
            sentence % {"goal": goal_name(goal.aim())},
            _("It is to be reached by this day."),
            reverse("goals"),
            last=goal.due_on,
        )
