"""Some news of a challenge, and the desk at which its letters are written: whoever hears of it, and from what."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from teams.actions.messages.outbox import Written
from teams.models import Challenge, Entry, Member, MessageKind, Team
from teams.queries.challenges.table import Book
from teams.rules.messages.subjects import About, Subject, Thing
from teams.words.notices import Notice

CONFIRM, DECIDE, RESULT = "confirm", "decide", "result"
"""Steps of a challenge that others ask for by name."""
Letters = Iterable[tuple[Member, Written | None]]


def subject_of(challenge: Challenge, step: str = "") -> Subject:
    """What a message of a challenge is about."""
    return Subject(about=About(Thing.CHALLENGE, challenge.pk), step=step)


@dataclass(frozen=True)
class News:
    """Something that happened in a challenge: who is told what is only written where it was not told before."""

    challenge: Challenge
    kind: MessageKind
    letters: Callable[["Desk"], Letters]
    step: str = ""
    """Which of several about it."""
    good_until: datetime | None = None
    chat: Callable[[Team], Notice] | None = None
    """What is posted to the chats of a team."""
    from_day: date = date.min
    is_judged: bool = False
    """Whether its letters look at readings."""

    @property
    def subject(self) -> Subject:
        """What it is about, by which it is told once."""
        return subject_of(self.challenge, self.step)


@dataclass(frozen=True)
class Desk:
    """What the letters of some news are written from, read at once."""

    now: datetime
    book: Book
    grace_ends: Mapping[int, datetime]
    managers: Mapping[int, list[Member]]
    """Who manages each team."""
    makers: Mapping[int, set[int]]
    """The teams of each challenge's maker."""
    competing: Collection[tuple[int, int]]
    """Who competes in which team, as ids."""

    def readers(self, entry: Entry) -> list[Member]:
        """Who hears for an entry: the member, or the team's managers."""
        if entry.member:
            return [entry.member]
        return self.managers[entry.team.pk] if entry.team else []

    def deciders(self, challenge: Challenge) -> list[Member]:
        """Who manages a challenge: the managers of its maker's teams; where it has none, an admin made it."""
        managers = [person for team in sorted(self.makers[challenge.pk]) for person in self.managers[team]]
        return list(dict.fromkeys(managers)) or [challenge.maker]

    def decides(self, person: Member, entry: Entry) -> bool:
        """Whether somebody is asked to confirm or decide about an entry: not about their own or that of their team."""
        return person.pk != entry.member_id and (person.pk, entry.team_id) not in self.competing
