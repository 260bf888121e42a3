"""What was made once and is right for ever under its key, kept in the process: parts of pages, by their version."""

from collections.abc import Callable, Hashable
from typing import Any

MOST = 400
"""How many are kept; a board page has 30 kB."""
KEPT: dict[Hashable, Any] = {}


def memoized(key: Hashable, make: Callable[[], Any]) -> Any:
    """What `make` gave the first time for this key, which says everything that it depends on; None keeps nothing."""
    if key is None:
        return make()
    if key not in KEPT:
        made = make()
        for oldest in list(KEPT)[: len(KEPT) + 1 - MOST]:
            KEPT.pop(oldest, None)
        KEPT[key] = made
        return made
    return KEPT.get(key) or make()
