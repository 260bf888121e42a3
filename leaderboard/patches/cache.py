"""The shared cache, which every page can do without."""

import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import ConnectionError as NotConnected
from redis import ConnectionPool, Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE = 1
"""Seconds in which Valkey must answer."""
ASKED_AGAIN = 5
"""Seconds for which it is not asked again when it did not."""
OPTIONS = {
    "socket_connect_timeout": PATIENCE,
    "socket_timeout": PATIENCE,
    "retry": Retry(NoBackoff(), 1, supported_errors=(NotConnected,)),  # it was started again since the last question
}

COUNT = """
local counts = {}
for i, key in ipairs(KEYS) do
  counts[i] = redis.call('INCR', key)
  if counts[i] == 1 then redis.call('EXPIRE', key, ARGV[i]) end
end
return counts
"""

log = logging.getLogger(__name__)
away_until = 0.0


class Shared(RedisCacheClient):
    """Django's, with one client for all questions: making one costs more than asking."""

    _get_connection_pool: Callable[[bool], ConnectionPool]
    """Django's own, of which the types say nothing."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **options)
        self._clients: dict[ConnectionPool, Redis] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        """The client of a pool, always the same."""
        pool = self._get_connection_pool(write)
        return self._clients.get(pool) or self._clients.setdefault(pool, Redis(connection_pool=pool))

    def counted(self, lives: Mapping[str, int]) -> list[int]:
        """How often it was asked about each key, this time too."""
        return self.get_client(write=True).eval(COUNT, len(lives), *lives, *lives.values())


class Own(LocMemCache):
    """Django's in this process's memory, which counts too."""

    def counted(self, lives: Mapping[str, int]) -> list[int]:
        """How often it was asked about each key, from the first time on for so many seconds; this time too."""
        return [1 if self.add(key, 1, seconds) else self.incr(key) for key, seconds in lives.items()]


class Client:
    """Asks Valkey; while that is away, or hangs, this process's own memory, so that limits go on counting."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        self._shared = Shared(servers, **OPTIONS | options)
        self._own = Own("while-away", {})

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return partial(self._ask, name)

    def _ask(self, name: str, *words: Any, **more: Any) -> Any:
        global away_until
        if time.monotonic() >= away_until:
            try:
                return getattr(self._shared, name)(*words, **more)
            except RedisError as error:
                log.warning("the cache is away: %s", error)
                away_until = time.monotonic() + ASKED_AGAIN
        return getattr(self._own, name)(*words, **more)


class Cache(RedisCache):
    """Django's, with that client."""

    _cache: Client

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client

    def counted(self, lives: Mapping[str, int]) -> list[int]:
        """How often it was asked about each key, from the first time on for so many seconds; this time too."""
        return self._cache.counted({self.make_and_validate_key(key): seconds for key, seconds in lives.items()})
