"""How long a web process waits for PostgreSQL: one that hangs, or a wire that is cut, holds no thread for ever.

Jobs have Celery's limits instead; migrations and backups may take as long as they take.
"""

from collections.abc import Callable
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.errors import _WaitTimeout


def within(seconds: float, wait: Callable[..., Any]) -> Callable[..., Any]:
    """psycopg's way to wait for an answer, no longer than that; then the connection is closed, and the page says 503.

    The clock is ours, since a server that hangs looks at none. One that does not hang sees that we are gone, and stops.
    """

    def waiting(connection: Connection, *words: Any, timeout: float | None = None, **more: Any) -> Any:
        if timeout is not None:
            return wait(connection, *words, timeout=timeout, **more)
        try:
            return wait(connection, *words, timeout=seconds, **more)
        except _WaitTimeout as late:
            connection.close()
            raise OperationalError(f"PostgreSQL did not answer within {seconds:g} s") from late

    return waiting
