"""A visitor with cookies who comes through the proxy: real HTTP to one process, as Caddy would pass it on."""

import re
import time
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Visitor:
    """One browser's cookies; `get` and `post` take the port of the web process that answers."""

    forwarded = "203.0.113.7"
    """What the proxies say of whence the visitor comes."""

    def __init__(self, site):
        self.site = urlsplit(site)
        self.cookies = {}

    def get(self, port, path):
        """(status, text) of a page."""
        status, _, said = self._ask(port, "GET", path)
        return status, said

    def post(self, port, path, form_on=None, **fields):
        """(status, where it redirects to) of a form that was read on the same path, or on another page."""
        token = CSRF.search(self.get(port, form_on or path)[1])[1]
        body = urlencode({"csrfmiddlewaretoken": token, **fields})
        status, headers, said = self._ask(port, "POST", path, body)
        return status, headers["Location"] or said

    def connect(self, port):
        """A connection to one of the processes."""
        return HTTPConnection("127.0.0.1", port, timeout=20)

    def _ask(self, port, method, path, body=None):
        headers = {
            "Host": self.site.netloc,
            "Origin": f"{self.site.scheme}://{self.site.netloc}",
            "X-Forwarded-For": self.forwarded,
            "X-Forwarded-Proto": self.site.scheme,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = self.connect(port)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        for line in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        text = response.read().decode()
        connection.close()
        return response.status, response.headers, text


def until(question, patience=15, every=0.05):
    """What the question gives once it is true; the last answer when patience ends. Asked every so many seconds."""
    deadline = time.monotonic() + patience
    while not (answer := question()) and time.monotonic() < deadline:
        time.sleep(every)
    return answer
