"""The one way in which append-only rows may be deleted or blanked, and the one in which they change hands."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def erasing() -> Iterator[None]:
    """Within this block, in one transaction, the append-only triggers let changes through."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL leaderboard.erasing = 'on'")
        yield
        cursor.execute("SET LOCAL leaderboard.erasing = 'off'")


@contextmanager
def moving() -> Iterator[None]:
    """Within this block, in one transaction, rows may become another member's, and readings replace another's."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL leaderboard.moving = 'on'")
        yield
        cursor.execute("SET LOCAL leaderboard.moving = 'off'")
