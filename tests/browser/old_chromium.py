"""Chromium as televisions have it: real old engines from npm, and the newest beside them.

Playwright speaks to new ones only, so these are told what to do by the DevTools protocol.
"""

import base64
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from websockets.sync.client import ClientConnection, connect

from leaderboard.local.guard import Guard
from leaderboard.local.processes import Child
from tests.browser import chromium
from tests.ports import free_port

OF_WALLS = [64, 72, 78, 88, 92]
"""The engines of televisions from about 2019 on, and of players that are older still."""
OLDEST_OF_PAGES = 106
"""The oldest engine that can be had of those that phones have: of the pages' list, Chrome 100 is the first."""
NEWEST = 0
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]


@contextmanager
def open_screen(version: int, guard: Guard, width: int = 1920, height: int = 1080) -> Iterator["Screen"]:
    """A screen with an engine of that version, which shows nothing yet."""
    program, extra = chromium.find() if version == NEWEST else find(version)
    with TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as home:
        port = free_port()
        told = [f"--remote-debugging-port={port}", f"--user-data-dir={home}", f"--window-size={width},{height}"]
        command = [program, *ARGUMENTS, *told, "about:blank"]
        child = Child("chromium", command, os.environ | extra | {"HOME": home}, guard, log=Path(home, "log"))
        child.start()
        try:
            with connect(address_of_page(port), max_size=None, ping_interval=None) as socket:
                screen = Screen(socket)
                screen.resize(width, height)
                yield screen
        finally:
            child.kill()
            guard.forget("chromium")


def find(version: int) -> tuple[str, dict[str, str]]:
    """The program of an old engine, and the environment that it needs on top: libraries and fonts of the newest."""
    package = chromium.ROOT / "node_modules" / f"chromium-{version}"
    if not package.exists():
        raise FileNotFoundError(f"{package.name} is not installed: `make soak` does that.")
    [packed] = package.glob("bin/chromium*.br")
    folder = chromium.ROOT / "var" / package.name
    if not folder.exists():
        chromium.unpack(folder, packed)
    newest = chromium.unpacked()
    return str(folder / "chromium"), chromium.environment(newest)


def address_of_page(port: int) -> str:
    """Where the first tab listens, once it does."""
    for _ in range(300):
        try:
            with urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
                pages = [each for each in json.load(answer) if each["type"] == "page"]
        except (URLError, ConnectionError):
            pages = []
        if pages:
            return pages[0]["webSocketDebuggerUrl"]
        time.sleep(0.1)
    raise TimeoutError("Chromium does not start")


class Screen:
    """A tab of Chromium; `errors` are what its scripts threw and what it refused, but for answers of the network."""

    def __init__(self, socket: ClientConnection):
        self._socket, self._last, self.errors = socket, 0, []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.tell(f"{domain}.enable")

    def tell(self, method: str, **params: object) -> dict:
        """What the browser answers to a command of the protocol."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": params}))
        while True:
            said = json.loads(self._socket.recv(timeout=60))
            if said.get("id") == self._last:
                if "error" in said:
                    raise RuntimeError(f"{method}: {said['error']['message']}")
                return said["result"]
            self._note(said)

    def _note(self, event: dict) -> None:
        if event.get("method") == "Runtime.exceptionThrown":
            self.errors.append(event["params"]["exceptionDetails"])
        elif event.get("method") == "Log.entryAdded":
            entry = event["params"]["entry"]
            if entry["level"] == "error" and entry["source"] != "network":
                self.errors.append(entry)

    def resize(self, width: int, height: int) -> None:
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def open(self, address: str) -> None:
        self.tell("Page.navigate", url=address)
        self.wait_for(f"document.readyState === 'complete' && location.href === {json.dumps(address)}")

    def run(self, script: str) -> object:
        """The value of an expression in the page, awaited where it is a promise."""
        told = {"expression": script, "awaitPromise": True, "returnByValue": True}
        answer = self.tell("Runtime.evaluate", **told)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait_for(self, script: str, within: float = 20) -> float:
        """Seconds until the expression is true in the page."""
        began = time.monotonic()
        while not self.run(f"Promise.resolve({script}).then(Boolean)"):
            if time.monotonic() > began + within:
                raise TimeoutError(f"not within {within} s: {script}")
            time.sleep(0.1)
        return time.monotonic() - began

    def text(self, selector: str) -> str:
        """What stands in the first such element, as it is read."""
        return str(self.run(f"document.querySelector({json.dumps(selector)}).textContent.replace(/\\s+/g, ' ').trim()"))

    def picture(self) -> bytes:
        """The screen as PNG."""
        return base64.b64decode(self.tell("Page.captureScreenshot", format="png")["data"])
