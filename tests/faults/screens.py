"""Wall screens that ask for news every three seconds, each with the version that it was shown last, as browsers do."""

import asyncio
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from threading import Event, Thread
from typing import NamedTuple

from bench.load import LENGTH, get
from teams.live.polling import NEWS_EVERY

NEXT = re.compile(r'data-news="(/display/[^"]+)"')


class Look(NamedTuple):
    """What a screen was answered, and after how many seconds."""

    token: str
    status: int
    text: str
    took: float


@contextmanager
def watching(port: int, tokens: list[str]) -> Iterator[list[Look]]:
    """A screen with each of the tokens until the block ends; gives what they have seen so far."""
    looks, over = [], Event()
    thread = Thread(target=lambda: asyncio.run(_all(port, tokens, looks, over)))
    thread.start()
    try:
        yield looks
    finally:
        over.set()
        thread.join()


async def _all(port: int, tokens: list[str], looks: list[Look], over: Event) -> None:
    every = NEWS_EVERY / 1000
    turns = enumerate(tokens)
    await asyncio.gather(*(_screen(port, it, looks, over, every * turn / len(tokens), every) for turn, it in turns))


async def _screen(port: int, token: str, looks: list[Look], over: Event, first: float, every: float) -> None:
    """One screen, whose first question comes after so many seconds."""
    await asyncio.sleep(first)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    address = "/display/"
    while not over.is_set():
        began = time.monotonic()
        question = get(address, cookie=f"display={token}", hx_request="true")
        writer.write(question.replace(b"accept-encoding: gzip\r\n", b""))
        status, text = await _answer(reader)
        looks.append(Look(token, status, text, time.monotonic() - began))
        if found := NEXT.search(text):
            address = unescape(found[1])
        await asyncio.sleep(every)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, str]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = LENGTH.search(head)
    body = await reader.readexactly(int(length[1])) if length else b""
    return int(head.split(b" ", 2)[1]), body.decode()
