"""Three months of two teams in three zones, lived through by a clock that moves: run by `test_quarter.py`.

What happens is in `life.py`, `playing.py` and `aiming.py`; what must come of it in `model/`; `comparing.py` compares.
"""

import os
from datetime import UTC, datetime, time

import pytest

from leaderboard.celery import app
from leaderboard.local import site
from leaderboard.local.processes import Child
from teams.rules.months import Month
from tests.conftest import VAR
from tests.quarter.aiming import Aiming
from tests.quarter.comparing import differences
from tests.quarter.life import Life
from tests.quarter.model.people import BERLIN, DAY, HOUR
from tests.quarter.playing import Playing
from tests.quarter.ticking import Clock, is_worth_a_look, work_an_hour

YEAR = 2027
QUARTER, SEED = int(os.environ.get("QUARTER", "1")), int(os.environ.get("SEED", "1"))
DAYS = int(os.environ.get("DAYS", "1000"))
"""So many are lived through at most."""
BY_A_WORKER = "BY_A_WORKER" in os.environ
"""Whether a worker does each hour's work in a process of its own. Else this process does the same, and faster."""


@pytest.fixture
def jobs(site_env, transactional_db, mailbox, guard):
    """Whoever does what the clock starts, and sends to a real mail server."""
    if not BY_A_WORKER:
        app.conf.task_always_eager = True
        yield
        app.conf.task_always_eager = False
        return
    env = site_env | {"EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}"}
    child = Child("worker", site.worker(1), env, guard, cwd=site.ROOT, log=VAR / "log" / "worker.log")
    child.start()
    yield
    child.stop()


@pytest.fixture
def life(jobs, mailbox):
    clock = Clock()
    months = [Month(YEAR, 3 * QUARTER - 2 + n).first_day for n in range(3)]
    hour = datetime.combine(months[0], time(), BERLIN).astimezone(UTC)
    clock.set(hour - HOUR)
    life = Life(months, 10 * SEED + QUARTER, mailbox)
    life.playing, life.aiming = Playing(life), Aiming(life)
    life.ends_by(hour + DAYS * DAY)
    while hour < life.end:
        happened = life.live_until(hour, clock)
        if happened or is_worth_a_look(hour):
            work_an_hour(clock, hour)
        hour += HOUR
    return life


def test_three_months_agree_with_the_model(life):
    assert differences(life) == []
