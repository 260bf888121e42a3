"""Clients that dawdle: headers byte by byte, bodies that never end, connections on which nothing is said.

A form without its cookie is refused before its body is read. Where one has the cookie, a body that never ends keeps a
thread: so the proxy in front takes bodies in before it hands them on.
"""

import socket
import threading
import time
from contextlib import ExitStack, suppress

import pytest

from leaderboard.local import site
from tests.deploy.compose import ROOT, services
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


def first_line(port, request):
    """What the server says first; nothing where it hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection, suppress(OSError):
        connection.sendall(request)
        return connection.recv(100).partition(b"\r\n")[0]


def test_what_is_said_before_a_body_has_a_limit(live, port):
    get = b"GET /healthz%s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n"
    long, short = b"x" * 60_000, b"x" * 15_000
    lines = b"".join(b"X-%d: %s\r\n" % (number, b"x" * 1000) for number in range(60))

    taken = [first_line(port, get % (b"?" + short, b"")), first_line(port, get % (b"", b"Cookie: " + short + b"\r\n"))]
    refused = [
        first_line(port, get % (b"?" + long, b"")),
        first_line(port, get % (b"", b"Cookie: " + long + b"\r\n")),
        first_line(port, get % (b"", lines)),
        first_line(port, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ]

    assert taken == [b"HTTP/1.1 200 OK"] * 2
    assert [said.split(b" ")[1] if said else b"" for said in refused[:3]] == [b"431"] * 3
    assert not refused[3] or refused[3].startswith(b"HTTP/1.1 4")


def test_the_proxy_takes_less_before_a_body_than_what_is_behind_it_and_logs_nothing_of_it():
    said = [line.strip() for line in (ROOT / "deploy" / "Caddyfile").read_text().splitlines()]

    assert {"max_header_size 16KB", "request delete"} <= set(said)
    assert {"--http=1", "--http1-buffer-size=32768"} <= set(site.web(0))
    assert {"--http=1", "--http1-buffer-size=32768"} <= set(services()["web"]["command"])
