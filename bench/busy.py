"""A team as busy as teams get: months of readings, goals that run and are over, challenges in every state, a debt."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from bench.world import Ranked, make_ranked, noon
from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.challenges import lifecycle
from teams.actions.challenges.settling import settle
from teams.models import Answer, Challenge, Entry, Member
from teams.rules.months import Month
from tests.makers import make_challenge, make_counter, make_goal, make_submission

MONTHS = 6
"""Of readings, this month's included."""
SETTLED = 4
"""Challenges that are over."""


@dataclass(frozen=True)
class Busy(Ranked):
    """Such a team, and a challenge that runs."""

    challenge: Challenge


def make_busy(name: str, reps: int) -> Busy:
    """One more, with so many reps, in an organization of its own."""
    ranked = make_ranked(name, reps)
    this_month = Month.of(ranked.team.organization.today())
    for back in range(2, MONTHS):
        for number, rep in enumerate(ranked.reps):
            month = this_month - back
            make_submission(rep, 35 + (7 * number + back) % 30, month=month, typed_at=noon(month.first_day))
    _make_goals(ranked)
    for number in range(SETTLED):
        _make_settled(ranked, f"Race {number + 1}", ranked.reps[number : number + 6])
    challenge = make_challenge(ranked.team, ranked.manager, title="Plus five", stake_kind="on_me", stake="lunch")
    _take_part(challenge, ranked.reps[: reps // 2])
    make_challenge(ranked.team, ranked.manager, title="Highest of the month", kind="highest")
    duel = make_challenge(ranked.team, ranked.reps[0], kind="improved", opponent=ranked.reps[1], title="You and me")
    _take_part(duel, [ranked.reps[1]])
    make_counter(ranked.team, ranked.manager, {rep: 3 + rep.pk % 20 for rep in ranked.reps})
    rank_stale_boards()
    return Busy(ranked.team, ranked.manager, ranked.reps, ranked.display, ranked.token, challenge)


def _make_goals(ranked: Ranked) -> None:
    """Three of the team, two of the first rep, two that colleagues share; and three of the team that are over."""
    team, today = ranked.team, ranked.team.organization.today()
    for kind, target in [("mean", 70), ("everybody", 60), ("coverage", 90)]:
        make_goal(team, target, kind=kind, by=ranked.manager)
    for target in (75, 85):
        make_goal(ranked.reps[0], target, by=ranked.reps[0])
    for colleague in ranked.reps[1:3]:
        make_goal(colleague, 80, by=colleague, shared=True, text="For the conference")
    for weeks in (2, 6, 10):
        due_on = today - timedelta(weeks=weeks)
        make_goal(team, 90, by=ranked.manager, started_on=due_on - timedelta(days=30), due_on=due_on)


def _make_settled(ranked: Ranked, title: str, players: list[Member]) -> None:
    """A challenge that ended three weeks ago, with its result; its maker owes the winners."""
    organization, ago = ranked.team.organization, timezone.now() - timedelta(days=75)
    starts_on, ends_on = organization.today() - timedelta(days=74), organization.today() - timedelta(days=20)
    challenge = Challenge.objects.create(
        organization=organization, maker=ranked.manager, title=title, kind="improved", winners="top", winner_count=3,
        starts_on=starts_on, ends_on=ends_on, stake_kind="on_me", stake="coffee", sent_at=ago,
    )  # fmt: skip
    challenge.teams.add(ranked.team)
    challenge.entries.bulk_create(
        Entry(challenge=challenge, member=player, answer=Answer.ACCEPTED, answered_at=ago) for player in players
    )
    settle(challenge.pk, timezone.now())


def _take_part(challenge: Challenge, members: list[Member]) -> None:
    """Each of them comes in."""
    for entry in challenge.entries.filter(member__in=members, answer="invited"):
        lifecycle.answer(entry, entry.member, timezone.now(), accepts=True)
