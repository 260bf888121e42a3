"""Who has won the challenges that are settled."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from teams.fields import name_as_read
from teams.models.challenges.challenges import Challenge
from teams.queries.prepared_sql import named_rows

WINNERS = Path(__file__).with_name("winners.sql").read_text()


@dataclass(frozen=True)
class Winner:
    """A member, by id, or a team that is first in a challenge; in a draw such a one has not won."""

    challenge: int
    member: int | None
    stored_name: str
    won: bool

    @property
    def name(self) -> str:
        """The name as its reader sees it."""
        return self.stored_name if self.member is None else name_as_read(self.stored_name)


def winners_of(challenges: Iterable[Challenge]) -> tuple[list[Winner], set[int]]:
    """The winners of settled challenges, by their latest results, the best first; and the ids of draws.

    One query: in a draw, and face to face only there, somebody is first and has not won.
    """
    settled = {each.pk: each for each in challenges if each.settled_at}
    if not settled:
        return [], set()
    first = named_rows(Winner, WINNERS, challenges=list(settled))
    level = {each.challenge for each in first if not each.won}
    return [each for each in first if each.won], {pk for pk in level if settled[pk].terms().is_face_to_face}
