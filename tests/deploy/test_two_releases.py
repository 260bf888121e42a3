"""While an update is under way the release before it still runs, on the schema of the new one: its code, as it was.

It is the code of the newest tag; without one, that from before the last commit that changed a migration.
"""

import csv
import io
import shutil
import subprocess
import sys
import tarfile
from datetime import timedelta

import pytest

from leaderboard.celery import app
from leaderboard.local import site
from leaderboard.local.processes import Child
from tests.conftest import VAR
from tests.deploy.http import Visitor, until
from tests.makers import (
    PASSWORD,
    make_manager,
    make_organization,
    make_rep,
    make_team,
    places,
    ranked_board,
    this_month,
)
from tests.ports import free_port

COLLECT = """
import django; django.setup()
from django.conf import settings; from django.core.management import call_command
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
call_command("collectstatic", verbosity=0, interactive=False)
"""
"""Collects them named as always; compressing takes seconds and changes no page."""
pytestmark = pytest.mark.soak


def git(*words):
    """What git says, as bytes; nothing where it cannot."""
    return subprocess.run(["git", *words], cwd=site.ROOT, capture_output=True, check=False).stdout


def release_before():
    """The commit whose code still runs during an update; None where the clone does not reach back so far."""
    if git("status", "--porcelain", "teams/migrations").strip():
        return "HEAD"
    changed = git("log", "-1", "--format=%H", "--", "teams/migrations").decode().strip()
    tag = git("describe", "--tags", "--abbrev=0", "HEAD^").decode().strip()
    return git("rev-parse", "--verify", "--quiet", tag or f"{changed}^").decode().strip() or None


@pytest.fixture
def old(tmp_path):
    """The folder with the old code, set up like this one."""
    commit = release_before()
    if commit is None:
        pytest.skip("This clone has no history: `git fetch --unshallow` brings it.")
    with tarfile.open(fileobj=io.BytesIO(git("archive", commit))) as archive:
        archive.extractall(tmp_path, filter="data")
    for folder in ("font", "built", "reader"):
        shutil.copytree(site.ROOT / "static" / folder, tmp_path / "static" / folder)
    (tmp_path / "node_modules").symlink_to(site.ROOT / "node_modules")
    return tmp_path


@pytest.fixture
def start(old, site_env, transactional_db, guard):
    """Starts a process of the old code, on the database of the new."""
    env, started = (
        site_env | {"STATIC_ROOT": str(old / "collected"), "DJANGO_SETTINGS_MODULE": "leaderboard.settings"},
        [],
    )
    subprocess.run([sys.executable, "-c", COLLECT], cwd=old, env=env, check=True, stdout=subprocess.DEVNULL)
    app.control.purge()

    def start(name, command):
        started.append(Child(name, command, env, guard, cwd=old, log=VAR / "log" / f"{name}.log"))
        started[-1].start()
        return started[-1]

    yield start
    for child in started:
        child.stop()


def test_a_session_holds_at_both_releases_wherever_it_began(start, web, site_env, port):
    ada, old_port = make_rep(make_team("North", make_organization()), "Ada"), free_port()
    site.wait_for(start("old-web", site.web(old_port)), old_port)

    for began, goes_on in ((old_port, port), (port, old_port)):
        visitor = Visitor(site_env["SITE_URL"])
        assert visitor.post(began, "/accounts/login/", login=ada.user.email, password=PASSWORD) == (302, "/")
        assert [visitor.get(at, "/me/")[0] for at in (began, goes_on, began)] == [200] * 3


def test_the_release_before_runs_on_the_new_schema(start, site_env):
    north = make_team("North", make_organization())
    ada, ben, grace, port = make_rep(north, "Ada"), make_rep(north, "Ben"), make_manager(north), free_port()
    site.wait_for(start("old-web", site.web(port)), port)
    start("old-worker", site.worker(1))
    people = {member: Visitor(site_env["SITE_URL"]) for member in (ada, grace)}
    today, month = north.organization.today(), this_month(north.organization)
    due_on = today + timedelta(days=30)

    signed_in = [
        visitor.post(port, "/accounts/login/", login=member.user.email, password=PASSWORD)
        for member, visitor in people.items()
    ]
    submitted = people[ada].post(port, "/submit/", taken_on=today, total=61)
    for_ben = people[grace].post(port, f"/reps/{ben.pk}/submit/", taken_on=today, total=70)
    added = people[grace].post(port, "/team/north/members/", "/team/north/", name="Cleo", role="rep", competing="on")
    goal = people[grace].post(port, "/goals/new/north/", what="mean", target=90, due_on=due_on, text="Cake")

    assert signed_in == [(302, "/")] * 2
    assert (submitted[0], for_ben) == (302, (302, f"/reps/{ben.pk}/"))
    assert (added[0], goal[0]) == (302, 302)
    assert until(lambda: standings(people[ada], port, month) == [["1", "Ben", "70"], ["2", "Ada", "61"]], 30, every=1)
    pages = ["/", "/goals/", "/challenges/", "/me/", "/team/north/", f"/team/north/{month}/", "/organization/"]
    assert {page: people[grace].get(port, page)[0] for page in pages} == dict.fromkeys(pages, 200)
    assert places(ranked_board(north)) == [(1, "Ben", 70), (2, "Ada", 61)]


def standings(visitor, port, month):
    """Place, name and score of each row of the board's file."""
    lines = visitor.get(port, f"/board/north/{month}/csv/")[1].removeprefix("\ufeff").splitlines()
    return [row[:3] for row in csv.reader(lines[1:])]
