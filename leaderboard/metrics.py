"""How many requests and jobs, and how long they took, counted for Prometheus; the page `/metrics` tells them.

Web processes and workers, in however many containers, count into one folder, so that each of them can tell of all.
"""

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest, HttpResponse

from leaderboard.logs import lines, page

if _shared := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    Path(_shared).mkdir(parents=True, exist_ok=True)  # before the library is loaded, which looks for it

from prometheus_client import Counter, Histogram, values

from leaderboard.patches import dead_counts

if _shared:  # containers have process ids of their own
    values.ValueClass = values.MultiProcessValue(dead_counts.named(Path(_shared), socket.gethostname()))

SECONDS = Histogram(
    "leaderboard_request_seconds",
    "How long requests took",
    ["page", "status"],
    buckets=[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
)

JOBS = Counter("leaderboard_jobs", "Jobs that ended, by how", ["job", "state"])
HANDING_OVER = {
    "teams.tasks.delivery.deliver": "message",
    "teams.tasks.people.send_invitation": "invitation",
    "teams.tasks.people.send_account_mail": "account",
}
"""The jobs that hand something over, by name, and what it is: they return the state that it has then."""
HANDED_OVER = Counter("leaderboard_handed_over", "Mails and posts, by what became of them", ["what", "state"])


def measured(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: each request is a line, and counts for its page and status.

    Its address stays out, since some addresses are secret.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        count(request.method or "", page(request), response.status_code, time.perf_counter() - began)
        return response

    return middleware


def count(method: str, page: str, status: int, took: float) -> None:
    """A line and one more for a request that took so many seconds."""
    SECONDS.labels(page, status).observe(took)
    lines.info("%s %s %s in %s ms", method, page, status, round(1000 * took))


def count_job(name: str, state: str) -> None:
    """A line and one more for a job that ended so."""
    JOBS.labels(name.removeprefix("teams.tasks."), state.lower()).inc()
    lines.info("job %s %s", name, state)


def count_handed_over(name: str, state: str | None) -> None:
    """Count what a job handed over, by the state that it returned; None where it had nothing to hand over."""
    if state and name in HANDING_OVER:
        HANDED_OVER.labels(HANDING_OVER[name], state).inc()
