"""A process that is started, kept alive and ended, with all that it starts itself."""

import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGTERM, Signals

from leaderboard.local.guard import Guard, end, kill

FIRST_DELAY, LONGEST_DELAY, STEADY = 0.5, 30.0, 30.0  # seconds


def dies_with_parent(number: Signals = SIGTERM) -> list[str]:
    """The words before a command that have Linux signal it when the process that started it ends."""
    return ["setpriv", "--pdeathsig", number.name.removeprefix("SIG")] if shutil.which("setpriv") else []


@dataclass
class Child:
    """A process with a group of its own, so that Ctrl-C reaches only the one who started it.

    `user` are words before the command that change who runs it, `log` is the file for what it says (else it
    says it here), `before` runs before each start.
    """

    name: str
    command: Sequence[str | Path]
    env: dict[str, str]
    guard: Guard
    user: Sequence[str] = ()
    cwd: Path | None = None
    log: Path | None = None
    stop_signal: Signals = SIGTERM
    patience: float = 10
    before: Callable[[], None] = lambda: None
    process: subprocess.Popen | None = field(default=None, init=False)
    _started: float = field(default=0, init=False)
    _next_start: float = field(default=0, init=False)
    _delay: float = field(default=FIRST_DELAY, init=False)

    def start(self) -> None:
        """Start it in a session of its own, which the guard watches."""
        self.before()
        words = self.log.open("ab") if self.log else None
        self.process = subprocess.Popen(
            [*self.user, *dies_with_parent(self.stop_signal), *self.command],
            env=self.env,
            cwd=self.cwd,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,
        )
        if words:
            words.close()
        self._started, self._next_start = time.monotonic(), 0
        self.guard.watch(self.name, self.process.pid, self.stop_signal)

    def ended(self) -> bool:
        """Whether it has ended, or was never started."""
        return self.process is None or self.process.poll() is not None

    def keep_alive(self, say: Callable[[str], None]) -> None:
        """Starts it again if it has ended, each time a little later; to be called a few times a second."""
        now = time.monotonic()
        if not self.ended():
            if now - self._started > STEADY:
                self._delay = FIRST_DELAY
        elif not self._next_start:
            self.kill()  # what the dead left behind would hold its port or its tasks
            say(f"{self.name} ended by itself; it starts again in {self._delay:g} s.")
            self._next_start, self._delay = now + self._delay, min(self._delay * 2, LONGEST_DELAY)
        elif now >= self._next_start:
            self.start()

    def kill(self) -> None:
        """Ends all of it at once, as a power cut would."""
        if self.process:
            kill(self.process.pid)
            self.process.wait()

    def stop(self) -> None:
        """End it and whatever it started, with patience."""
        if self.process:
            end(self.process.pid, self.stop_signal, self.patience, self.ended)
            self.process.wait()
            self.guard.forget(self.name)
