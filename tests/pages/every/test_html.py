"""Every page is valid HTML, by the judge that reads the standard: html-validate."""

import json
import subprocess
from pathlib import Path

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from teams.actions.displays import ask_for_test
from tests.browser.chromium import ROOT, node
from tests.makers import PASSWORD, make_leave, make_rep, make_submission
from tests.pages.every_page import FOR_STRANGERS, ONCE_CONFIRMED, WITH_A_FACTOR, new_pages_of, pages_of

PROGRAM = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = Path(__file__).with_name("htmlvalidate.json")


@pytest.fixture(params=[new_pages_of, pytest.param(pages_of, marks=pytest.mark.soak)])
def documents(world, browse, request):
    """Every page as HTML, and what forms answer with, by who asked for what."""
    make_submission(world.ada, 55, month=world.month - 1)
    make_submission(world.ada, 62)
    make_leave(make_rep(world.north, "Away"), world.month.first_day, world.month.last_day)
    make_rep(world.north, "Locked out", login=False, no_access_since=world.month.first_day)
    asked = {("stranger", path): browse().get(path) for path in FOR_STRANGERS}
    for who in ["ada", "grace", "alan", "vera"]:
        browser = browse(world.people[who])
        asked |= {(who, path): browser.get(path, follow=True) for path in request.param(who, world)}
    ada, grace = browse(world.ada), browse(world.grace)
    asked |= {
        ("ada", "read"): ada.post("/submit/", {"pasted": "61 out of 100", "read": "1"}),
        ("ada", "nothing read"): ada.post("/submit/", {"pasted": "<b>", "read": "1"}),
        ("ada", "refused"): ada.post("/submit/", {"total": "900", "taken_on": "never"}),
        ("grace", "refused member"): grace.post("/team/north/members/", {"name": "", "email": "no"}),
        ("grace", "wrong code"): grace.post("/displays/pair/", {"code": "BCDF-GHJK"}),
    }
    screen = browse()
    screen.cookies["display"] = "x" * 43
    ask_for_test(world.display, timezone.now())
    asked |= {
        ("screen", "code"): browse().get("/display/"),
        ("screen", "slides"): screen.get("/display/"),
        ("screen", "check"): screen.get("/display/check/"),
    }
    asked |= of_accounts(world, browse)
    return {name: response.content.decode() for name, response in asked.items() if response.status_code != 405}


def of_accounts(world, browse):
    """The pages of an account: before a second factor is set up, after it, and on the way in."""
    ben, half_in = browse(world.ben), browse()
    ben.post("/accounts/reauthenticate/", {"password": PASSWORD})
    asked = {("ben", path): ben.get(path) for path in ONCE_CONFIRMED}
    TOTP.activate(world.ben.user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(world.ben.user)
    asked |= {("ben with an app", path): ben.get(path) for path in WITH_A_FACTOR}
    half_in.post("/accounts/login/", {"login": world.ben.user.email, "password": PASSWORD})
    asked["half in", "code"] = half_in.get("/accounts/second-factor/authenticate/")
    assert {name: response.status_code for name, response in asked.items() if response.status_code != 200} == {}
    return asked


def test_every_page_is_valid(documents, tmp_path):
    for number, text in enumerate(documents.values()):
        (tmp_path / f"{number:03}.html").write_text(text)
    command = [node(), PROGRAM, "--config", RULES, "--formatter", "json", "--max-warnings", "0", tmp_path]
    judged = subprocess.run(command, capture_output=True, text=True)

    names = list(documents)
    wrong = [
        (*names[int(Path(result["filePath"]).stem)], message["ruleId"], message["message"], message.get("selector"))
        for result in json.loads(judged.stdout)
        for message in result["messages"]
    ]
    assert (wrong, judged.returncode) == ([], 0)
