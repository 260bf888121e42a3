"""One deadline for a whole conversation with somebody else's server.

Libraries have a time-out for each step of it: whoever says one byte before each is over keeps us for hours. So a
conversation has a thread of its own, for which nobody waits longer than until the deadline, and then it is hung up.
"""

import socket
from collections.abc import Callable, Mapping
from concurrent import futures
from contextlib import suppress
from contextvars import ContextVar, copy_context
from threading import Thread
from typing import Any, TypeVar

SECONDS = 8
"""From looking up the name to the last byte of the answer."""

Answer = TypeVar("Answer")
Connection = Callable[[], socket.socket | None]


class Conversation:
    """The connections of a conversation, and whether the other side may have been told what we want of it."""

    def __init__(self) -> None:
        self.connections: list[Connection] = []
        self.has_begun = self.is_over = False

    def hang_up(self) -> None:
        """End whatever waits for a connection, also for one that comes later; one that is closed is no matter."""
        self.is_over = True
        for connection in self.connections:
            with suppress(OSError, AttributeError):
                if opened := connection():
                    opened.shutdown(socket.SHUT_RDWR)


class TooLong(Exception):
    """The deadline is over. `had_begun` says whether the other side may have been told by then."""

    def __init__(self, conversation: Conversation) -> None:
        super().__init__(f"no end of the answer within {SECONDS} seconds")
        self.had_begun = conversation.has_begun


_current: ContextVar[Conversation | None] = ContextVar("conversation", default=None)


def within_deadline(talk: Callable[[], Answer]) -> Answer:
    """Return what a conversation gives, or raise what it raises; TooLong where it is not over by then."""
    conversation, answer = Conversation(), futures.Future[Answer]()
    _current.set(conversation)
    Thread(target=copy_context().run, args=(_talk, talk, answer), daemon=True).start()
    _current.set(None)
    if futures.wait([answer], SECONDS).done:
        return answer.result()
    conversation.hang_up()
    raise TooLong(conversation)


def _talk(talk: Callable[[], Answer], answer: futures.Future[Answer]) -> None:
    try:
        answer.set_result(talk())
    except BaseException as error:
        answer.set_exception(error)


def note_connection(connection: Connection) -> None:
    """Have a connection hung up at the deadline of the conversation that runs; `connection` gives its socket then."""
    if conversation := _current.get():
        conversation.connections.append(connection)
        if conversation.is_over:
            conversation.hang_up()


def note_beginning() -> None:
    """From now on the other side may have been told what we want of it."""
    if conversation := _current.get():
        conversation.has_begun = True


def trace(event: str, info: Mapping[str, Any]) -> None:
    """What httpx's extension of this name is to be, so that it tells of its connections and of what it sends."""
    if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
        stream = info["return_value"]
        note_connection(lambda: stream.get_extra_info("socket"))
    elif event.endswith("send_request_headers.started"):
        note_beginning()
