"""Whether anything changed of what a board page shows to those who see the same of it."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from teams.models.people.members import Member
from teams.queries.prepared_sql import named_rows

BOARD_STATE = Path(__file__).with_name("state.sql").read_text()


class BoardState(NamedTuple):
    """The texts differ when the page does, `rights` also between members who see different things."""

    team: int
    rights: str
    boards: str | None
    goals: str | None
    plays: bool


def board_state(viewer: Member, slug: str, since: date) -> BoardState | None:
    """How the board pages of a team stand whose month is not from before a day; one query, for admins none.

    None where the page has to be made anew: for admins, for whoever is not in the team, while a change is not ranked.
    """
    if viewer.is_admin:
        return None
    found = named_rows(BoardState, BOARD_STATE, viewer=viewer.pk, slug=slug, since=since)
    return found[0] if found else None
