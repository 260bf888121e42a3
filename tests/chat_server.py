"""A real web server that plays Slack and Teams."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Chat(ThreadingHTTPServer):
    """Answers as `status`, `headers` and `words` say; "hang" takes the post and says nothing for a while."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, address):
        super().__init__(address, Handler)
        self.status, self.headers, self.words, self.posts = 200, {}, "ok", []
        self.requests = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/services/T0/B0/secret"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((dict(self.headers), body))
        self.server.posts.append((self.path, self.headers["Host"], json.loads(body)))
        if self.server.status == "hang":
            time.sleep(3)
            return
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.words.encode())

    def log_message(self, *_):
        pass


@contextmanager
def chat_server():
    """Listens on a free port of this machine while the block runs."""
    server = Chat(("127.0.0.1", 0))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
