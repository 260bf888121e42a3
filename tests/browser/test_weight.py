"""What a first view costs a phone: bytes on the wire, and nothing that jumps while it loads."""

import pytest

from teams.actions.boards.ranking import rank_stale_boards
from tests.browser.chromium import ROOT
from tests.browser.steps import sign_in, team_of_fourteen

PHONE = {"viewport": {"width": 390, "height": 760}}
BYTES = """
performance.getEntries().filter(({entryType}) => ["navigation", "resource"].includes(entryType))
  .reduce((sum, {transferSize}) => sum + transferSize, 0)
"""
SHIFT = """
() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, {value}) => sum + value, 0)))
    .observe({type: "layout-shift", buffered: true})
  setTimeout(() => resolve(0), 500)
})
"""


@pytest.fixture
def cookies(live, new_visitor):
    """Those of a rep in a team of fourteen, in its second month."""
    _, rep = team_of_fourteen()
    rank_stale_boards()
    page = new_visitor()
    sign_in(page, rep)
    return page.context.cookies()


@pytest.mark.parametrize("path", ["/accounts/login/", "/", "/board/north/", "/submit/"])
def test_a_first_view_is_light_and_stands_still(cookies, new_visitor, path):
    page = new_visitor(**PHONE)
    if "login" not in path:
        page.context.add_cookies(cookies)
    page.goto(path, wait_until="networkidle")

    assert 20_000 < page.evaluate(BYTES) < 80_000
    assert page.evaluate(SHIFT) < 0.02


def test_what_reads_pictures_is_fetched_by_nobody_who_has_none(cookies, new_visitor):
    page = new_visitor(**PHONE)
    page.context.add_cookies(cookies)
    page.goto("/submit/", wait_until="networkidle")
    fetched = page.evaluate("performance.getEntriesByType('resource').map(({name}) => new URL(name).pathname)")

    of_pictures = [path.split("/")[-1] for path in fetched if "/picture/" in path or "/reader/" in path]
    assert [name.split(".")[0] for name in of_pictures] == ["hook"]
    assert (ROOT / "static/js/picture/hook.js").stat().st_size < 1_000
    assert sum(script.stat().st_size for script in ROOT.glob("static/js/picture/*.js")) < 25_000


def test_our_own_scripts_are_small():
    scripts = [*ROOT.glob("static/js/*.js"), *ROOT.glob("templates/**/*.js")]

    assert sum(script.stat().st_size for script in scripts) < 15_000
