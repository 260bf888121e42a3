"""The signed keys with which open pages ask for news of a board: which board, for whom, while places are shown so."""

import time
from functools import lru_cache
from typing import NamedTuple

from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from teams.models import Board, User
from teams.rules.visibility import Audience

NEWS = "news"
"""What the keys are signed for."""
KEY_LIVES = 600
"""Seconds; an open page asks for a new one in time."""


class NewsKey(NamedTuple):
    """What a key says. `session` is a mark of the holder's, `made_at` is when it was signed, in seconds."""

    board: int
    audience: str
    tab: str
    shown_to: str
    user: int
    language: str
    session: str = ""  # of a key from before there was such a mark
    made_at: int = 0

    @property
    def is_old(self) -> bool:
        """Whether it is to be believed no more."""
        return time.time() - self.made_at >= KEY_LIVES


def news_key(board: Board, audience: Audience, tab: str, user: User, session: str) -> str:
    """A key for an open page of the board, of this minute, good in this session and with this password."""
    mark = mark_of(session, user.password)
    values = (board.pk, audience, tab, board.team.ranks_shown_to, user.pk, get_language(), mark)
    return _signed(values, int(time.time() // 60))


def mark_of(session: str, password: str) -> str:
    """What tells one session of somebody from all others, and from those before they chose another password."""
    return salted_hmac(NEWS, f"{session} {password}", algorithm="sha256").hexdigest()[:24]


@lru_cache(maxsize=1_000)
def _signed(values: tuple, minute: int) -> str:
    return signing.dumps(values, salt=NEWS)


@lru_cache(maxsize=10_000)
def opened(key: str) -> NewsKey:
    """What a key says, whatever its age; BadSignature where it is not ours. Checked once in each process."""
    return NewsKey(*signing.loads(key, salt=NEWS))._replace(made_at=signing.b62_decode(key.rsplit(":", 2)[1]))
