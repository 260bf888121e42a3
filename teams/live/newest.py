"""The newest versions of open boards and walls, for those who ask every few seconds whether theirs still is."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone

from teams.live.news_keys import opened
from teams.live.polled_cache import Copies
from teams.live.polling import release
from teams.models import Display
from teams.models.tokens import hashed
from teams.queries.boards.news import newest_versions
from teams.queries.displays.wall_states import WallState, wall_states

CONTACT_EVERY = timedelta(minutes=1)
"""A contact is written once in this time, however often a screen asks."""


def newest_board(key: str) -> str | None:
    """The version of the board that a signed key is for; None for a key that is old, not ours, or somebody's who left.

    It was so a second ago at most, and None says only that it is not known here.
    """
    try:
        board_key = opened(key)
    except signing.BadSignature:
        return None
    return None if board_key.is_old else BOARDS.get((board_key.board, board_key.user))


def newest_wall(token: str) -> str | None:
    """The version of the screen that has this token; None where it is un-paired or has something to celebrate.

    It was so a second ago at most, and None says only that it is not known here.
    """
    wall = WALLS.get(hashed(token))
    return wall[1] if wall else None


def read_boards(board_keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The versions of boards, as pages say them; one query."""
    return {key: str(version) for key, version in newest_versions(board_keys).items()}


def read_walls(screens: Collection[str]) -> dict[str, tuple[WallState, str]]:
    """As `walls_now`, but for those with something to celebrate."""
    return {screen: wall for screen, wall in walls_now(screens).items() if not wall[0].due}


def walls_now(screens: Collection[str]) -> dict[str, tuple[WallState, str]]:
    """Paired screens and their versions, by the hashes of their tokens.

    One query; and one more where the contact of some is noted.
    """
    now = timezone.now()
    states = wall_states(screens, now)
    note_contacts(states.values(), now)
    return {screen: (state, state.version(now, release())) for screen, state in states.items()}


def note_contacts(screens: Iterable[WallState], now: datetime) -> None:
    """Remember that these screens asked, each at most once a minute."""
    long_ago = now - CONTACT_EVERY
    display_ids = [screen.display for screen in screens if screen.seen_at is None or screen.seen_at < long_ago]
    if display_ids:
        Display.objects.filter(pk__in=display_ids).update(seen_at=now)


BOARDS = Copies(read_boards)
WALLS = Copies(read_walls, rested=0.9)
"""A wall is looked at from afar: a busy team's slides are made once a second, for all its screens."""
