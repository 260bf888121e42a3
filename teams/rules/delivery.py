"""What an answer of the other side means for a message: sent, tried again, given up, or nobody knows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TRIES_FOR = timedelta(days=1)
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=4)
STUCK_AFTER = timedelta(minutes=6)
"""Longer than a worker may take for a message: whoever began this long ago has died."""


class State(StrEnum):
    """Where a message is. Only what waits is handed over."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    DROPPED = "dropped"


class Verdict(StrEnum):
    """What became of a hand-over."""

    TAKEN = "taken"
    LATER = "later"
    """Refused for now: it was certainly not taken."""
    NEVER = "never"
    UNKNOWN = "unknown"
    """It may have been taken, or not."""


@dataclass(frozen=True)
class Answer:
    """A verdict with what the other side said, and how long it asked us to wait."""

    verdict: Verdict
    said: str = ""
    wait: timedelta = timedelta()


def smtp_verdict(code: int) -> Verdict:
    """What a mail server's reply means: 2xx taken, 4xx for now, 5xx for good."""
    if 200 <= code < 300:
        return Verdict.TAKEN
    return Verdict.NEVER if 500 <= code < 600 else Verdict.LATER


def http_verdict(status: int) -> Verdict:
    """What a chat's answer means. A gateway's time-out tells nothing of who is behind it."""
    if 200 <= status < 300:
        return Verdict.TAKEN
    if status == 504:
        return Verdict.UNKNOWN
    return Verdict.LATER if status in (408, 425, 429) or status >= 500 else Verdict.NEVER


def state_after(answer: Answer, first: datetime, attempts: int, now: datetime) -> tuple[State, datetime | None]:
    """The message's new state after so many attempts, and when to try again where it waits."""
    if answer.verdict == Verdict.LATER:
        wait = max(answer.wait, min(FIRST_WAIT * 2 ** min(attempts - 1, 10), LONGEST_WAIT))
        return (State.WAITING, now + wait) if now + wait <= first + TRIES_FOR else (State.FAILED, None)
    states = {Verdict.TAKEN: State.SENT, Verdict.NEVER: State.FAILED, Verdict.UNKNOWN: State.UNCERTAIN}
    return states[answer.verdict], None
