"""A job that only says that it was done: what is left of a job's time when its work is taken away."""

from functools import cache

from celery import shared_task
from redis import Redis

from leaderboard.celery import app

DONE = "bench-noop-done"


@shared_task
def noop() -> None:
    """One more is done."""
    broker().rpush(DONE, 1)


def round_trip() -> None:
    """Returns when a worker has done one and said so."""
    noop.delay()
    assert broker().blpop([DONE], timeout=30)


@cache
def broker() -> Redis:
    """The broker's client, whose connection stays open."""
    return app.connection_for_write().default_channel.client
