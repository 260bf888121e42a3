"""Values memoized in the process, by keys that say all they depend on: the slides of walls (`python -m bench news`)."""

from collections.abc import Callable, Hashable
from typing import Any

MOST = 400
"""How many values stay; the slides of a wall have 30 kB."""
MEMOIZED: dict[Hashable, Any] = {}


def memoized(key: Hashable, compute: Callable[[], Any]) -> Any:
    """The value that `compute` returned the first time for this key."""
    if key in MEMOIZED:
        return MEMOIZED.get(key) or compute()  # another thread may have made room meanwhile
    value = compute()
    for oldest in list(MEMOIZED)[: len(MEMOIZED) + 1 - MOST]:
        MEMOIZED.pop(oldest, None)
    MEMOIZED[key] = value
    return value
