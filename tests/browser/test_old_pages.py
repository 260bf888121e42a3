"""Today, the board and the form in an engine of some years ago, beside the newest."""

import pytest

from teams.actions.boards.ranking import rank_stale_boards
from tests.browser.old_chromium import NEWEST, OLDEST_OF_PAGES, open_screen
from tests.browser.steps import team_of_fourteen

pytestmark = pytest.mark.soak
BOXES = """Array.from(document.querySelectorAll("h1, h2, h3, p, li, th, td, label, input, select, .button, svg"))
    .filter((part) => part.getClientRects().length && !part.closest(".visually-hidden"))
    .map((part) => {
        const {left, top, right, bottom} = part.getBoundingClientRect()
        const style = getComputedStyle(part)
        return [part.tagName, part.textContent.trim().slice(0, 40), style.color, left, top, right, bottom]
    })"""
"""Every part that is seen: what it says, its colour and its edges in points."""
CLOSE = 0.02


def far(place: float, wanted: float, size: int) -> bool:
    """Whether an edge lies further off than two hundredths of the screen."""
    return abs(place - wanted) > CLOSE * size


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 760), (1280, 800)], ids=["phone", "laptop"])
@pytest.mark.parametrize("path", ["/", "/board/north/", "/submit/"])
def test_a_page_looks_in_the_oldest_engine_as_in_the_newest(live, guard, browse, path, size, colours):
    team, rep = team_of_fourteen()
    rank_stale_boards()
    [(name, session)] = browse(rep).cookies.items()
    with open_screen(OLDEST_OF_PAGES, guard) as old, open_screen(NEWEST, guard) as new:
        for screen in (old, new):
            screen.resize(*size)
            screen.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": colours}])
            screen.tell("Network.setCookie", name=name, value=session.value, url=live)
            screen.open(f"{live}{path}")
            screen.run("document.fonts.ready.then(() => true)")
        seen, wanted = old.run(BOXES), new.run(BOXES)
        errors = old.errors

    assert team.slug == "north"
    assert len(wanted) > 15
    assert [part[:3] for part in seen] == [part[:3] for part in wanted]
    axes = [size[0], size[1]] * 2
    assert [
        (mine[:2], mine[3:], theirs[3:])
        for mine, theirs in zip(seen, wanted, strict=True)
        if any(map(far, mine[3:], theirs[3:], axes))
    ] == []
    assert errors == []
