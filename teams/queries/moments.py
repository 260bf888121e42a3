"""Moments of winning, as those whom they are about see them on Today."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from teams.models.goals import Goal
from teams.models.moments import HOLDS, Moment
from teams.queries.challenges.visibility import names_winners
from teams.queries.prepared_sql import named_rows
from teams.rules.moments import SEEN_FOR, STANDS, MomentKind
from teams.rules.months import Month

MOMENTS = Path(__file__).with_name("moments.sql").read_text()


class OwnMoment(NamedTuple):
    """A moment of whoever reads it, with whatever its kind is about."""

    id: int
    is_new: bool
    kind: str
    month: Month | None
    team_id: int
    team: str
    slug: str
    challenge_id: int | None
    challenge: str | None
    is_settled: bool
    stake: str | None
    goal_id: int | None
    place: int | None
    total: int | None
    gain: int | None
    goal: Goal | None = None


def own_moments(member: int, now: datetime) -> list[OwnMoment]:
    """What a member has not seen yet, or only just; one query, and one where a goal is among them."""
    parameters = {"member": member, "since": now - STANDS, "seen_since": now - SEEN_FOR, "kinds": list(MomentKind)}
    moment_rows = named_rows(dict, MOMENTS, **parameters, **HOLDS)
    numbers = [each["goal_id"] for each in moment_rows if each["goal_id"]]
    goals = Goal.objects.with_owners().in_bulk(numbers) if numbers else {}
    return [
        OwnMoment(**each | {"month": each["month"] and Month.of(each["month"]), "goal": goals.get(each["goal_id"])})
        for each in moment_rows
    ]


def is_for_everybody(moment: Moment) -> bool:
    """Whether a chat or a wall of its team may tell it: what it shows is seen by everybody there."""
    names = moment.challenge is None or names_winners(moment.challenge)
    return names and moment.team.ranks_shown_to == "all"
