"""Whether anything changed of what a board page shows to those who see the same of it."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import connection

from teams.models.members import Member

BOARD_STATE = Path(__file__).with_name("board_state.sql").read_text()


class BoardState(NamedTuple):
    """`text` differs when the page does, also between members who see different things."""

    team: int
    text: str
    plays: bool


def board_state(viewer: Member, slug: str, since: date) -> BoardState | None:
    """How the board pages of a team stand whose month is not from before a day; one query.

    None where the page has to be made anew: for admins, for whoever is not in the team, while a change is not ranked.
    """
    with connection.cursor() as cursor:
        cursor.execute(BOARD_STATE, {"viewer": viewer.pk, "slug": slug, "since": since})
        found = cursor.fetchone()
    return BoardState(*found) if found else None
