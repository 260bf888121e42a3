"""Slack's slash command: whether it is Slack that asks, and what somebody wrote behind `/ssi`."""

import hmac
import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

OLDEST = 300
"""Seconds that a request may be old, and its clock ahead of ours."""
MOST_BYTES = 16_384
"""Of a request: Slack's have about 600."""
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
SIGNING_SECRET = re.compile(r"[0-9A-Za-z]{32,64}")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,3})?")
_BOARD = {"board", "tableau", "tablero", "classement", "rangliste", "clasificación"}


class Wish(StrEnum):
    """What is wanted."""

    SCORE = "score"
    BOARD = "board"
    HELP = "help"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Command:
    """What was written: for a score its `numbers` as they stand there, the total and maybe the four pillars."""

    wish: Wish
    numbers: tuple[str, ...] = ()
    anyway: bool = False
    """Whether numbers that do not add up are meant so: there was an exclamation mark behind them."""


def read_command(text: str) -> Command:
    """`63`, or `63 21 6.4 10.3 25`, maybe with `!` behind it; `board`; nothing, or anything else."""
    text = text.strip()
    anyway = text.endswith("!")
    words = [word.strip(",;") for word in text.rstrip("! ").replace("/100", "").split()]
    words = [word for word in words if word]
    if len(words) in (1, 5) and all(_NUMBER.fullmatch(word) for word in words):
        return Command(Wish.SCORE, tuple(words), anyway)
    if len(words) == 1 and words[0].lower() in _BOARD:
        return Command(Wish.BOARD)
    has_numbers = any(letter.isdigit() for letter in text)
    return Command(Wish.UNCLEAR if has_numbers else Wish.HELP)


def is_recent(timestamp: str, now: float) -> bool:
    """Whether a request's own time, in seconds since 1970, is about now."""
    return re.fullmatch(r"[0-9]{1,12}", timestamp) is not None and abs(now - int(timestamp)) <= OLDEST


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What Slack writes into `X-Slack-Signature`."""
    return f"v0={hmac.new(secret.encode(), b'v0:' + timestamp.encode() + b':' + body, sha256).hexdigest()}"


def is_signed(secret: str, timestamp: str, body: bytes, given: str) -> bool:
    """Whether whoever sent the body knows the secret, compared in constant time. Nobody does where there is none."""
    return bool(secret) and hmac.compare_digest(signature(secret, timestamp, body).encode(), given.encode())
