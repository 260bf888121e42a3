"""Backups of the database: one file each with its figures beside it, tried out by restoring, the old ones dropped."""

import hashlib
import json
import os
import re
import secrets
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from django.conf import settings
from psycopg import sql

from leaderboard.local.postgres import programs
from leaderboard.local.processes import dies_with_parent
from leaderboard.patches.libpq import with_tls

DAYS, WEEKS = 7, 4
"""The newest backup of each of so many days, and of each of so many weeks, is kept."""
LOCK = 20261123
"""The advisory lock of whoever makes a backup."""
OWN_TABLES = "select tablename from pg_tables where schemaname = 'public' order by tablename"

UNKNOWN_TIMEOUT = re.compile(r'parameter "transaction_timeout"\n.*\n.*errors ignored on restore: 1$')
"""What pg_restore says at its end where nothing else was wrong."""


class Unusable(Exception):
    """A backup that cannot be made or restored; says why."""


class Busy(Unusable):
    """Somebody else makes one at this moment."""


def make(folder: Path, now: datetime) -> Path:
    """Writes a backup: the dump, and beside it the rows of each table at that very moment and the dump's digest.

    One at a time: Busy for whoever comes meanwhile. What earlier ones left unfinished goes.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / now.astimezone(UTC).strftime(settings.BACKUP_NAME)
    half = file.with_suffix(".half")
    with _connected() as connection, connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        if not _value(connection, "select pg_try_advisory_xact_lock(%s)", LOCK):
            raise Busy("A backup is being made: wait for its end.")
        _drop_unfinished(folder)
        snapshot = _value(connection, "select pg_export_snapshot()")
        rows = _rows(connection)
        try:
            _run("pg_dump", "-Fc", f"--snapshot={snapshot}", "-f", half)
            half.chmod(0o600)
            file.with_suffix(".json").write_text(json.dumps({"sha256": _digest(half), "rows": rows}, indent=1))
            half.rename(file)
        except BaseException:
            _drop_unfinished(folder)
            raise
    return file


def verify(file: Path) -> dict[str, int]:
    """Restores it into a database made for this alone; the rows of each table. Unusable if anything differs."""
    with _restored(_checked(file)) as database, _connected(database) as connection:
        restored = _rows(connection)
    expected = _noted(file)["rows"]
    if restored != expected:
        wrong = sorted(name for name in restored | expected if restored.get(name) != expected.get(name))
        raise Unusable(f"{file} restores with other rows than it was made of: {', '.join(wrong)}.")
    return restored


def restore(file: Path) -> str:
    """Puts the backup in the database's place; gives the name under which what was there before stays."""
    own = _own_database()
    before = f"{own}_before_{datetime.now():%Y%m%d%H%M%S}"
    with _restored(_checked(file), keep=True) as restored:
        _replace(own, restored, before)
    return before


def prune(folder: Path) -> None:
    """Drops what is neither among the last days nor among the last weeks."""
    files = backups(folder)
    kept = to_keep(files)
    for file in files:
        if file not in kept:
            file.unlink()
            file.with_suffix(".json").unlink(missing_ok=True)


def own_folder() -> Path:
    """Where the backups of this machine lie: BACKUPS, else among its data."""
    return Path(settings.BACKUPS or settings.VAR / "backups")


def backups(folder: Path) -> list[Path]:
    """The backups in a folder, the oldest first."""
    return sorted(folder.glob("leaderboard-*.dump"))


def made_at(file: Path) -> datetime:
    """When a backup was made, as its name says."""
    return datetime.strptime(file.name, settings.BACKUP_NAME).replace(tzinfo=UTC)


def to_keep(files: Iterable[Path]) -> set[Path]:
    """The newest file of each of the last seven days and of each of the last four weeks that have one."""
    days, weeks = {}, {}
    for file in sorted(files):
        day = made_at(file).date()
        days[day], weeks[day.isocalendar()[:2]] = file, file
    newest_days, newest_weeks = sorted(days)[-DAYS:], sorted(weeks)[-WEEKS:]
    return {*(days[day] for day in newest_days), *(weeks[week] for week in newest_weeks)}


@contextmanager
def _restored(file: Path, *, keep: bool = False) -> Iterator[str]:
    """The name of a new database in which the dump is; it goes with the block unless it is to be kept."""
    name = f"{_own_database()}_{secrets.token_hex(4)}"
    with _connected("postgres") as connection:
        connection.autocommit = True
        try:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        except psycopg.Error as error:
            raise Unusable(f"No database to restore it into can be made: {error}.") from error
        try:
            _fill(connection, name, file)
            yield name
        except BaseException:
            keep = False
            raise
        finally:
            if not keep:
                connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def _fill(connection: psycopg.Connection, name: str, file: Path) -> None:
    """Restore the dump into an empty database.

    pg_restore sets a `transaction_timeout`, which PostgreSQL knows since 17. That error alone is forgiven before.
    """
    knows = connection.info.server_version >= 170000
    try:
        _run("pg_restore", *["--exit-on-error"] * knows, "--no-owner", "-d", name, file)
    except Unusable as error:
        if knows or not UNKNOWN_TIMEOUT.search(str(error)):
            raise


def _checked(file: Path) -> Path:
    if not file.exists():
        raise Unusable(f"{file} is not there.")
    if _digest(file) != _noted(file)["sha256"]:
        raise Unusable(f"{file} is damaged: it is not what was written.")
    return file


def _noted(file: Path) -> dict:
    noted = file.with_suffix(".json")
    if not noted.exists():
        raise Unusable(f"{noted} is missing: it belongs to the backup.")
    return json.loads(noted.read_text())


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _rows(connection: psycopg.Connection) -> dict[str, int]:
    count = sql.SQL("select count(*) from {}")
    tables = [name for (name,) in connection.execute(OWN_TABLES).fetchall()]
    return {name: _value(connection, count.format(sql.Identifier(name))) for name in tables}


def _value(connection: psycopg.Connection, question: LiteralString | sql.Composed, *params: Any) -> Any:
    """The first value of the first row."""
    return next(connection.execute(question, params))[0]


def _drop_unfinished(folder: Path) -> None:
    """Away with halves, and with figures whose dump is not there."""
    for half in folder.glob("leaderboard-*.half"):
        half.unlink()
    for noted in folder.glob("leaderboard-*.json"):
        if not noted.with_suffix(".dump").exists():
            noted.unlink()


def _replace(own: str, new: str, before: str) -> None:
    """The database of the name `new` becomes `own`, and what that was becomes `before`: both or neither.

    Nobody is admitted meanwhile: whoever is sent away would be back at once.
    """
    with _connected("postgres") as connection:
        connection.autocommit = True
        try:
            connection.execute(_admit(own, False))
            _send_away(connection, own)
            with connection.transaction():
                connection.execute(_rename(own, before))
                connection.execute(_rename(new, own))
                connection.execute(_admit(before, True))
        except BaseException as error:
            connection.execute(_admit(own, True))
            if isinstance(error, psycopg.Error):
                raise Unusable(f"Nothing has changed: {error}") from error
            raise


def _send_away(connection: psycopg.Connection, name: str) -> None:
    """Ends every connection to a database, also those that were being made when nobody was admitted any more.

    Not autovacuum's, which are nobody's: only a superuser may, and the server itself does when a database is renamed.
    """
    ending = (
        "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where datname = %s and usename is not null"
    )
    for _ in range(12):
        if not _value(connection, ending, name):
            return
    raise Unusable(f"Nothing has changed: somebody is connected to {name} and cannot be sent away.")


def _admit(name: str, admits: bool) -> sql.Composed:
    """Whether anybody, whoever it is, may connect to a database."""
    return sql.SQL("alter database {} allow_connections {}").format(sql.Identifier(name), sql.Literal(admits))


def _rename(name: str, new: str) -> sql.Composed:
    return sql.SQL("alter database {} rename to {}").format(sql.Identifier(name), sql.Identifier(new))


def _own_database() -> str:
    return settings.DIRECT_DATABASE["NAME"]


def _connected(database: str = "") -> psycopg.Connection:
    return psycopg.connect(dbname=database or _own_database(), **_server())


def _server() -> dict[str, Any]:
    """Where the server itself is, in libpq's words: a pooler in front of it would mix up what pg_dump sets."""
    own = settings.DIRECT_DATABASE
    given = {"host": own["HOST"], "port": own["PORT"], "user": own["USER"], "password": own["PASSWORD"]}
    given |= own["OPTIONS"]
    given.pop("prepare_threshold", None)  # is psycopg's
    return {name: str(value) for name, value in given.items() if value}


def _run(program: str, *words: str | Path) -> None:
    """One of PostgreSQL's programs, on our database; what it says becomes the error."""
    where = {f"PG{name.upper()}": value for name, value in _server().items()}
    done = subprocess.run(  # noqa: S603  PostgreSQL's program, and no words from outside
        [*dies_with_parent(), programs() / program, *words],
        env=os.environ | {"PGDATABASE": _own_database(), "LC_ALL": "C"} | where | with_tls(programs()),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unusable(f"{program} failed: {done.stderr.strip()}")
