"""Clients that dawdle: headers byte by byte, bodies that never end, connections on which nothing is said.

A form without its cookie is refused before its body is read. Where one has the cookie, a body that never ends keeps a
thread: so the proxy in front takes bodies in before it hands them on.
"""

import socket
import threading
import time
from contextlib import ExitStack, suppress

import pytest

from tests.deploy.compose import ROOT
from tests.deploy.http import Visitor
from tests.makers import PASSWORD, make_rep, make_team

HEAD = b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
KINDS = {
    "silent": b"",
    "headers that never end": HEAD,
    "a body that never ends": HEAD + b"Content-Length: 5000\r\n\r\nlogin=",
    "a body without a length that never ends": HEAD + b"Transfer-Encoding: chunked\r\n\r\n6\r\nlogin=\r\n",
}


def dawdle(stack, port, begin, count):
    """So many connections that have said this much and say one more byte a second; gives them."""
    found = [stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5)) for _ in range(count)]
    for connection in found:
        connection.sendall(begin)
    return found


def drip(connections, begin, stop):
    """One byte a second on each, where there was something to go on with."""
    while begin and not stop.wait(1):
        for connection in connections:
            with suppress(OSError):
                connection.sendall(b"x")


def test_the_proxy_takes_bodies_in_before_it_hands_them_on_and_waits_for_nobody_for_ever():
    said = [line.strip() for line in (ROOT / "deploy" / "Caddyfile").read_text().splitlines()]

    assert {"read_header 10s", "read_body 2m", "request_buffers 11MB", "max_size 11MB"} <= set(said)


@pytest.mark.parametrize("many", [60, pytest.param(400, marks=pytest.mark.soak)])
@pytest.mark.parametrize("kind", KINDS)
def test_whoever_dawdles_keeps_nobody_else_waiting(live, port, kind, many):
    ada, visitor, stop = make_rep(make_team(), "Ada"), Visitor(live), threading.Event()
    with ExitStack() as stack:
        slow = dawdle(stack, port, KINDS[kind], many)
        stack.callback(stop.set)
        threading.Thread(target=drip, args=(slow, KINDS[kind], stop), daemon=True).start()
        time.sleep(1)

        began = time.monotonic()
        signed_in = visitor.post(port, "/accounts/login/", login=ada.user.email, password=PASSWORD)
        page = visitor.get(port, "/")
        took = time.monotonic() - began

    print(f"{many} × {kind}: a sign-in and a page in {took:.2f} s")
    assert (signed_in, page[0]) == ((302, "/"), 200)  # within the 20 seconds that a visitor waits for each
