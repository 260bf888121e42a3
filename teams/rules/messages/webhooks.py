"""Standard Webhooks 1.0: which events there are, how a message is signed, when one is tried again, and for how long."""

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from teams.rules.messages.delivery import Answer, DeliveryState, Verdict

PREFIX = "whsec_"
TRY_AGAIN_AFTER = [
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
]
"""The standard's waits between the tries; the last one again and again."""
TRIED_FOR = timedelta(days=5)
"""How long one message is tried, and after how long without any that was taken nothing is sent any more."""
LONGEST_PAUSE = timedelta(minutes=5)
"""How long others wait because one was not taken: whoever does not answer is not asked over and over."""
BOTH_VALID = timedelta(days=1)
"""How long the earlier secret signs too, once there is another."""


class WebhookEvent(StrEnum):
    """What may have happened. `test` is sent when somebody asks for it."""

    READING_SUBMITTED = "reading.submitted"
    READING_CORRECTED = "reading.corrected"
    READING_WITHDRAWN = "reading.withdrawn"
    MONTH_CLOSED = "month.closed"
    MONTH_AMENDED = "month.amended"
    MONTH_REOPENED = "month.reopened"
    GOAL_REACHED = "goal.reached"
    CHALLENGE_STARTED = "challenge.started"
    CHALLENGE_SETTLED = "challenge.settled"
    MEMBER_JOINED = "member.joined"
    MEMBER_LEFT = "member.left"


TEST = "test"


def new_secret(random: bytes) -> str:
    """A secret as the standard writes it, of 24 to 64 random bytes."""
    return PREFIX + b64encode(random).decode()


def signed_headers(message_id: str, moment: datetime, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """The headers by which a receiver knows who sent a body, and that it is not an old one sent again."""
    timestamp = str(int(moment.timestamp()))
    signed = f"{message_id}.{timestamp}.".encode() + body
    signatures = [f"v1,{_signature(secret, signed)}" for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(signatures),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    return b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def body_of(message: dict[str, Any]) -> bytes:
    """The body of a webhook: JSON with sorted keys, so that the same message is the same bytes at every try."""
    return json.dumps(message, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def state_after_try(
    answer: Answer, first: datetime, attempts: int, now: datetime, *, is_test: bool = False
) -> tuple[DeliveryState, datetime | None]:
    """A message's new state after so many tries, and when to try again where it waits.

    It is sent again after every answer but a yes: a receiver knows by a message's id that it came twice. A test is sent
    once, since somebody waits for what becomes of it.
    """
    if answer.verdict == Verdict.TAKEN:
        return DeliveryState.SENT, None
    wait = max(answer.wait, TRY_AGAIN_AFTER[min(attempts, len(TRY_AGAIN_AFTER)) - 1])
    if is_test or now + wait > first + TRIED_FOR:
        return DeliveryState.FAILED, None
    return DeliveryState.WAITING, now + wait


def pause_after(failures: int) -> timedelta:
    """How long nothing is sent to a receiver after so many failures in a row."""
    return min(TRY_AGAIN_AFTER[min(failures, len(TRY_AGAIN_AFTER)) - 1], LONGEST_PAUSE)


def is_given_up(failing_since: datetime | None, now: datetime) -> bool:
    """Whether a receiver has taken nothing for so long that nothing is sent to it any more."""
    return failing_since is not None and now - failing_since >= TRIED_FOR
