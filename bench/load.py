"""A client that asks a server as fast as it answers, in a process of its own, on connections that stay open.

It does next to nothing for each answer, so that the server is what is measured: `share` says how much of the time
the client itself was at work.
"""

import json
import re
import select
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import cycle
from statistics import median

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Load:
    """What came of it: answers a second, their median time in ms, and the share of a core that the client used."""

    rate: float
    answers: int
    latency: float
    share: float


def load(port: int, requests: list[bytes], *, seconds: float = 1.0, connections: int = 16, status: int = 200) -> Load:
    """Ask for `seconds`, each connection the next of the requests in turn. All must be answered with the status."""
    job = {"port": port, "seconds": seconds, "connections": connections, "status": status}
    job["requests"] = [request.decode("latin-1") for request in requests]
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=json.dumps(job), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return Load(**json.loads(done.stdout))


def text(port: int, request: bytes) -> str:
    """The whole page that a request is answered with, uncompressed."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request.replace(b"accept-encoding: gzip\r\n", b""))
        answer = b""
        while not _is_whole(answer):
            answer += connection.recv(65536)
    return answer.partition(b"\r\n\r\n")[2].decode()


def get(path: str, **headers: str) -> bytes:
    """A request as a browser sends it: `get("/", cookie="a=b")`."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"GET {path} HTTP/1.1", "host: 127.0.0.1", "accept-encoding: gzip", *lines, "", ""]).encode()


def ask(port: int, requests: list[bytes], seconds: float, connections: int, status: int) -> Load:
    """The same, in this process."""
    poll, turns, wanted = select.epoll(), cycle(requests), f"HTTP/1.1 {status} ".encode()
    sockets = {}
    for _ in range(connections):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sockets[connection.fileno()] = connection
        poll.register(connection, select.EPOLLIN)
    asked, parts, times = {}, dict.fromkeys(sockets, b""), []
    began, worked = time.perf_counter(), time.process_time()
    for number, connection in sockets.items():
        asked[number] = time.perf_counter()
        connection.sendall(next(turns))
    while (now := time.perf_counter()) < began + seconds:
        for number, _ in poll.poll(0.1):
            connection = sockets[number]
            parts[number] += connection.recv(65536)
            if not _is_whole(parts[number]):
                continue
            if not parts[number].startswith(wanted):
                sys.exit(f"The server answered {parts[number][:200]!r}.")
            parts[number] = b""
            now = time.perf_counter()
            times.append(now - asked[number])
            asked[number] = now
            connection.sendall(next(turns))
    took = now - began
    share = (time.process_time() - worked) / took
    return Load(len(times) / took, len(times), 1000 * median(times), share)


def _is_whole(answer: bytes) -> bool:
    head = answer.find(b"\r\n\r\n")
    if head < 0:
        return False
    length = LENGTH.search(answer, 0, head + 2)
    if length:
        return len(answer) >= head + 4 + int(length[1])
    return b"chunked" not in answer[:head] or answer.endswith(b"0\r\n\r\n")


if __name__ == "__main__":
    job = json.load(sys.stdin)
    job["requests"] = [request.encode("latin-1") for request in job["requests"]]
    print(json.dumps(ask(**job).__dict__))
