"""Backups: made, tried out, kept for a while, restored; a damaged one is refused."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from leaderboard import backups
from teams.models import Member, Team
from teams.tasks import back_up
from tests.makers import make_manager, make_rep, make_team

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.fixture
def own(tmp_path, transactional_db, settings):
    """A folder of backups, for the tests' database in which somebody is."""
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"]
    settings.BACKUPS = str(tmp_path)
    make_rep(make_team(), "Ada", total=61)
    return tmp_path


def databases():
    with backups._connected("postgres") as server:
        return {name for (name,) in server.execute("select datname from pg_database").fetchall()}


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
    try:
        call_command("restore", file)
        said = capsys.readouterr().out
        names = list(Member.objects.values_list("name", flat=True))
        before = said.split("database ")[1].rstrip(".\n")
        with psycopg.connect(dbname=before, **backups._server()) as old:
            old_names = old.execute("select name from teams_member").fetchall()
    finally:
        with backups._connected("postgres") as server:
            server.autocommit = True
            server.execute(f'drop database if exists "{before}"')

    assert (names, old_names) == (["Ada"], [("Somebody else",)])


def test_a_damaged_backup_is_refused_and_nothing_changes(own):
    file = backups.make(own, NOW)
    file.write_bytes(file.read_bytes()[:-1])
    before = databases()

    with pytest.raises(CommandError, match="is damaged: it is not what was written"):
        call_command("restore", file)

    assert (databases(), Member.objects.get().name) == (before, "Ada")


def test_the_command_tries_it_out(own, capsys):
    call_command("backup", verify=True)

    assert "all there." in capsys.readouterr().out


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
