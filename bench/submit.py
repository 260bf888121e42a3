"""Submitting: from the form's POST to the stored row and the nudge, and from there to the standings."""

import re
import resource
import subprocess
from collections.abc import Iterator

from django.utils import timezone

from bench.compare import Comparison
from bench.load import load, post
from bench.site import Site, Web, cpu_seconds
from bench.world import TOKEN, Ranked, cookies_of, make_ranked
from leaderboard.local import postgres
from teams.models import Member

TEAMS = 8
CLIENTS = 8
SECONDS = 2
INSERT = """\\set member random({first}, {last})
INSERT INTO teams_submission (member_id, month, taken_on, total, note, source, typed_by_id, typed_at, reason)
VALUES (:member, date_trunc('month', now()), now(), 50, '', 'typed', :member, now(), '');
"""


def comparisons(site: Site) -> Iterator[Comparison]:
    teams = [make_ranked(f"Team{number}") for number in range(TEAMS)]
    web = site.web()
    members = Member.objects.order_by("pk").values_list("pk", flat=True)
    script = site.var / "insert.sql"
    script.write_text(INSERT.format(first=members.first(), last=members.last()))
    forms = Forms(teams)
    yield Comparison(
        what=f"Submitting with {CLIENTS} at once, to stored and queued",
        limit="the same row by pgbench, one INSERT in its own transaction",
        unit="rows/s of a core",
        goal=0.10,
        measure=lambda: forms.rate(site, web),
        measure_limit=lambda: inserts(site, script),
        rounds=9,
    )


def inserts(site: Site, script) -> float:
    """How many rows a second of processor time gives, of pgbench and PostgreSQL."""
    command = [postgres.programs() / "pgbench", "-n", "-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS), "-f", script]
    words = [*command, "-h", site.sockets, "-U", "leaderboard", "leaderboard"]
    before = cpu_seconds(site.database) + own_children()
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    spent = cpu_seconds(site.database) + own_children() - before
    return int(re.search(r"actually processed: (\d+)", done.stdout)[1]) / spent


def own_children() -> float:
    """The processor time of the processes that this one waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Forms:
    """The forms of many reps, who never post the same twice."""

    def __init__(self, teams: list[Ranked]) -> None:
        self.reps = [rep for same in zip(*(team.reps for team in teams), strict=True) for rep in same]
        self.cookies = {rep.pk: cookies_of(rep) for rep in self.reps}
        self.turn = 0

    def next(self, rep: Member) -> bytes:
        """The next reading of somebody, which differs from the one before."""
        self.turn += 1
        day, total = timezone.localdate(), 30 + self.turn % 61
        form = f"csrfmiddlewaretoken={TOKEN}&taken_on={day}&total={total}&note="
        return post("/submit/", form, cookie=self.cookies[rep.pk])

    def rate(self, site: Site, web: Web) -> float:
        """How many are stored by a second of processor time, of the web process and PostgreSQL."""
        before = cpu_seconds(web.child) + cpu_seconds(site.database)
        forms = [self.next(rep) for _ in range(3) for rep in self.reps]
        done = load(web.port, forms, seconds=SECONDS, connections=CLIENTS, status=302)
        return done.answers / (cpu_seconds(web.child) + cpu_seconds(site.database) - before)
