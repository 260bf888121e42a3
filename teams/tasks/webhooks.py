"""What tells endpoints: a sweep that finds what happened, and a task each, so that one failure stops nobody."""

import time

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from teams.actions import webhooks
from teams.tasks.sweep import sweep

EXPIRES = 300
LONG_ENOUGH = 20
"""Seconds for which one task hands over to one endpoint; the next sweep goes on."""


@sweep
def send_webhooks() -> None:
    """Put what happened on its way, take up what a worker died over, and have whatever is due handed over."""
    now = timezone.now()
    webhooks.tell_endpoints(now)
    webhooks.take_up_the_stuck(now)
    for endpoint in webhooks.due_endpoints(now):
        deliver_to_endpoint.apply_async((endpoint,), expires=EXPIRES)


@shared_task(soft_time_limit=60, time_limit=90)
def deliver_to_endpoint(endpoint: int) -> None:
    """Hand over what waits for an endpoint, one message after the other. Safe to run twice: each is claimed."""
    until = time.monotonic() + LONG_ENOUGH
    while time.monotonic() < until and webhooks.deliver_next(endpoint, timezone.now()) is not None:
        pass


def deliver_to_endpoint_soon(endpoint: int) -> None:
    """Ask a worker, after the commit, to hand over what waits. Without a broker the sweep does it later."""
    transaction.on_commit(lambda: deliver_to_endpoint.apply_async((endpoint,), expires=EXPIRES), robust=True)
