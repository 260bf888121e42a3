"""For whoever watches the site: it is up; it is ready."""

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from teams.queries.broker import queue
from teams.views.shared.requests import Request


@login_not_required
@require_safe
def healthz(request: Request) -> HttpResponse:
    """200 as soon as the process answers."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def readyz(request: Request) -> JsonResponse:
    """200 when the database answers, may be written and is migrated, and the broker answers; else 503, saying what not.

    Whether its disk has room shows only when something is written.
    """
    checks = {"database": False, "writable": False, "migrations": False, "broker": queue() is not None}
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        checks["writable"] = not _is_read_only()
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        pass
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _is_read_only() -> bool:
    """As a standby is, and a database that is being moved."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_read_only')::boolean")
        return cursor.fetchone()[0]
