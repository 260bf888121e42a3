"""Share links: for how long they open, and which pages elsewhere may hold what they show."""

import re

LIVES = (7, 30, 90, 365)
"""Days for which a share link can be made."""
MOST_HOSTS = 20
"""Whose pages may hold what the share links of one company show."""
LONGEST_HOST = 259
"""Characters of a name, with a port."""
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=[^:]{{1,253}}(?::|$)){_LABEL}(?:\.{_LABEL})*(?::\d{{1,5}})?")


def host_of(text: str) -> str | None:
    """The host, and the port if there is one, of a line that names a host or a whole address; None where it is none.

    A wildcard is none: each host is named.
    """
    bare = re.sub(r"^https?://", "", text.strip().lower()).partition("/")[0]
    return bare if _HOST.fullmatch(bare) else None


def frame_ancestors(hosts: list[str], scheme: str) -> str:
    """The part of a Content-Security-Policy that says in whose pages an answer may stand."""
    sources = [f"{scheme}://{host}" for host in hosts] or ["'none'"]
    return " ".join(["frame-ancestors", *sources])
