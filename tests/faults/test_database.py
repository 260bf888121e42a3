"""PostgreSQL killed, cut off, read-only, full and hung while people submit: said in a page, nothing lost, soon back."""

import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from signal import SIGCONT, SIGKILL, SIGSTOP

import httpx
import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from leaderboard.local import site
from leaderboard.local.processes import Child
from teams.actions.checks import differing_boards, differing_counts
from teams.models import Board, Submission, Sweep
from teams.tasks import close_due_months, continue_imports, end_challenges, rank_stale_boards
from tests.deploy.http import until
from tests.faults.load import submitting
from tests.faults.screens import watching
from tests.makers import make_display, make_manager, make_organization, make_rep, make_team
from tests.ports import free_port

CUT_OFF = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
QUICK = 5
"""Seconds in which everybody is answered, whatever happens."""
SILENT = 15
"""Seconds in which everybody is answered while it hangs, walls too, where a page waits for it for one second."""
BACK = 2
"""Seconds after its return in which everything works again."""
JOBS = [rank_stale_boards, continue_imports, close_due_months, end_challenges] * 2


def signal_everything(database, number):
    """The server and whoever works for it."""
    leader = database.process.pid
    for process in [leader, *Path(f"/proc/{leader}/task/{leader}/children").read_text().split()]:
        with suppress(ProcessLookupError):
            os.kill(int(process), number)


def kill_everything(database):
    """As when the power is cut."""
    signal_everything(database, SIGSTOP)  # so that nobody is started meanwhile
    signal_everything(database, SIGKILL)
    database.process.wait()


@contextmanager
def killed(stack):
    kill_everything(stack.database)
    try:
        yield
    finally:
        stack.bring_back(stack.database, stack.database_answers)


@contextmanager
def cut_off(stack):
    """Every connection is ended, whatever it does, again and again."""
    with stack.admin() as connection:
        ended = 0
        for _ in range(20):
            ended += connection.execute(CUT_OFF).rowcount
            time.sleep(0.02)
        assert ended
        yield


@contextmanager
def read_only(stack):
    with stack.admin() as connection:
        connection.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        connection.execute("SELECT pg_reload_conf()")
        try:
            yield
        finally:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute("ALTER SYSTEM RESET default_transaction_read_only")
            connection.execute("SELECT pg_reload_conf()")


@contextmanager
def full(stack):
    ballast = stack.disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(2**16))
    try:
        yield
    finally:
        ballast.unlink()
        stack.bring_back(stack.database, stack.database_answers)


@contextmanager
def full_to_the_log(stack):
    """Not even the database's own log of what it is about to do has room: it gives up, and is started again."""
    with full(stack):
        with stack.admin() as connection, suppress(psycopg.Error):
            while True:
                connection.execute("SELECT pg_logical_emit_message(false, '', repeat('x', 1000000))")
        yield


@contextmanager
def hung(stack):
    """It takes calls and says nothing."""
    signal_everything(stack.database, SIGSTOP)
    try:
        yield
    finally:
        signal_everything(stack.database, SIGCONT)


FAULTS = [killed, cut_off, read_only, full, full_to_the_log]


def live_through(stack, fault, random, answers):
    """The fault, for a random while that somebody notices; how long it took until all was well again."""
    time.sleep(random.uniform(0.3, 1))
    began = time.monotonic()
    with fault(stack):
        noticed = until(lambda: any(answer.status != 302 and answer.ended > began for answer in answers), 10)
        assert noticed or fault is cut_off  # whoever connects anew in time has noticed nothing
        time.sleep(random.uniform(0, 0.5))
    returned = time.monotonic()
    assert until(lambda: any(answer.status == 302 and answer.began > returned for answer in answers))
    return min(answer.ended for answer in answers if answer.status == 302 and answer.began > returned) - returned


def live_through_silence(stack, url, answers):
    """It hangs until many have been told so; how long it took until all was well again."""
    told = [answer.status for answer in answers].count(503)
    with hung(stack):
        assert until(lambda: [answer.status for answer in answers].count(503) >= told + 4, 30)
        ready = httpx.get(f"{url}/readyz", timeout=SILENT)
        assert (ready.status_code, ready.json()["database"], ready.json()["broker"]) == (503, False, True)
    returned = time.monotonic()
    assert until(lambda: any(answer.status == 302 and answer.began > returned for answer in answers))
    return min(answer.ended for answer in answers if answer.status == 302 and answer.began > returned) - returned


def jobs_end(stack):
    """Whether every job that is asked for ends well, soon, without a new worker."""
    asked = timezone.now()
    stack.ask(*JOBS)
    names = {job.name for job in JOBS}
    return until(lambda: Sweep.objects.filter(name__in=names, ended_at__gt=asked).count() == len(names), BACK)


@pytest.mark.soak
@pytest.mark.parametrize(("times", "reps"), [(1, 12), (25, 200)])
def test_a_fault_of_the_database_is_said_at_once_and_loses_nothing(stack, times, reps):
    team = make_team("North", make_organization())
    members = [make_rep(team, f"Rep {number}") for number in range(reps)]
    random, took = Random(20261123), {}
    connection.close()

    with submitting(stack.url, members) as answers:
        for fault in FAULTS * times:
            took.setdefault(fault.__name__, []).append(live_through(stack, fault, random, answers))
    connection.close()

    said = [answer.status for answer in answers].count(503)
    slowest = max(answer.took for answer in answers)
    print(f"{len(answers)} answers, {said} of them 503, the slowest after {slowest:.1f} s")
    print({name: f"back after {max(seconds):.2f} s at most" for name, seconds in took.items()})
    assert {answer.status for answer in answers} == {302, 503}
    assert {"Back in a moment" in answer.text for answer in answers if answer.status == 503} == {True}
    assert slowest < QUICK
    stored = sorted(Submission.objects.values_list("member", "total"))
    assert len(stored) == len(set(stored))
    assert {answer.about for answer in answers if answer.status == 302} <= set(stored)
    assert max(max(seconds) for seconds in took.values()) < BACK
    assert jobs_end(stack)
    assert until(lambda: not Board.objects.stale().exists())
    assert (list(differing_boards()), differing_counts()) == ([], [])
    assert httpx.get(f"{stack.url}/readyz").status_code == 200


@pytest.fixture
def impatient_web(stack):
    """A web server more, whose pages wait for the database one second instead of twenty; its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    child = Child("web2", site.web(port), stack.env | {"SITE_URL": url, "DATABASE_PATIENCE": "1"}, stack.worker.guard)
    child.cwd, child.log = site.ROOT, stack.var / "log" / "web2.log"
    child.start()
    site.wait_for(child, port)
    yield url
    child.stop()


@pytest.mark.soak
@pytest.mark.parametrize(("times", "reps"), [(1, 12), (10, 100)])
def test_while_it_hangs_pages_say_so_in_time_and_work_again_by_themselves_after_it(stack, impatient_web, times, reps):
    team = make_team("North", make_organization())
    members = [make_rep(team, f"Rep {number}") for number in range(reps)]
    random, took = Random(20261123), []
    tokens = [f"{number:0>43}" for number in range(20)]
    manager = make_manager(team)
    for token in tokens:
        make_display(team, manager, token, token=token)
    connection.close()

    port = int(impatient_web.rpartition(":")[2])
    with watching(port, tokens) as looks, submitting(impatient_web, members) as answers:
        for _ in range(times):
            time.sleep(random.uniform(0.3, 1))
            took.append(live_through_silence(stack, impatient_web, answers))
    connection.close()

    slowest = max(answer.took for answer in answers)
    longest = max(look.took for look in looks)
    print(f"{len(answers)} answers, the slowest after {slowest:.1f} s; back after {max(took):.2f} s at most")
    print(f"{len(looks)} looks of walls, the slowest after {longest:.1f} s")
    assert {answer.status for answer in answers} == {302, 503}
    assert max(slowest, longest) < SILENT
    assert {look.status for look in looks} <= {200, 204, 503}
    assert max(took) < BACK
    stored = sorted(Submission.objects.values_list("member", "total"))
    assert len(stored) == len(set(stored))
    assert {answer.about for answer in answers if answer.status == 302} <= set(stored)
    assert jobs_end(stack)
