"""A network cable between a screen and the site, which can be pulled.

What browsers emulate does not reach the service workers of old ones.
"""

from contextlib import contextmanager
from select import select
from socket import create_connection
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread


class Cable(ThreadingTCPServer):
    """Passes on whatever comes, until it is pulled; then whoever connects is cut off at once."""

    daemon_threads = True

    def __init__(self, port: int):
        super().__init__(("127.0.0.1", 0), Wire)
        self.port, self.is_pulled = port, False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Wire(BaseRequestHandler):
    """One connection."""

    def handle(self) -> None:
        if self.server.is_pulled:
            return
        with create_connection(("127.0.0.1", self.server.port)) as site:
            other = {self.request: site, site: self.request}
            while not self.server.is_pulled:
                for end in select(list(other), [], [], 0.1)[0]:
                    try:
                        said = end.recv(2**16)
                        other[end].sendall(said)
                    except OSError:  # whoever hangs up does not wait
                        return
                    if not said:
                        return


@contextmanager
def laid(port: int):
    """A cable to that port of this machine, until the block ends."""
    with Cable(port) as cable:
        thread = Thread(target=cable.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield cable
        finally:
            cable.is_pulled = True
            cable.shutdown()
            thread.join()
