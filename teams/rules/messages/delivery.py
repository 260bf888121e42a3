"""What an answer of the other side means for a message: sent, tried again, given up, or nobody knows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TRIES_FOR = timedelta(days=1)
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=4)
STUCK_AFTER = timedelta(minutes=6)
"""Longer than a worker may take for a message: whoever began this long ago has died."""


class DeliveryState(StrEnum):
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


class Reason(StrEnum):
    """Why a message is not sent, did not arrive, or may not have: stored as a code and said where it is read."""

    SUBMITTED = "submitted"
    LEFT = "left"
    NO_ACCESS = "no_access"
    AWAY = "away"
    CLOSED = "closed"
    INVITED = "invited"
    INVITATION_EXPIRED = "invitation_expired"
    NO_ADDRESS = "no_address"
    UNSUBSCRIBED = "unsubscribed"
    REMINDED_TODAY = "reminded_today"
    DEMO = "demo"
    TOO_LATE = "too_late"
    CHAT_REMOVED = "chat_removed"
    NOT_MANAGER = "not_manager"
    REOPENED = "reopened"
    TAKEN_BACK = "taken_back"
    ANSWERED = "answered"
    THERE_ALREADY = "there_already"
    CHALLENGE_OVER = "challenge_over"
    EVERYBODY_SUBMITTED = "everybody_submitted"
    READ_AGAIN = "read_again"
    MARK_REMOVED = "mark_removed"
    WORKER_DIED = "worker_died"
    WORKER_BROKE_OFF = "worker_broke_off"
    UNWRITABLE = "unwritable"
    UNADDRESSABLE = "unaddressable"
    NOBODY = "nobody"
    MAIL_SERVER_SAID = "mail_server_said"
    MAIL_SERVER_UNREACHABLE = "mail_server_unreachable"
    MAIL_SERVER_STOPPED = "mail_server_stopped"
    MAIL_SERVER_SILENT = "mail_server_silent"
    CHAT_SAID = "chat_said"
    CHAT_UNKNOWN = "chat_unknown"
    CHAT_UNREACHABLE = "chat_unreachable"
    CHAT_STOPPED = "chat_stopped"
    CHAT_SILENT = "chat_silent"
    NO_WEB_ADDRESS = "no_web_address"
    ADDRESS_NOT_PLAIN = "address_not_plain"
    ADDRESS_RETIRED = "address_retired"
    NO_HOST = "no_host"
    NOT_PUBLIC = "not_public"
    KEY_CHANGED = "key_changed"


@dataclass(frozen=True)
class Answer:
    """A verdict with why, what the other side said in its own words, and how long it asked us to wait."""

    verdict: Verdict
    reason: Reason | None = None
    said: str = ""
    wait: timedelta = timedelta()


def printable(text: str) -> str:
    """What the other side said, as it may be stored and shown: its first 300 letters, without control characters."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:300])


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


def state_after(answer: Answer, first: datetime, attempts: int, now: datetime) -> tuple[DeliveryState, datetime | None]:
    """The message's new state after so many attempts, and when to try again where it waits."""
    if answer.verdict == Verdict.LATER:
        wait = max(answer.wait, min(FIRST_WAIT * 2 ** min(attempts - 1, 10), LONGEST_WAIT))
        return (DeliveryState.WAITING, now + wait) if now + wait <= first + TRIES_FOR else (DeliveryState.FAILED, None)
    states = {
        Verdict.TAKEN: DeliveryState.SENT,
        Verdict.NEVER: DeliveryState.FAILED,
        Verdict.UNKNOWN: DeliveryState.UNCERTAIN,
    }
    return states[answer.verdict], None
