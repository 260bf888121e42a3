"""Faults are reported to Sentry, from a page and from a job, with where they happened and without whose data it was."""

import gzip
import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import brotli
import pytest
from django.db import connection

from leaderboard.local import site
from teams.models import Board
from teams.tasks import rank_board
from tests.deploy.http import until
from tests.faults.test_ranking import visitor
from tests.makers import make_rep, make_team
from tests.ports import free_port

UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}
NOTE = "Nobody else needs to know this"


class Sentry(BaseHTTPRequestHandler):
    """Takes envelopes as Sentry does."""

    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.envelopes.append(UNPACK[self.headers["Content-Encoding"]](sent).decode())
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def sentry():
    with ThreadingHTTPServer(("127.0.0.1", 0), Sentry) as server:
        server.envelopes = []
        Thread(target=server.serve_forever, daemon=True).start()
        server.dsn = f"http://public@127.0.0.1:{server.server_port}/1"
        yield server
        server.shutdown()


@contextmanager
def without(table):
    """While a table is not there, whatever needs it is a fault."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO not_there")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE not_there RENAME TO {table}")


def reported(sentry):
    """The events that arrived, each as (transaction, type of the fault), and all that was sent as one text."""
    lines = [json.loads(line) for envelope in sentry.envelopes for line in envelope.splitlines() if line]
    events = [line for line in lines if "exception" in line]
    return [(event["transaction"], event["exception"]["values"][-1]["type"]) for event in events], str(lines)


def test_a_fault_of_a_page_and_of_a_job_is_reported_without_whose_it_was(live, browse, sentry, start):
    ada = make_rep(make_team(), "Ada Lovelace", total=61)
    board, port = Board.objects.get(), free_port()
    site.wait_for(start("web-reporting", site.web(port), SENTRY_DSN=sentry.dsn), port)
    start("worker-reporting", site.worker(1), SENTRY_DSN=sentry.dsn)
    browser, _ = visitor(live, browse, ada)
    browser.get(port, "/submit/")

    with without("teams_standing"):
        rank_board.delay(board.pk)
        assert until(lambda: ("teams.tasks.ranking.rank_board", "ProgrammingError") in reported(sentry)[0], 30)
    with without("teams_submission"):
        answer = browser.post(
            port, "/submit/", form_on="/me/mail/", taken_on=ada.organization.today(), total=61, note=NOTE
        )
        assert until(lambda: ("/submit/", "ProgrammingError") in reported(sentry)[0], 30)

    said = reported(sentry)[1]
    assert answer[0] == 500
    personal = ["Lovelace", ada.user.email, NOTE, *browser.cookies.values(), "203.0.113.7"]
    assert [word for word in personal if word in said] == []
