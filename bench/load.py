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

HOST = "127.0.0.1"
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Load:
    """What came of it: answers a second, the median of their times in ms, the time within which 95 % came, and the
    share of a core that the client used.
    """

    rate: float
    answers: int
    latency: float
    p95: float
    share: float


def load(
    port: int,
    requests: list[bytes],
    *,
    seconds: float = 1.0,
    connections: int = 16,
    status: int | list[int] = 200,
    every: float = 0,
    once: bool = False,
    host: str = HOST,
) -> Load:
    """Ask for `seconds`, each connection the next of the requests in turn, one `every` so many seconds or at once.

    All must be answered with the status, or with one of them. `once`: each request is sent once, and has to be answered
    within `seconds`.
    """
    job = {"port": port, "seconds": seconds, "connections": connections, "status": status, "every": every, "once": once}
    job |= {"host": host, "requests": [request.decode("latin-1") for request in requests]}
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=json.dumps(job), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return Load(**json.loads(done.stdout))


def text(port: int, request: bytes) -> str:
    """The whole page that a request is answered with, uncompressed."""
    with socket.create_connection((HOST, port)) as connection:
        connection.sendall(request.replace(b"accept-encoding: gzip\r\n", b""))
        answer = b""
        while not _has_body(answer):
            answer += connection.recv(65536)
    return answer.partition(b"\r\n\r\n")[2].decode()


def get(path: str, **headers: str) -> bytes:
    """A request as a browser sends it: `get("/", cookie="a=b")`."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"GET {path} HTTP/1.1", "host: 127.0.0.1", "accept-encoding: gzip", *lines, "", ""]).encode()


def post(path: str, form: str, **headers: str) -> bytes:
    """A form as a browser sends it, URL-encoded already."""
    kind = "application/x-www-form-urlencoded"
    head = get(path, content_type=kind, content_length=str(len(form)), **headers).replace(b"GET", b"POST", 1)
    return head + form.encode()


def ask(
    port: int,
    requests: list[bytes],
    seconds: float,
    connections: int,
    status: int | list[int],
    every: float,
    once: bool,
    host: str,
) -> Load:
    """The same, in this process."""
    statuses = [status] if isinstance(status, int) else status
    wanted = tuple(f"HTTP/1.1 {each} ".encode() for each in statuses)
    turns, most = cycle(requests), len(requests) if once else float("inf")
    sockets = _connected(host, port, connections)
    poll = select.epoll()
    for number in sockets:
        poll.register(number, select.EPOLLIN)
    idle, asked, parts, times = list(sockets), {}, dict.fromkeys(sockets, b""), []
    began, worked, sent = time.perf_counter(), time.process_time(), 0
    while (now := time.perf_counter()) < began + seconds and len(times) < most:
        while idle and sent < most and began + sent * every <= now:
            number = idle.pop(0)  # in turn: one that is silent for ten seconds is closed
            asked[number] = time.perf_counter()
            sockets[number].sendall(next(turns))
            sent += 1
        for number, _ in poll.poll(min(0.1, every) if idle else 0.1):
            parts[number] += _received(sockets[number])
            if _is_whole(parts[number], wanted):
                times.append(time.perf_counter() - asked[number])
                parts[number] = b""
                idle.append(number)
    if once and len(times) < most:
        sys.exit(f"Of {most} requests {len(times)} were answered within {seconds:.0f} s.")
    took = now - began
    share = (time.process_time() - worked) / took
    p95 = sorted(times)[len(times) * 95 // 100]
    return Load(len(times) / took, len(times), 1000 * median(times), 1000 * p95, share)


def _connected(host: str, port: int, connections: int) -> dict[int, socket.socket]:
    """So many connections, by number; what is sent goes out at once."""
    opened = [socket.create_connection((host, port)) for _ in range(connections)]
    for connection in opened:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return {connection.fileno(): connection for connection in opened}


def _received(connection: socket.socket) -> bytes:
    """What has come; the end of the program where the server closed the connection."""
    read = connection.recv(65536)
    if not read:
        sys.exit("The server closed a connection.")
    return read


def _is_whole(answer: bytes, wanted: tuple[bytes, ...]) -> bool:
    """Whether all of an answer has come; the end of the program where it is none of those that are wanted."""
    if not _has_body(answer):
        return False
    if not answer.startswith(wanted):
        sys.exit(f"The server answered {answer[:200]!r}.")
    return True


def _has_body(answer: bytes) -> bool:
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
