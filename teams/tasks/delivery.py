"""What sends: a sweep that finds what is due, and one task a message, so that one failure stops nobody."""

from collections.abc import Iterable
from datetime import datetime

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from teams.actions.challenges.news import tell_challenge_news
from teams.actions.messages import deliveries, news
from teams.actions.reminders import digests, reading_again, reminders, weekly
from teams.tasks.sweep import sweep

EXPIRES = 300


@sweep
def send_due() -> None:
    """Claim what is due, call the stuck uncertain, and have every waiting message handed over."""
    now = timezone.now()
    while reminders.remind_due(now):
        pass
    reading_again.remind_to_read_again(now)
    while digests.tell_who_is_silent(now):
        pass
    weekly.tell_the_week(now)
    deliveries.give_up_on_the_stuck(now)
    _deliver_due(now)


@sweep
def tell_news() -> None:
    """Claim messages for goals reached, months closed, and whatever happened in challenges; chats hear at once."""
    now = timezone.now()
    news.tell_news(now)
    tell_challenge_news(now)
    _deliver_due(now)


@shared_task(soft_time_limit=60, time_limit=90)
def deliver(delivery: int) -> str | None:
    """Hand one message over. Safe to run twice: only what waits is claimed. Return the state it has then."""
    return deliveries.deliver(delivery, timezone.now())


def tell_soon() -> None:
    """Ask a worker, after the commit, to tell the news. Without a broker the sweep does it later."""
    transaction.on_commit(lambda: tell_news.apply_async(expires=EXPIRES), robust=True)


def _deliver_due(now: datetime) -> None:
    for delivery in deliveries.due_deliveries(now):
        deliver.apply_async((delivery,), expires=EXPIRES)


def deliver_soon(deliveries: Iterable[int]) -> None:
    """Ask a worker, after the commit, to hand messages over. Without a broker the sweep does it later."""
    waiting = list(deliveries)

    def ask() -> None:
        for delivery in waiting:
            deliver.apply_async((delivery,), expires=EXPIRES)

    transaction.on_commit(ask, robust=True)
