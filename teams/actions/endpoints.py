"""Endpoints: setting one up, its events and secrets, a test, and switching it on and off."""

import secrets
from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.messages.addresses import site_url
from teams.actions.messages.outbox import messages, store
from teams.chat.posting import Forbidden, check_url
from teams.models import Act, Delivery, Endpoint, Member, MessageKind, Organization, Team
from teams.rules.errors import Refused
from teams.rules.messages.delivery import DeliveryState
from teams.rules.messages.subjects import Subject
from teams.rules.messages.webhooks import BOTH_VALID, TEST, WebhookEvent, new_secret
from teams.words.delivery_reasons import reason_words
from teams.words.webhooks import webhook_off

MOST = 10
"""How many addresses a team, or the company as a whole, may have."""
RANDOM = 32
"""Bytes of a secret; the standard wants 24 to 64."""


@transaction.atomic
def add_endpoint(
    owner: Member, team: Team | None, url: str, events: Collection[WebhookEvent], now: datetime
) -> tuple[Endpoint, str]:
    """An address that is told events from now on, and its secret, which is shown once.

    Refused where the site would not post to it, or there are too many.
    """
    checked = checked_url(url)
    Organization.objects.select_for_update().get(pk=owner.organization_id)
    there = Endpoint.objects.filter(organization=owner.organization, team=team, removed_at=None)
    if there.count() >= MOST:
        raise Refused(_("There are %(most)d addresses already. Remove one first.") % {"most": MOST})
    secret = _new_secret()
    endpoint = Endpoint.objects.create(
        organization=owner.organization,
        team=team,
        member=owner,
        url=checked,
        events=sorted(events),
        secret=secret,
        made_at=now,
        told_from=now,
        told_until=now,
    )
    _record(Act.WEBHOOK_ADDED, endpoint)
    return endpoint, secret


def checked_url(url: str) -> str:
    """The address as it is stored; Refused where the site would not post to it."""
    try:
        return str(check_url(url))
    except Forbidden as forbidden:
        raise Refused(reason_words(forbidden.reason, forbidden.host)) from forbidden


@transaction.atomic
def choose_events(endpoint: Endpoint, events: Collection[WebhookEvent]) -> None:
    """What it is told from now on."""
    endpoint.events = sorted(events)
    endpoint.save(update_fields=["events"])
    _record(Act.WEBHOOK_CHANGED, endpoint)


@transaction.atomic
def renew_secret(endpoint: Endpoint, now: datetime) -> str:
    """Another secret, which is shown once; for a day the one before it signs too."""
    locked, secret = Endpoint.objects.select_for_update().get(pk=endpoint.pk), _new_secret()
    locked.former_secret, locked.former_until = locked.secret, now + BOTH_VALID if locked.secret else None
    locked.secret = secret
    locked.save(update_fields=["secret", "former_secret", "former_until"])
    _record(Act.WEBHOOK_SECRET, endpoint)
    return secret


@transaction.atomic
def switch_endpoint(endpoint: Endpoint, now: datetime, *, on: bool) -> None:
    """Turn a webhook endpoint on or off; doing it twice changes nothing.

    Off: what waits for it is given up. On: it gets what happens from now on, and its failures are counted anew.
    """
    if on and Endpoint.objects.filter(pk=endpoint.pk, off_at__isnull=False).update(
        off_at=None, told_from=now, told_until=now, failing_since=None, failures=0, paused_until=None
    ):
        _record(Act.WEBHOOK_ON, endpoint)
    if not on and _switch_off(endpoint, now):
        _record(Act.WEBHOOK_OFF, endpoint)


@transaction.atomic
def give_up(endpoint: Endpoint, now: datetime) -> None:
    """It took nothing for days, or asked for no more: nothing is sent there any more, and its owner hears of it."""
    if not _switch_off(endpoint, now):
        return
    _record(Act.WEBHOOK_OFF, endpoint)
    url = site_url("webhook", endpoint.pk)
    mail = Delivery(team=team_of(endpoint), member=endpoint.member)
    subject = Subject(step=f"webhook {endpoint.pk} {now.isoformat(timespec='seconds')}")
    store(messages([mail], MessageKind.WEBHOOK_OFF, subject, lambda: webhook_off(endpoint.masked, url)))


@transaction.atomic
def remove_endpoint(endpoint: Endpoint, now: datetime) -> None:
    """Nothing more is sent there, and the address and its secrets are forgotten. Twice is once."""
    blank = {"url": "", "secret": "", "former_secret": "", "former_until": None}
    if Endpoint.objects.filter(pk=endpoint.pk, removed_at=None).update(removed_at=now, **blank):
        _drop_waiting(endpoint, now)
        _record(Act.WEBHOOK_REMOVED, endpoint)


@transaction.atomic
def try_endpoint(endpoint: Endpoint, now: datetime) -> Delivery:
    """Put a test on its way, which is sent once."""
    _record(Act.WEBHOOK_TRIED, endpoint)
    told = {"type": TEST, "timestamp": now.isoformat(), "data": {"url": f"{settings.SITE_URL}/api/v1/me"}}
    return Delivery.objects.create(
        team=team_of(endpoint),
        endpoint=endpoint,
        kind=MessageKind.WEBHOOK_TEST,
        subject=now.isoformat(),
        notice=told,
        due_at=now,
    )


@transaction.atomic
def send_webhook_again(delivery: Delivery, now: datetime) -> bool:
    """Somebody wants what has ended sent once more, with the same id and body; False where it has not ended."""
    ended = Delivery.objects.filter(pk=delivery.pk, state__in=[DeliveryState.SENT, DeliveryState.FAILED])
    waiting = {"state": DeliveryState.WAITING, "due_at": now, "first_at": None, "attempts": 0}
    if not ended.update(**waiting, reason="", said=""):
        return False
    Endpoint.objects.filter(deliveries=delivery).update(paused_until=None)
    record(Act.SENT_AGAIN, teams=[delivery.team])
    return True


def team_of(endpoint: Endpoint) -> Team:
    """Its team; of the company's the first one, since each message stands with a team."""
    return endpoint.team or endpoint.organization.teams.order_by("pk")[0]


def _switch_off(endpoint: Endpoint, now: datetime) -> bool:
    if not Endpoint.objects.filter(pk=endpoint.pk, off_at=None).update(off_at=now):
        return False
    _drop_waiting(endpoint, now)
    return True


def _drop_waiting(endpoint: Endpoint, now: datetime) -> None:
    waiting = endpoint.deliveries.filter(state=DeliveryState.WAITING)
    waiting.update(state=DeliveryState.FAILED, ended_at=now)


def _new_secret() -> str:
    return new_secret(secrets.token_bytes(RANDOM))


def _record(act: Act, endpoint: Endpoint) -> None:
    teams = [endpoint.team] if endpoint.team else []
    record(act, teams=teams, organization=endpoint.organization, webhook=endpoint.masked)
