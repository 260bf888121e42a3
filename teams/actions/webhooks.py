"""Telling endpoints what happened, by the same ledger as mails: claimed, handed over, noted.

A receiver is asked one thing at a time, so that one that does not answer holds up nobody else. What nobody knows the
end of is sent again with the same id and the same body: that is what the standard's id is for.
"""

import hashlib
import logging
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q

from teams.actions.endpoints import give_up
from teams.chat.posting import send
from teams.models import Delivery, Endpoint, MessageKind
from teams.queries.happenings import Happening, happenings
from teams.rules.messages.delivery import Answer, DeliveryState, Reason, Verdict, printable
from teams.rules.messages.webhooks import body_of, is_given_up, pause_after, signed_headers, state_after_try

log = logging.getLogger(__name__)
LOOKED_BACK = timedelta(hours=1)
"""How long before the last look something may have begun that was stored since: an import is one transaction."""
AT_ONCE = 5000
"""How many messages one look puts on their way."""
GONE = "410"
"""What a receiver answers that wants nothing any more, as the standard has it."""


class _Claimed(NamedTuple):
    endpoint: Endpoint
    delivery: Delivery


def tell_endpoints(now: datetime) -> None:
    """Put what happened on its way to every endpoint that is to know of it; each in a transaction of its own."""
    for pk in Endpoint.objects.usable().values_list("pk", flat=True):
        _tell(pk, now)


def due_endpoints(now: datetime) -> list[int]:
    """The ids of those for which something waits whose time has come."""
    waiting = Delivery.objects.filter(endpoint__isnull=False, state=DeliveryState.WAITING, due_at__lte=now)
    open_ones = Endpoint.objects.usable().filter(Q(paused_until=None) | Q(paused_until__lte=now))
    return list(open_ones.filter(deliveries__in=waiting).distinct().values_list("pk", flat=True))


def take_up_the_stuck(now: datetime) -> int:
    """Have those sent again over which a worker died; how many there were."""
    return Delivery.objects.stuck_on_the_way_to_endpoints(now).update(state=DeliveryState.WAITING, due_at=now)


def deliver_next(endpoint_id: int, now: datetime) -> DeliveryState | None:
    """Hand over what waits longest for an endpoint; its new state, None where there is nothing, or it is paused."""
    claimed = _claim(endpoint_id, now)
    if claimed is None:
        return None
    answer = _handed_over(*claimed, now)
    return _note(*claimed, answer, now)


def message_id(delivery: Delivery) -> str:
    """What a receiver knows it by: the same at each try, and no other's, also after a backup was put back."""
    named = f"{delivery.pk} {delivery.created_at.isoformat()} {delivery.subject}"
    return f"msg_{hashlib.sha256(named.encode()).hexdigest()[:32]}"


@transaction.atomic
def _tell(endpoint_id: int, now: datetime) -> None:
    related = ["organization", "member__user"]
    usable = Endpoint.objects.usable().select_related(*related).filter(pk=endpoint_id)
    endpoint = usable.select_for_update(of=["self"], skip_locked=True).first()
    if endpoint is None:
        return
    since = max(endpoint.told_from, endpoint.told_until - LOOKED_BACK)
    told = set(Delivery.objects.filter(endpoint=endpoint, created_at__gte=since).values_list("subject", flat=True))
    found = [each for each in happenings(endpoint, since, now) if _subject(each) not in told]
    Delivery.objects.bulk_create([_delivery(endpoint, each, now) for each in found[:AT_ONCE]], ignore_conflicts=True)
    if len(found) <= AT_ONCE:
        Endpoint.objects.filter(pk=endpoint.pk).update(told_until=now)


def _delivery(endpoint: Endpoint, happening: Happening, now: datetime) -> Delivery:
    told = {"type": happening.event.value, "timestamp": happening.at.isoformat(), "data": happening.data}
    return Delivery(
        team_id=happening.team,
        endpoint=endpoint,
        kind=MessageKind.WEBHOOK,
        subject=_subject(happening),
        notice=told,
        due_at=now,
    )


def _subject(happening: Happening) -> str:
    return f"{happening.event} {happening.subject}"


@transaction.atomic(durable=True)
def _claim(endpoint_id: int, now: datetime) -> _Claimed | None:
    """What goes out next, committed as being sent; None where another worker talks to the endpoint."""
    open_ones = Endpoint.objects.usable().filter(Q(paused_until=None) | Q(paused_until__lte=now), pk=endpoint_id)
    related = ["organization", "team", "member__user", "member__organization"]
    locked = open_ones.select_related(*related).select_for_update(of=["self"], skip_locked=True).first()
    if locked is None or locked.deliveries.filter(state=DeliveryState.SENDING).exists():
        return None
    due = locked.deliveries.filter(state=DeliveryState.WAITING, due_at__lte=now).order_by("due_at", "pk")
    delivery = due.select_for_update(of=["self"]).first()
    if delivery is None:
        return None
    delivery.state, delivery.started_at = DeliveryState.SENDING, now
    delivery.first_at = delivery.first_at or now
    delivery.attempts += 1
    delivery.save(update_fields=["state", "started_at", "first_at", "attempts"])
    return _Claimed(locked, delivery)


def _handed_over(endpoint: Endpoint, delivery: Delivery, now: datetime) -> Answer:
    secrets = endpoint.secrets(now)
    if not secrets:
        return Answer(Verdict.NEVER, Reason.KEY_CHANGED)
    body = body_of(delivery.notice or {})
    try:
        return send(endpoint.url, body, signed_headers(message_id(delivery), now, body, secrets))
    except Exception as broken:
        log.exception("webhook %s broke off", delivery.pk)
        return Answer(Verdict.UNKNOWN, Reason.WORKER_BROKE_OFF, type(broken).__name__)


@transaction.atomic
def _note(endpoint: Endpoint, delivery: Delivery, answer: Answer, now: datetime) -> DeliveryState:
    """Write down what became of it, and what that says of the receiver; not over a later try."""
    is_test = delivery.kind == MessageKind.WEBHOOK_TEST
    state, due_at = state_after_try(answer, delivery.first_at or now, delivery.attempts, now, is_test=is_test)
    attempt = Delivery.objects.filter(
        pk=delivery.pk, attempts=delivery.attempts, started_at=delivery.started_at, state=DeliveryState.SENDING
    )
    told = {"reason": answer.reason or "", "said": printable(answer.said)}
    attempt.update(state=state, due_at=due_at or F("due_at"), ended_at=now, **told)
    if state == DeliveryState.SENT:
        Endpoint.objects.filter(pk=endpoint.pk).update(failing_since=None, failures=0, paused_until=None)
    elif not is_test:
        _note_failure(endpoint, answer, now)
    return state


def _note_failure(endpoint: Endpoint, answer: Answer, now: datetime) -> None:
    since, failures = endpoint.failing_since or now, endpoint.failures + 1
    Endpoint.objects.filter(pk=endpoint.pk).update(
        failing_since=since, failures=failures, paused_until=now + pause_after(failures)
    )
    if is_given_up(since, now) or (answer.reason == Reason.CHAT_SAID and answer.said.startswith(GONE)):
        give_up(endpoint, now)
