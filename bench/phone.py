"""The first view of a page on a phone of middling speed and slow 4G, as Lighthouse sets them."""

import json
import os
import subprocess
from collections.abc import Iterator

from bench.busy import make_busy
from bench.compare import Figure
from bench.site import Site
from bench.world import cookies_of
from tests.browser import chromium

PROGRAM = chromium.ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
PAINT, WAIT = "largest-contentful-paint", "max-potential-fid"
RUNS = 5


def comparisons(site: Site) -> Iterator[Figure]:
    team = make_busy("North", 25)
    web, cookies = site.web(), cookies_of(team.reps[0])
    for name, path in {"Today": "/", "Board": f"/board/{team.team.slug}/", "Submit": "/submit/"}.items():
        found = [judged(f"http://127.0.0.1:{web.port}{path}", cookies) for _ in range(RUNS)]
        paints, waits = (iter([run[audit] for run in found]) for audit in (PAINT, WAIT))
        on_phone = f"{name} on a phone with slow 4G, first view"
        yield Figure(f"{on_phone}: largest paint", "s", 1.5, lambda paints=paints: next(paints) / 1000, RUNS)
        yield Figure(f"{on_phone}: longest wait of an interaction", "ms", 100, lambda waits=waits: next(waits), RUNS)


def judged(url: str, cookies: str) -> dict[str, float]:
    """What Lighthouse measured, in ms."""
    program, extra = chromium.find()
    command = [
        chromium.node(),
        PROGRAM,
        url,
        "--quiet",
        "--output=json",
        f"--only-audits={PAINT},{WAIT}",
        f"--chrome-flags=--headless=new {' '.join(chromium.ARGUMENTS)}",
        "--extra-headers=" + json.dumps({"Cookie": cookies}),
    ]
    env = {**os.environ, **extra, "CHROME_PATH": program}
    report = json.loads(subprocess.run(command, env=env, capture_output=True, check=True).stdout)
    return {audit: report["audits"][audit]["numericValue"] for audit in (PAINT, WAIT)}
