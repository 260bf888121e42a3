"""Handing messages over: never twice, and never lost in silence.

The claim is committed as *sending* before the hand-over and marked afterwards. Whoever dies in between leaves a row
that a sweep finds and calls *uncertain*: it is shown to managers and not sent again by itself. What waits for the same
person at the same moment is one mail, so that one change never makes two, whatever it touches.
"""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import override

from teams.actions.audit import record
from teams.actions.challenges.still_needed import still_needed_of
from teams.actions.messages.addresses import site_url
from teams.actions.messages.links import make_unsubscribe_link
from teams.actions.messages.outdated import as_shown, outdated
from teams.actions.reminders.digests import digest_of
from teams.actions.reminders.reading_again import read_again_of
from teams.actions.reminders.reminders import reminder_of
from teams.actions.reminders.weekly import weekly_of
from teams.chat.cards import CARDS
from teams.chat.posting import post
from teams.mail.letters import letter
from teams.mail.sending import hand_over
from teams.models import Act, Delivery, MessageKind, Topic, Unsubscription
from teams.rules.messages.delivery import Answer, DeliveryState, Reason, Verdict, printable, state_after
from teams.words.notices import Notice

log = logging.getLogger(__name__)
WRITTEN_LATE = {
    MessageKind.REMINDER: reminder_of,
    MessageKind.READ_AGAIN: read_again_of,
    MessageKind.DIGEST: digest_of,
    MessageKind.WEEKLY: weekly_of,
    MessageKind.CHALLENGE_HALF_TIME: still_needed_of,
    MessageKind.CHALLENGE_LAST_DAYS: still_needed_of,
}
"""Kinds that say what is true when they are handed over."""
ALONE = [MessageKind.REMINDER, MessageKind.READ_AGAIN, MessageKind.DIGEST]
"""Kinds of mails that share theirs with nothing else."""


class Claimed(NamedTuple):
    """What this worker alone hands over, as one mail or post, with what each says."""

    deliveries: list[Delivery]
    notices: list[Notice]


def deliver(delivery_id: int, now: datetime) -> DeliveryState | None:
    """Hand a message over, with what else waits for its reader; give the new state.

    None where it is not due, not true any more, or somebody else's.
    """
    claimed = _claim(delivery_id, now)
    if claimed is None:
        return None
    try:
        answer = _hand_over(*claimed)
    except Exception as broken:
        log.exception("delivery %s broke off", delivery_id)
        answer = Answer(Verdict.UNKNOWN, Reason.WORKER_BROKE_OFF, type(broken).__name__)
    states = [_note(delivery, answer, now) for delivery in claimed.deliveries]
    return states[0]


def due_deliveries(now: datetime, at_most: int = 5000) -> list[int]:
    """The ids of the messages whose time has come."""
    return list(Delivery.objects.due(now).values_list("pk", flat=True)[:at_most])


def give_up_on_the_stuck(now: datetime) -> int:
    """Call those uncertain whose hand-over began long ago and never ended; how many there were."""
    return Delivery.objects.stuck(now).update(state=DeliveryState.UNCERTAIN, ended_at=now, reason=Reason.WORKER_DIED)


@transaction.atomic
def send_again(delivery: Delivery, now: datetime) -> bool:
    """A manager wants an uncertain or failed message sent once more; False where it is neither (any more)."""
    waiting = {"state": DeliveryState.WAITING, "due_at": now, "first_at": None, "good_until": None, "attempts": 0}
    if not Delivery.objects.unsettled().filter(pk=delivery.pk).update(**waiting, reason="", said=""):
        return False
    record(Act.SENT_AGAIN, delivery.member, teams=[delivery.team])
    return True


@transaction.atomic(durable=True)
def _claim(delivery_id: int, now: datetime) -> Claimed | None:
    """The messages and what they say, committed as being sent; None where there is nothing to hand over."""
    first = Delivery.objects.due(now).filter(pk=delivery_id).only("member_id", "kind").first()
    if first is None:
        return None
    which = Q(pk=delivery_id)
    if first.member_id and first.kind not in ALONE:
        _wait_for_turn(first.member_id)
        which = Q(Q(member=first.member_id), ~Q(kind__in=ALONE))
    related = ["member__user", "member__organization", "team__organization", "webhook"]
    due = Delivery.objects.due(now).filter(which).select_related(*related).order_by("created_at", "pk")
    claimed = Claimed([], [])
    for delivery in due.select_for_update(of=["self"], skip_locked=True):
        if notice := _claimed(delivery, now):
            claimed.deliveries.append(delivery)
            claimed.notices.append(notice)
    return claimed if claimed.deliveries else None


def _wait_for_turn(member_id: int) -> None:
    """Until the end of the transaction nobody else gathers what waits for this member."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('mail to', %s))", [member_id])


def _claimed(delivery: Delivery, now: datetime) -> Notice | None:
    """What a message says, marked as being sent; None where it is not sent any more, which is noted."""
    with override(delivery.language):
        notice = _reason_not_to(delivery, now) or _written(delivery, now)
    if isinstance(notice, Reason):
        delivery.state, delivery.reason, delivery.ended_at = DeliveryState.DROPPED, notice, now
        delivery.save(update_fields=["state", "reason", "ended_at"])
        return None
    delivery.state, delivery.started_at = DeliveryState.SENDING, now
    delivery.first_at = delivery.first_at or now
    delivery.attempts += 1
    delivery.save(update_fields=["state", "started_at", "first_at", "attempts"])
    return notice


def _reason_not_to(delivery: Delivery, now: datetime) -> Reason | None:
    """Why a message is not sent any more, whatever it says."""
    if delivery.team.organization.is_demo:
        return Reason.DEMO
    if delivery.good_until and now >= delivery.good_until:
        return Reason.TOO_LATE
    if delivery.webhook:
        return Reason.CHAT_REMOVED if delivery.webhook.removed_at else None
    user = delivery.reader.user
    if user is None or not user.is_active:
        return Reason.NO_ADDRESS
    if Unsubscription.objects.filter(member=delivery.member, topic=delivery.topic).exists():
        return Reason.UNSUBSCRIBED
    return None


def _written(delivery: Delivery, now: datetime) -> Notice | Reason:
    if delivery.notice is None:
        return WRITTEN_LATE[MessageKind(delivery.kind)](delivery, now)
    return outdated(delivery) or as_shown(delivery, Notice.of(delivery.notice))


def _hand_over(deliveries: list[Delivery], notices: list[Notice]) -> Answer:
    first = deliveries[0]
    if first.webhook:
        return post(first.webhook.url, CARDS[first.webhook.service](notices[0]))
    topics, reader = _topics(deliveries), first.reader
    with override(first.language):
        mail = letter(
            notices,
            reader,
            numbers=[delivery.pk for delivery in deliveries],
            unsubscribe_url=site_url("unsubscribe", make_unsubscribe_link(reader, *topics)),
            about=[topic.label for topic in topics],
        )
    return hand_over(mail)


def _topics(deliveries: Iterable[Delivery]) -> list[Topic]:
    return list(dict.fromkeys(delivery.topic for delivery in deliveries))


def _note(delivery: Delivery, answer: Answer, now: datetime) -> DeliveryState:
    """Write down what became of it, also where the sweep lost patience meanwhile; not over a later attempt."""
    if (
        delivery.kind == MessageKind.CHAT_TEST and answer.verdict == Verdict.LATER
    ):  # somebody is waiting for the outcome
        answer = replace(answer, verdict=Verdict.NEVER)
    state, due_at = state_after(answer, delivery.first_at or now, delivery.attempts, now)
    attempt = Delivery.objects.filter(
        pk=delivery.pk, attempts=delivery.attempts, started_at=delivery.started_at, state__in=["sending", "uncertain"]
    )
    told = {"reason": answer.reason or "", "said": printable(answer.said)}
    attempt.update(state=state, due_at=due_at or F("due_at"), ended_at=now, **told)
    return state
