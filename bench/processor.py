"""The processor time that work in the database takes: this process's and its connection's own, in ms.

Wall clock tells what the neighbours do; this tells what the work is. What the disk adds is not in it.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection


def processor_ms(pid: int | None = None) -> float:
    """What this process and a backend of PostgreSQL, by default Django's, have used until now."""
    if pid is None:
        connection.ensure_connection()
        pid = connection.connection.info.backend_pid
    used = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
    return 1000 * time.process_time() + used / 1e6


def cost(work: Callable[[], Any], pid: int | None = None) -> float:
    """What it took."""
    before = processor_ms(pid)
    work()
    return processor_ms(pid) - before


def execute(statement: str, *params: Any) -> list[tuple]:
    """Its rows, if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []
