"""What is played for, as Today shows it."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from teams.models.challenges.challenges import Challenge
from teams.models.challenges.entries import Entry
from teams.models.people.members import Member
from teams.models.people.teams import Team
from teams.queries.challenges.table import Card, cards_of
from teams.queries.prepared_sql import columns, object_from, rows

CHALLENGES = Path(__file__).with_name("challenges.sql").read_text()
CHALLENGES = CHALLENGES.format(challenge=columns(Challenge, "challenge"), entry=columns(Entry, "entry"))


def open_challenges(teams: Collection[Team], member: Member, most: int, marked: Collection[date]) -> list[Card]:
    """The open challenges of some of a member's teams and their own duels, those that end first; three queries.

    `marked` are the days of the company's recalibrations.
    """
    challenges: list[Challenge] = []
    entries: dict[int, Entry] = {}
    for row in map(iter, rows(CHALLENGES, teams=[team.pk for team in teams], member=member.pk, most=most)):
        challenge, entry, accepted = object_from(Challenge, row), object_from(Entry, row), next(row)
        challenge.organization, challenge.accepted = member.organization, accepted
        challenges.append(challenge)
        if entry:
            entries[challenge.pk] = entry
    return cards_of(challenges, entries, member, marked)
