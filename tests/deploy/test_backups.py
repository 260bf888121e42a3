"""Backups: made, tried out, kept for a while, restored; a damaged one is refused."""

import re
import resource
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from celery.exceptions import Ignore
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection

from leaderboard import backups
from teams.models import Member, Sweep, Team
from teams.tasks import back_up
from tests.deploy.compose import ROOT
from tests.deploy.http import until
from tests.makers import make_manager

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def databases():
    """This process's database and those made of it, which begin with its name: others' come and go meanwhile."""
    own = connection.settings_dict["NAME"]
    with backups._connected("postgres") as server:
        names = {name for (name,) in server.execute("select datname from pg_database").fetchall()}
    return {name for name in names if name == own or name.startswith(f"{own}_")}


@contextmanager
def no_room(size):
    """No file may become larger than so many bytes, as on a disk that is nearly full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def connecting(find, at_once=4):
    """Clients that connect to a database as soon as it is there, stay, and are back at once when they are sent away.

    Gives their answers and what they were refused with.
    """
    answers, refusals, over = [], [], Event()

    def stay():
        while not over.is_set():
            try:
                with psycopg.connect(dbname=find(), **backups._server()) as connection:
                    while not over.wait(0.01):
                        answers.append(connection.execute("select 1").fetchone())
            except psycopg.Error as error:
                refusals.append(str(error))

    with ExitStack() as stack:
        for _ in range(at_once):
            thread = Thread(target=stay)
            thread.start()
            stack.callback(thread.join)
        stack.callback(over.set)
        yield answers, refusals


def drop(name):
    with backups._connected("postgres") as server:
        server.autocommit = True
        server.execute(f'drop database if exists "{name}" with (force)')


def test_a_backup_restores_with_every_row(own):
    before = databases()
    file = backups.make(own, NOW)
    rows = backups.verify(file)

    assert (rows["teams_member"], rows["teams_submission"]) == (1, 1)
    assert databases() == before
    assert [path.name for path in backups.backups(own)] == ["leaderboard-2026-11-23T030000.dump"]


def test_a_restored_site_is_as_it_was(own, capsys):
    file = backups.make(own, NOW)
    Member.objects.update(name="Somebody else")
    cache.set("part", "Somebody else")
    try:
        call_command("restore", file)
        said = capsys.readouterr().out
        names = list(Member.objects.values_list("name", flat=True))
        before = said.split("database ")[1].rstrip(".\n")
        with psycopg.connect(dbname=before, **backups._server()) as old:
            old_names = old.execute("select name from teams_member").fetchall()
    finally:
        drop(before)

    assert (names, old_names) == (["Ada"], [("Somebody else",)])
    assert cache.get("part") is None


def test_it_is_restored_under_a_site_whose_clients_connect_again_and_again(own):
    file, name = backups.make(own, NOW), backups._own_database()
    Member.objects.update(name="Somebody else")
    connection.close()

    with connecting(lambda: name) as (answers, refusals):
        assert until(lambda: len(answers) > 10)
        before = backups.restore(file)
        answered = len(answers)
        answers_again = until(lambda: len(answers) > answered + 10)
    drop(before)

    assert answers_again
    assert Member.objects.get().name == "Ada"
    assert refusals


@pytest.mark.soak
def test_where_the_databases_cannot_change_places_the_site_keeps_its_own(own):
    file, before = backups.make(own, NOW), databases()
    Member.objects.update(name="Somebody else")
    connection.close()

    with (
        connecting(lambda: min(databases() - before, default="none"), at_once=1),
        pytest.raises(CommandError, match=r"Nothing has changed: .* is being accessed by other users"),
    ):
        call_command("restore", file)

    assert (databases(), Member.objects.get().name) == (before, "Somebody else")


def test_a_damaged_backup_is_refused_and_nothing_changes(own):
    file = backups.make(own, NOW)
    file.write_bytes(file.read_bytes()[:-1])
    before = databases()

    with pytest.raises(CommandError, match="is damaged: it is not what was written"):
        call_command("restore", file)

    assert (databases(), Member.objects.get().name) == (before, "Ada")


def test_one_that_fails_leaves_nothing_behind_and_is_not_noted(own):
    with no_room(20_000), pytest.raises(CommandError, match=r"^pg_dump failed"):
        back_up()

    assert list(own.iterdir()) == []
    assert not Sweep.objects.exists()


def test_what_a_killed_one_left_goes_with_the_next(own):
    for name in ("leaderboard-2026-11-22T030000.half", "leaderboard-2026-11-21T030000.json"):
        (own / name).touch()
    backups.make(own, NOW)

    assert sorted(path.name for path in own.iterdir()) == [
        "leaderboard-2026-11-23T030000.dump",
        "leaderboard-2026-11-23T030000.json",
    ]


def test_one_is_made_at_a_time(own):
    half = own / "leaderboard-2026-11-23T030000.half"
    half.touch()
    with backups._connected() as other:
        other.execute("select pg_advisory_xact_lock(%s)", [backups.LOCK])
        with pytest.raises(CommandError, match=r"A backup is being made: wait for its end\."):
            call_command("backup")
        with pytest.raises(Ignore):
            back_up()

    assert (list(own.iterdir()), Sweep.objects.exists()) == ([half], False)


def test_it_may_take_longer_than_other_jobs(settings):
    assert settings.CELERY_TASK_TIME_LIMIT < 3600 < back_up.soft_time_limit < back_up.time_limit


def test_the_command_tries_it_out(own, capsys):
    call_command("backup", verify=True)

    assert "all there." in capsys.readouterr().out


@pytest.mark.soak
def test_it_goes_past_a_pooler(own, site_env):
    pooled = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "DATABASE_POOLED": "1", "BACKUPS": str(own)}
    env = site_env | pooled | {"DATABASE_DIRECT_URL": site_env["DATABASE_URL"]}
    subprocess.run([sys.executable, "manage.py", "backup"], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)

    assert backups.verify(*backups.backups(own))["teams_member"] == 1


def test_the_night_job_makes_one_and_the_managers_page_tells_of_it(own, client):
    manager = make_manager(Team.objects.get())
    back_up()
    client.force_login(manager.user)

    assert len(backups.backups(own)) == 1
    text = client.get("/running/").content.decode()
    assert re.search(r"the newest (now|(a|\d+).seconds? ago)", text)


def test_seven_days_and_four_weeks_are_kept():
    days = [date(2026, 11, 23) - timedelta(days=back) for back in range(60)]
    files = [Path(f"leaderboard-{day}T{hour}0000.dump") for day in days for hour in ("03", "15")]
    kept = sorted(file.name[12:25] for file in backups.to_keep(files))

    assert kept == [
        "2026-11-08T15",
        "2026-11-15T15",
        "2026-11-17T15",
        "2026-11-18T15",
        "2026-11-19T15",
        "2026-11-20T15",
        "2026-11-21T15",
        "2026-11-22T15",
        "2026-11-23T15",
    ]
