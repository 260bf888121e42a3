"""Noticing moments of winning, each once: a best month, a challenge made or won, a goal reached, a place on the podium.

What a reading makes is noticed seconds after the reading was ranked. Whoever is killed in between has stored nothing:
the next sweep looks at everything that was ranked since the last one ended.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from teams.actions.messages.outbox import homes_of
from teams.models import Board, Challenge, Goal, GoalStart, Member, Moment, Source
from teams.models.moments import HOLDS
from teams.queries.challenges.table import Book, Row
from teams.queries.prepared_sql import rows
from teams.rules.moments import TYPED_WITHIN, MomentKind
from teams.rules.months import Month

BEST_MONTHS = Path(__file__).with_name("notice_best_months.sql").read_text()
PODIUMS = Path(__file__).with_name("notice_podiums.sql").read_text()
OVERLAP = timedelta(minutes=2)
"""A ranking that was under way when the last sweep looked ends within this time."""
FILES = [Source.IMPORT, Source.SALES_NAVIGATOR]
AT_ONCE = 100
"""How many challenges one transaction looks at."""


def notice_best_months(since: datetime | None, now: datetime) -> None:
    """Notice those of this month and the last whose boards were ranked since the last sweep ended."""
    since = max(since or now - TYPED_WITHIN, now - TYPED_WITHIN) - OVERLAP
    first_month = (Month.of(now.date()) - 1).first_day
    typed = {"typed_since": now - TYPED_WITHIN, "files": [str(each) for each in FILES]}
    rules = {"fewest": HOLDS["fewest"], "noise": HOLDS["noise"]}
    rows(BEST_MONTHS, since=since, now=now, first_month=first_month, **typed, **rules)


@transaction.atomic
def notice_made(now: datetime) -> list[int]:
    """Notice who made a challenge in which everybody wins who does, and who has not after all.

    At most 100 challenges, each by one worker; the ids of those looked at.
    """
    due = Challenge.objects.to_check(now).select_related("organization").order_by("checked_at", "pk")
    challenges = list(due.select_for_update(of=["self"], skip_locked=True)[:AT_ONCE])
    book = Book.of(challenges)
    makers_by_challenge = {
        each: _made(each, book.rows(each, now, confirmed=each.confirmed_only)) for each in challenges
    }
    _note_challenges(
        {challenge: [(member, None) for member in people] for challenge, people in makers_by_challenge.items()}, now
    )
    for challenge, people in makers_by_challenge.items():
        moments = Moment.objects.filter(challenge=challenge)
        moments.filter(taken_back_at=None).exclude(member__in=people).update(taken_back_at=now)
        moments.filter(taken_back_at__isnull=False, member__in=people).update(taken_back_at=None)
    Challenge.objects.filter(pk__in=[each.pk for each in challenges]).update(checked_at=now)
    return [each.pk for each in challenges]


def has_made(challenge: Challenge, member: int, now: datetime) -> bool:
    """Whether somebody has made a challenge that runs, by the readings that count at a moment."""
    rows = Book.of([challenge]).rows(challenge, now, confirmed=challenge.confirmed_only)
    return member in {person.pk for person in _made(challenge, rows)}


def note_won(challenge: Challenge, won: Mapping[int, int | None], now: datetime) -> None:
    """Notice who has won by a result: the winners' ids, with the team for which each played, if for one."""
    members = Member.objects.in_bulk(won)
    _note_challenges({challenge: [(members[pk], team) for pk, team in won.items()]}, now)


def note_reached(goals: Iterable[Goal], now: datetime) -> None:
    """Notice a goal for whom it is about: its member, or those of the team's reps from whom it was made."""
    goals = list(goals)
    own = {goal: goal.member for goal in goals if goal.member}
    homes = homes_of(own.values()) if own else {}
    moments = [
        Moment(member=member, team=homes[member.pk], kind=MomentKind.GOAL, goal=goal, noticed_at=now)
        for goal, member in own.items()
        if member.pk in homes
    ]
    for goal in goals:
        if goal.team:
            playing = {"member__memberships__team": goal.team, "member__memberships__left_on": None}
            reps = GoalStart.objects.filter(goal=goal, member__memberships__competing=True, **playing)
            moments += [
                Moment(member_id=rep, team=goal.team, kind=MomentKind.GOAL, goal=goal, noticed_at=now)
                for rep in reps.values_list("member", flat=True)
            ]
    Moment.objects.note(moments)


def note_podiums(boards: list[int], now: datetime) -> None:
    """Notice the first three of boards that are being closed."""
    rows(PODIUMS, boards=boards, now=now, share=HOLDS["share"], places=HOLDS["places"])


def forget_closing(board: Board, challenges: Iterable[Challenge]) -> None:
    """A closing that is taken back is none: the next one's moments are new, and so are results that it brought."""
    Moment.objects.filter(kind=MomentKind.PODIUM, team=board.team, month=board.month).delete()
    Moment.objects.filter(challenge__in=[each for each in challenges if not each.wins_when_made]).delete()


def mark_seen(moments: Iterable[int], now: datetime) -> None:
    """Note when the person a moment is about first saw it; later views change nothing."""
    Moment.objects.filter(pk__in=list(moments), seen_at=None).update(seen_at=now)


def _made(challenge: Challenge, rows: Iterable[Row]) -> list[Member]:
    return [row.entry.member for row in rows if row.result.won and row.entry.member]


def _note_challenges(won: Mapping[Challenge, list[tuple[Member, int | None]]], now: datetime) -> None:
    homes = homes_of(member for people in won.values() for member, _ in people)
    Moment.objects.note(
        Moment(member=member, team_id=where, kind=MomentKind.CHALLENGE, challenge=challenge, noticed_at=now)
        for challenge, people in won.items()
        for member, team in people
        if (where := team or (homes[member.pk].pk if member.pk in homes else None))
    )
