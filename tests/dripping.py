"""A listener that says a byte now and then, so that each step of a conversation goes on and none ever ends."""

import socket
import threading
import time
from contextlib import contextmanager, suppress


class Dripping:
    """Says `begins` to whoever connects, once it has heard `hears`, and then a byte `every` so many seconds."""

    def __init__(self, begins=b"", hears=b"", every=0.1):
        self.begins, self.hears, self.every = begins, hears, every
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port, self.heard, self.ended = self.listener.getsockname()[1], b"", threading.Event()

    def serve(self):
        with suppress(OSError):
            while True:
                threading.Thread(target=self.talk, args=(self.listener.accept()[0],), daemon=True).start()

    def talk(self, connection):
        """Until the other side hangs up."""
        with connection, suppress(OSError):
            while self.hears not in self.heard:
                said = connection.recv(4096)
                if not said:
                    break
                self.heard += said
            connection.sendall(self.begins)
            while True:
                time.sleep(self.every)
                connection.sendall(b"x")
        self.ended.set()


@contextmanager
def dripping(**how):
    """Listens on a free port of this machine while the block runs."""
    server = Dripping(**how)
    threading.Thread(target=server.serve, daemon=True).start()
    try:
        yield server
    finally:
        server.listener.close()
