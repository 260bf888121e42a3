"""Lighthouse's judgement of the pages that people see most, on a phone of middling speed and network."""

import json
import os
import statistics
import subprocess

import pytest

from teams.actions.boards.ranking import rank_stale_boards
from tests.browser import chromium
from tests.browser.steps import team_of_fourteen
from tests.makers import dark_hours, make_display, make_manager

pytestmark = pytest.mark.soak

PROGRAM = chromium.ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
LIMITS = {"accessibility": 100, "best-practices": 100, "performance": 95}
RUNS = 3


@pytest.fixture
def pages(live, browse):
    """The addresses, each with the cookies of somebody who sees it full: a team of fourteen in its second month."""
    team, rep = team_of_fourteen()
    manager, tokens = make_manager(team), {"bright": "b" * 43, "dimmed": "d" * 43}
    make_display(team, manager, token=tokens["bright"], bright_from=0, bright_until=0)
    make_display(team, manager, token=tokens["dimmed"], **dark_hours(team.organization))
    rank_stale_boards()
    rep, walls = browse(rep), {name: browse() for name in tokens}
    for name, token in tokens.items():
        walls[name].cookies["display"] = token
    return {
        "sign-in": ("/accounts/login/", browse()),
        "Today": ("/", rep),
        "board": ("/board/north/", rep),
        "submit": ("/submit/", rep),
        "display": ("/display/", walls["bright"]),
        "display, dimmed": ("/display/", walls["dimmed"]),
    }


def judge(url, cookies):
    """The points out of 100 of each category, as the median of some runs; and the faults of the last one."""
    program, extra = chromium.find()
    command = [
        chromium.node(),
        PROGRAM,
        url,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(LIMITS)}",
        f"--chrome-flags=--headless=new {' '.join(chromium.ARGUMENTS)}",
        "--extra-headers=" + json.dumps({"Cookie": cookies}),
    ]
    env = {**os.environ, **extra, "CHROME_PATH": program}
    runs = [subprocess.run(command, env=env, capture_output=True, check=True) for _ in range(RUNS)]
    reports = [json.loads(run.stdout) for run in runs]
    points = [{name: round(100 * report["categories"][name]["score"]) for name in LIMITS} for report in reports]
    faults = [name for name, audit in reports[-1]["audits"].items() if audit["score"] == 0]
    return {name: statistics.median(each[name] for each in points) for name in LIMITS} | {"faults": faults}


def test_lighthouse_finds_nothing_to_complain_about(live, pages):
    points = {}
    for name, (path, browser) in pages.items():
        cookies = "; ".join(f"{key}={morsel.value}" for key, morsel in browser.cookies.items())
        points[name] = judge(live + path, cookies)
        print(name, points[name])

    assert {name: page for name, page in points.items() if any(page[key] < LIMITS[key] for key in LIMITS)} == {}
