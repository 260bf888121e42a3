"""Which lines and branches of the product the tests run, in every process that they start."""

import json
import os
import subprocess
import sys

import pytest

LEAST = 95
"""Percent of all lines and branches."""
OF_THE_RUN_AROUND = ("PYTEST_", "DATABASE_", "CELERY_", "CACHE_", "LEADERBOARD_VAR", "STATIC_ROOT", "TABLES_IN")


@pytest.mark.soak
def test_the_tests_run_almost_every_line_and_branch(pytestconfig, tmp_path):
    outside = {name: value for name, value in os.environ.items() if not name.startswith(OF_THE_RUN_AROUND)}
    report = tmp_path / "coverage.json"

    suite = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "auto",
        "--dist",
        "worksteal",
        "--cov",
        f"--cov-report=json:{report}",
    ]
    subprocess.run(
        suite, cwd=pytestconfig.rootpath, env=outside | {"COVERAGE_FILE": str(tmp_path / "coverage")}, check=True
    )
    totals = json.loads(report.read_text())["totals"]
    print(
        {
            name: totals[name]
            for name in ("percent_covered", "num_statements", "missing_lines", "num_branches", "missing_branches")
        }
    )

    assert totals["percent_covered"] >= LEAST
