"""Answering somebody who waits for a few seconds only, whatever our own database does meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from django.db import connections

AT_ONCE = 4
"""How many threads a process has for it: a database that hangs holds these, and no page's."""
_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="in-time")
Result = TypeVar("Result")


def in_time(job: Callable[[], Result], seconds: float) -> Result:
    """What a job gives, in a thread of its own; TimeoutError where it is not over by then.

    One that has not begun by then never does; one that has may still end.
    """
    future = _threads.submit(copy_context().run, _with_own_connection, job)
    try:
        return future.result(seconds)
    except TimeoutError:
        future.cancel()
        raise


def _with_own_connection(job: Callable[[], Result]) -> Result:
    try:
        return job()
    finally:
        connections.close_all()
