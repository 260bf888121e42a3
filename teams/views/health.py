"""For whoever watches the site: it is up; it is ready."""

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from leaderboard.celery import app


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as soon as the process answers."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, is migrated, and the broker answers; else 503, saying which is not."""
    checks = {"database": False, "migrations": False, "broker": _broker_answers()}
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        pass
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _broker_answers() -> bool:
    try:
        with app.connection_for_read(connect_timeout=1) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except (OSError, app.connection_for_read().connection_errors):
        return False
    return True
