"""What teams play for, in short, as Today and a board show it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from teams.models.challenges.challenges import Challenge
from teams.models.challenges.entries import Entry
from teams.models.figures import Counter
from teams.models.people.members import Member
from teams.models.people.teams import Team
from teams.queries.challenges.table import Card, cards_of
from teams.queries.prepared_sql import columns, object_from, rows

PLAYED = Path(__file__).with_name("played.sql").read_text()
PLAYED = PLAYED.format(
    challenge=columns(Challenge, "challenge"), counter=columns(Counter, "counter"), entry=columns(Entry, "entry")
)
RESULT_STAYS = timedelta(days=31)
"""How long a board shows a result."""


def open_challenges(teams: Collection[Team], member: Member, most: int, marked: Collection[date]) -> list[Card]:
    """The open challenges of some of a member's teams and their own duels, those that end first; three queries.

    `marked` are the days of the company's recalibrations.
    """
    return _cards(member, marked, teams=teams, most=most, others_duels=False, settled_since=None)


def board_challenges(team: Team, member: Member, now: datetime) -> list[Card]:
    """Whatever a team plays for and the results of the last weeks, those that end last first; five queries."""
    since = now - RESULT_STAYS
    return _cards(member, None, teams=[team], most=None, others_duels=True, settled_since=since)[::-1]


def _cards(member: Member, marked: Collection[date] | None, teams: Collection[Team], **asked: Any) -> list[Card]:
    challenges: list[Challenge] = []
    entries: dict[int, Entry] = {}
    for row in map(iter, rows(PLAYED, teams=[team.pk for team in teams], member=member.pk, **asked)):
        challenge, counter = object_from(Challenge, row), object_from(Counter, row)
        entry, accepted = object_from(Entry, row), next(row)
        challenge.organization, challenge.counter, challenge.accepted = member.organization, counter, accepted
        challenges.append(challenge)
        if entry:
            entries[challenge.pk] = entry
    return cards_of(challenges, entries, member, marked)
