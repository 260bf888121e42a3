"""The wall on the screens that hang there: real old Chromium beside the newest, from the code to the celebration."""

import pytest
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.displays import ask_for_test
from teams.actions.months.closing import close_month
from teams.models import Board, Display
from tests.browser.cable import laid
from tests.browser.old_chromium import NEWEST, OF_WALLS, open_screen
from tests.makers import (
    accept,
    make_challenge,
    make_display,
    make_goal,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    this_month,
)

TOKEN = "t" * 43
NAMES = [
    "Maximiliane von Oberhuber-Mittermaier zu Hohenstein",
    "Ben",
    "Wolfeschlegelsteinhausen Jr.",
    "Zoë Łęcka",
    "Ναταλία Παππά",
]
"""One that needs a second line, one word that needs smaller letters, one in letters that the font lacks."""
WIDE, UPRIGHT = (1920, 1080), (1080, 1920)
VERSIONS = [64, *(pytest.param(version, marks=pytest.mark.soak) for version in OF_WALLS if version != 64)]
SLIDES = {
    "north": ["standings", "improved", "goal", "challenges", "pillars", "tip", "submit"],
    "south": ["standings", "podium", "pillars", "tip", "submit"],
}
MEASURED = "h2, h3, .name, .rank, .score, .move, .bar, .total, .place, strong, .qr-code, .wall-foot, .wall-foot > *"
BOXES = """(selector) => Array.from(document.querySelectorAll(".slide")).reduce((found, slide, place, all) => {
    for (const other of all) other.hidden = other !== slide
    dispatchEvent(new Event("resize"))
    found[slide.dataset.slide.split("-")[0]] = Array.from(slide.querySelectorAll(selector), (part) => {
        const {left, top, right, bottom} = part.getBoundingClientRect()
        const words = part.textContent.replace(/[ \\n]+/g, " ").trim()
        return [words, left / innerWidth, top / innerHeight, right / innerWidth, bottom / innerHeight]
    })
    return found
}, {})"""
CUT = """Array.from(document.querySelectorAll(".slide")).reduce((found, slide, place, all) => {
    for (const other of all) other.hidden = other !== slide
    dispatchEvent(new Event("resize"))
    const edges = (part) => part.getBoundingClientRect()
    const isIn = (part, top, bottom) => edges(part).top >= top - 1 && edges(part).bottom <= bottom + 1
    const isCut = (text) => {
        const around = edges(text.closest("tr, li, header"))
        const isWhole = text.scrollWidth <= text.clientWidth + 1 && !text.classList.contains("fit-broken")
        return !isWhole || !isIn(text, around.top, around.bottom)
    }
    const [head, content, foot] = slide.children
    const isSeen = (part) => part.getClientRects().length && !part.closest(".visually-hidden")
    const parts = [content, ...content.querySelectorAll("*")].filter(isSeen)
    const overlapping = parts.filter((part) => !isIn(part, edges(head).bottom, edges(foot).top))
    const cut = [...slide.querySelectorAll(".name, h2")].filter(isCut)
    return found.concat([...cut, ...overlapping].map((part) => part.outerHTML.slice(0, 200)))
}, [])"""
"""What is cut, or lies on what stands above and below it."""
IS_STALE = "document.body.classList.contains('stale')"
IS_KEPT = "caches.match('/display/', {{ignoreVary: true}}).then(page => page.text()).then(text => text.includes('{}'))"
CLOSE = 0.02
"""Of the screen's width and height: how far apart the old and the newest engine may draw the same."""


def north():
    """A team of ten in its second month, with a goal and a challenge; one of them is not in yet."""
    team = make_team("North", make_organization())
    grace = make_manager(team, "Grace")
    month = this_month(team.organization)
    reps = [make_rep(team, name, total=60 - 4 * place, login=False) for place, name in enumerate(NAMES * 2)]
    for place, rep in enumerate(reps):
        make_submission(rep, 40 + place % 3, month=month - 1)
    make_rep(team, "Not in yet", login=False)
    make_goal(team, 66)
    accept(make_challenge(team, grace), *reps[:3])
    rank_stale_boards()
    return team, grace, reps


def south():
    """A team whose last month has just been closed, and whose next has not begun."""
    team = make_team("South", make_organization())
    grace = make_manager(team, "Grace")
    month = this_month(team.organization) - 1
    reps = [make_rep(team, name, total=60 - 4 * place, month=month, login=False) for place, name in enumerate(NAMES)]
    rank_stale_boards()
    close_month(Board.objects.get(team=team, month=month).pk, timezone.now())
    return team, grace, reps


def hang_up(team, by):
    """A paired screen that is bright at any hour, has just been hung up and stays with its slide."""
    make_display(team, by, "Hall", token=TOKEN, seconds=600, bright_from=0, bright_until=0)


def show(screen, address):
    """Open the wall of the paired screen, with its fonts."""
    screen.tell("Network.setCookie", name="display", value=TOKEN, url=address)
    screen.open(f"{address}/display/")
    screen.run("document.fonts.ready.then(() => true)")


def boxes(screen) -> dict[str, list]:
    """What stands on each slide and where, its edges as parts of the screen's width and height."""
    return screen.run(f"({BOXES})('{MEASURED}')")


def apart(boxes: dict[str, list], wanted: dict[str, list]) -> dict[tuple[str, str], list[float]]:
    """What lies elsewhere, and by how much."""
    found = {}
    for slide, parts in wanted.items():
        for (words, *edges), (_, *right) in zip(boxes[slide], parts, strict=True):
            moved = [round(edge - want, 3) for edge, want in zip(edges, right, strict=True)]
            if max(map(abs, moved)) > CLOSE:
                found[slide, words] = moved
    return found


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("team", "size"),
    [
        (north, WIDE),
        (south, UPRIGHT),
        pytest.param(north, UPRIGHT, marks=pytest.mark.soak),
        pytest.param(south, WIDE, marks=pytest.mark.soak),
    ],
    ids=["north-wide", "south-upright", "north-upright", "south-wide"],
)
def test_each_slide_is_where_the_newest_engine_has_it(live, guard, team, version, size):
    hang_up(*team()[:2])
    with open_screen(version, guard) as old, open_screen(NEWEST, guard) as new:
        for screen in (old, new):
            screen.resize(*size)
            show(screen, live)
        seen, wanted = boxes(old), boxes(new)
        cut, errors = old.run(CUT) + new.run(CUT), old.errors

    assert list(wanted) == SLIDES[team.__name__]
    assert {slide: [words for words, *_ in parts] for slide, parts in seen.items()} == {
        slide: [words for words, *_ in parts] for slide, parts in wanted.items()
    }
    assert (apart(seen, wanted), cut, errors) == ({}, [], [])


@pytest.mark.soak
@pytest.mark.parametrize("version", OF_WALLS)
def test_an_old_screen_is_paired_shows_news_loses_network_and_power_and_celebrates(live, port, guard, browse, version):
    team, grace, reps = north()
    with laid(port) as cable, open_screen(version, guard) as screen:
        screen.open(f"{cable.address}/display/")
        browse(grace).post("/displays/pair/", {"code": screen.text(".pair-code"), "name": "Hall", "team": team.pk})
        screen.wait_for(says(NAMES[0]))
        screen.run("navigator.serviceWorker.ready.then(() => true)")

        make_submission(reps[1], 88)
        rank_stale_boards()
        assert screen.wait_for(says("88")) < 5
        screen.wait_for(IS_KEPT.format("88"))

        cable.is_pulled = True
        screen.wait_for(IS_STALE)
        assert screen.text(".slide:not([hidden]) .old").startswith("as of")
        screen.open("about:blank")
        screen.open(f"{cable.address}/display/")
        assert "88" in screen.text(".first")
        screen.wait_for(IS_STALE)
        assert screen.text(".slide:not([hidden]) .old").startswith("as of")

        make_submission(reps[2], 93)
        rank_stale_boards()
        cable.is_pulled = False
        screen.wait_for(says("93"))
        assert screen.run(IS_STALE) is False

        ask_for_test(Display.objects.get(), timezone.now())
        screen.wait_for("document.querySelector('body > .celebration')")
        assert "It works!" in screen.text("body > .celebration")
        screen.wait_for("!document.querySelector('body > .celebration')")
        assert screen.errors == []


def says(text):
    """Whether the first row says so, as a script."""
    return f"(document.querySelector('.first') || document.body).textContent.includes('{text}')"


@pytest.mark.parametrize(("version", "moves"), [(64, False), (NEWEST, True)])
def test_a_screen_says_itself_what_it_can_do(live, guard, version, moves):
    with open_screen(version, guard) as screen:
        screen.open(f"{live}/display/check/")
        screen.wait_for("document.querySelector('h1.can')")
        screen.wait_for("document.querySelector('[data-check=letters].can')")
        screen.wait_for("document.querySelector('[data-check=clock].can')")
        can = screen.run("Array.from(document.querySelectorAll('li.can'), (item) => item.getAttribute('data-check'))")
        verdict = screen.run("document.querySelector('h1').innerText")

    assert verdict == "This screen can show the wall"
    always = ["script", "layout", "cookie", "news", "letters", "clock", "offline"]
    assert {*can} - {"sound"} == {*always, *["moves"] * moves}
    assert screen.errors == []


def test_an_engine_that_cannot_read_the_walls_script_is_told_so(live, guard):
    """As in one of 2017: the probe is there, and leaves no mark."""
    with open_screen(64, guard) as screen:
        screen.tell("Page.addScriptToEvaluateOnNewDocument", source="DOMTokenList.prototype.toggle = () => false")
        screen.open(f"{live}/display/check/")
        screen.wait_for("document.querySelectorAll('li.can').length >= 6")

        assert screen.run("document.querySelector('[data-check=script]').className") == "cannot"
        assert screen.run("document.querySelector('h1').innerText") == "This screen cannot show the wall"
