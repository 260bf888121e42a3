"""Three months are lived through by a clock that moves, and compared with an independent model of the rules."""

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests import clock

HERE = Path(__file__).parent
BY_A_WORKER = {"BY_A_WORKER": "1", "DAYS": "9"}
"""A worker in a process of its own does what the clock starts: slower, and therefore for some days only."""


@pytest.mark.soak
@pytest.mark.parametrize(("quarter", "how"), [(1, {}), (2, {}), (3, {}), (4, {}), (3, BY_A_WORKER)])
def test_three_months_of_two_teams_in_three_zones_agree_with_the_model(tmp_path, quarter, how):
    library, ahead = clock.build(tmp_path), tmp_path / "ahead"
    ahead.write_bytes(struct.pack("q", 0))
    ours = {name: value for name, value in os.environ.items() if name not in clock.SERVICES}
    moved = {"LD_PRELOAD": str(library), "CLOCK_MOVED_BY": str(ahead), "QUARTER": str(quarter)} | how
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", HERE / "lived.py"]

    done = subprocess.run(
        [*command, f"--basetemp={tmp_path / 'lived'}"], cwd=HERE.parent.parent, env=ours | moved, check=False
    )

    assert done.returncode == 0, f"QUARTER={quarter} SEED={os.environ.get('SEED', 1)}"
