"""The whole product as `make run` starts it: how soon it is there, what it holds, and what it uses."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench.compare import Figure
from bench.load import get, load
from bench.processes import memory_mb, processor_seconds, tree
from bench.site import Site
from leaderboard.local.site import ROOT
from tests.ports import free_port

PEOPLE, MINUTE, SETTLED = 50, 60, 30
"""How many people use it, for how long; and the seconds after which a started product has come to rest."""
EVERY = 0.1
"""Seconds between two pages of theirs: each opens one every five."""
SIGN_IN = """
from itertools import cycle, islice
from django.test import Client
from teams.models import Membership
theirs = Membership.objects.active().filter(member__user__is_active=True).select_related("member__user", "team")
for each in islice(cycle(theirs), {people}):
    browser = Client()
    browser.force_login(each.member.user)
    print(browser.cookies["session"].value, each.team.slug)
"""


class Product:
    """`make run` in a checkout of its own, as somebody gets it who has never run it; caches of packages are there."""

    def __init__(self, folder: Path) -> None:
        subprocess.run(["git", "clone", "-q", f"file://{ROOT}", folder], check=True)
        self.folder, self.port = folder, free_port()
        kept = {"HOME", "PATH", "LANG", "UV_CACHE_DIR", "UV_DEFAULT_INDEX", "NPM_CONFIG_CACHE", "NPM_CONFIG_REGISTRY"}
        self.env = {name: value for name, value in os.environ.items() if name in kept or name.endswith("_PROXY")}

    def start(self) -> float:
        """The seconds until it says that it is ready."""
        began = time.monotonic()
        command = ["make", "run", f"PORT={self.port}"]
        self.process = subprocess.Popen(command, cwd=self.folder, env=self.env, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        if not any("Ready:" in line for line in self.process.stdout):
            raise RuntimeError("The product did not start.")
        return time.monotonic() - began

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        for pid in tree(self.process.pid)[1:2]:  # make itself would not hand the signal on
            os.kill(pid, 15)
        self.process.terminate()
        self.process.wait()

    def idle_share(self) -> float:
        """The share of a core that all of it uses in a minute in which nobody is there."""
        before, began = processor_seconds(self.process.pid), time.monotonic()
        time.sleep(MINUTE)
        return (processor_seconds(self.process.pid) - before) / (time.monotonic() - began)

    def memory_used_by(self, people: int) -> float:
        """Its memory in MB after so many have used it for a minute."""
        shell = [self.folder / ".venv" / "bin" / "python", "manage.py", "shell", "-v", "0", "-c"]
        done = subprocess.run(
            [*shell, SIGN_IN.format(people=people)],
            cwd=self.folder, env=self.env, capture_output=True, text=True, check=True,
        )  # fmt: skip
        signed_in = [line.split() for line in done.stdout.splitlines()]
        pages = [
            get(path, cookie=f"session={session}")
            for session, team in signed_in
            for path in ("/", f"/board/{team}/", "/challenges/", "/goals/")
        ]
        load(self.port, pages, seconds=MINUTE, connections=people, every=EVERY)
        return memory_mb(self.process.pid)


def comparisons(site: Site) -> Iterator[Figure]:
    product = Product(site.var / "product")
    try:
        yield Figure("Cold start of `make run`, packages in caches", "s", 15, product.start, rounds=1)
        time.sleep(SETTLED)
        yield Figure("Processor of the whole product while nobody is there", "of a core", 0.01, product.idle_share, 3)
        yield Figure("Memory of the whole product, idle", "MB", 350, lambda: memory_mb(product.process.pid), rounds=1)
        used_by = f"The same while {PEOPLE} people use it"
        yield Figure(used_by, "MB", 450, lambda: product.memory_used_by(PEOPLE), rounds=1)
    finally:
        product.stop()
