"""A wall screen in a real browser: it turns its slides, celebrates, survives the network, and follows releases."""

import json
import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from teams.actions.boards.ranking import rank_stale_boards
from teams.models import Display
from tests.browser.steps import pair, sign_in
from tests.browser.test_pages import AXE, EVERYTHING, faults
from tests.makers import dark_hours, make_display, make_manager, make_organization, make_rep, make_submission, make_team

TOKEN = "t" * 43


@pytest.fixture
def north(live):
    """A team of two, whose wall turns its slides every second."""
    team = make_team("North", make_organization())
    grace = make_manager(team, "Grace")
    reps = [make_rep(team, "Ada", total=61), make_rep(team, "Ben", total=40)]
    rank_stale_boards()
    paired_at = timezone.now() - timedelta(hours=1)
    make_display(team, grace, "Hall", token=TOKEN, seconds=1, paired_at=paired_at)
    return team, grace, reps


@pytest.fixture
def screen(north, new_context, base_url):
    """The paired screen, which may complain of a network that is not there."""
    context = new_context(viewport={"width": 640, "height": 360})  # no larger, since it is drawn all the time
    context.add_cookies([{"name": "display", "value": TOKEN, "url": base_url}])
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto("/display/")
    page.evaluate("window.opened = true")
    return page


def shown(screen):
    """The slide that one sees."""
    return screen.locator(".slide:visible").get_attribute("data-slide").split("-")[0]


def not_reloaded(screen):
    return screen.evaluate("window.opened === true")


def kept(screen):
    """Waits until the screen could start without network."""
    screen.evaluate("navigator.serviceWorker.ready.then(() => true)")
    screen.reload()
    expect(screen.locator(".slide:visible")).to_have_count(1)


def test_a_manager_on_a_phone_pairs_a_screen_that_shows_its_code(north, new_visitor):
    _, grace, _ = north
    phone, screen = new_visitor(viewport={"width": 390, "height": 760}), new_visitor()
    sign_in(phone, grace)

    pair(phone, screen, "Canteen")

    expect(screen.locator(".first")).to_contain_text("Ada")
    phone.goto("/team/north/displays/")
    expect(phone.get_by_role("heading", name="Canteen")).to_contain_text("on the wall")


def test_slides_come_one_after_the_other_and_begin_anew(screen):
    keys = screen.eval_on_selector_all("[data-slide]", "all => all.map(slide => slide.dataset.slide)")
    assert len(keys) == 2
    for key in [*keys, *keys]:
        expect(screen.locator(".slide:visible")).to_have_attribute("data-slide", key)
    assert screen.evaluate("document.body.style.transform") != ""
    assert not_reloaded(screen)


NARROWER = """() => {
  const name = document.querySelector(".slide:not([hidden]) .name");
  const says = name.querySelector("bdi");
  const found = [];
  says.dataset.names = "Maximilian Graf-Hohenstein\\nMaximilian G.-H.\\nM. G.";
  for (let width = 90; width > 30; width--) {
    name.style.maxWidth = `${width}vh`;
    fit(name.parentNode);
    found.push([says.textContent, name.scrollWidth <= name.clientWidth + 1]);
  }
  return found;
}"""
"""What a name says in ever less room, and whether all of it is seen."""


def test_where_a_name_has_no_room_it_gets_shorter_by_whole_words_and_is_never_cut(screen):
    found = screen.evaluate(NARROWER)

    assert list(dict.fromkeys(name for name, _ in found)) == [
        "Maximilian Graf-Hohenstein",
        "Maximilian G.-H.",
        "M. G.",
    ]
    assert [name for name, is_whole in found if not is_whole] == []


@pytest.mark.soak
def test_without_the_server_the_figures_stay_turn_amber_and_come_back_by_themselves(north, screen):
    _, _, (_, ben) = north
    screen.context.set_offline(True)
    expect(screen.locator("body")).to_have_class(re.compile("stale"), timeout=20_000)
    expect(screen.locator(".slide:visible .updated")).to_contain_text("as of")
    assert "Ada" in screen.locator("#wall").text_content()
    make_submission(ben, 88)
    rank_stale_boards()

    screen.context.set_offline(False)

    expect(screen.locator("body")).not_to_have_class(re.compile("stale"))
    expect(screen.locator(".first")).to_contain_text("Ben")
    assert not_reloaded(screen)


@pytest.mark.soak
def test_error_pages_and_strange_answers_are_never_shown(screen):
    answers = iter([(502, "<h1>Bad gateway</h1>"), (200, "<h1>Sign in to this network</h1>"), (500, "")] * 9)

    def answer(route):
        status, body = next(answers)
        route.fulfill(status=status, body=body, content_type="text/html")

    screen.route(re.compile(r"/display/\?"), answer)

    expect(screen.locator("body")).to_have_class(re.compile("stale"), timeout=20_000)
    assert screen.locator("h1").all_text_contents() == ["North"]
    assert "Ada" in screen.locator("#wall").text_content()


@pytest.mark.soak
def test_after_a_power_cut_without_network_the_last_board_is_there_dated(north, screen):
    _, _, (_, ben) = north
    kept(screen)
    make_submission(ben, 88)
    rank_stale_boards()
    expect(screen.locator(".first")).to_contain_text("Ben")
    screen.wait_for_timeout(1_000)  # it is kept after it is shown
    screen.close()
    screen.context.set_offline(True)

    started = screen.context.new_page()
    started.goto("/display/")

    expect(started.locator(".first")).to_contain_text("Ben")
    expect(started.locator("body")).to_have_class(re.compile("stale"), timeout=20_000)
    started.context.set_offline(False)
    expect(started.locator("body")).not_to_have_class(re.compile("stale"))


@pytest.mark.soak
def test_a_new_release_loads_the_page_anew_between_two_rounds(screen):
    def of_another_release(route):
        answer = route.fetch(url=re.sub("version=[^&]*", "version=", route.request.url))
        route.fulfill(response=answer, body=re.sub('data-release="[^"]*"', 'data-release="2.0"', answer.text()))

    screen.route(re.compile(r"/display/\?"), of_another_release)

    expect(screen.locator("#wall")).to_have_attribute("data-release", "2.0")
    with screen.expect_navigation(timeout=15_000):
        pass
    assert not not_reloaded(screen)


@pytest.mark.soak
def test_a_test_celebration_lies_over_the_slides_once_and_goes(north, screen, new_visitor):
    _, grace, _ = north
    manager = new_visitor()
    sign_in(manager, grace)
    manager.goto("/team/north/displays/")
    manager.get_by_role("button", name="Send a test celebration").click()

    expect(screen.locator("body > .celebration")).to_contain_text("It works!")
    expect(screen.locator("body > .celebration")).to_have_count(0, timeout=10_000)
    assert Display.objects.get(name="Hall").celebrated[0].startswith("test-")
    screen.wait_for_timeout(4_000)
    expect(screen.locator(".celebration")).to_have_count(0)
    assert not_reloaded(screen)


@pytest.mark.parametrize(("sound", "notes"), [pytest.param(False, 0, marks=pytest.mark.soak), (True, 4)])
def test_a_celebration_chimes_only_where_somebody_wants_it(screen, sound, notes):
    always = {"bright_from": 0, "bright_until": 0}
    Display.objects.update(sound=sound, tested_at=timezone.now(), **always)
    screen.add_init_script("""
        window.notes = 0
        const { start } = OscillatorNode.prototype
        OscillatorNode.prototype.start = function (...when) { window.notes += 1; start.apply(this, when) }
    """)
    screen.reload()
    screen.locator("body").click()  # without the kiosk's flag, browsers want one before anything sounds

    expect(screen.locator("body > .celebration")).to_be_visible()
    screen.wait_for_timeout(1_000)
    assert screen.evaluate("window.notes") == notes


def test_a_celebration_is_still_where_motion_is_unwanted_and_over_within_eight_seconds(screen):
    Display.objects.update(tested_at=timezone.now())
    expect(screen.locator("body > .celebration")).to_be_visible()
    ends = "() => document.getAnimations().map(({effect}) => effect.getComputedTiming().endTime)"
    longest = max(screen.evaluate(ends))
    screen.emulate_media(reduced_motion="reduce")

    assert 5_000 < longest < 8_000
    assert screen.evaluate(ends) == []


def test_an_unpaired_screen_is_blank_within_its_next_question(screen):
    Display.objects.update(token_hash=None)

    expect(screen.locator("#wall")).to_contain_text("Pair this screen", timeout=8_000)
    assert "Ada" not in screen.locator("#wall").text_content()


@pytest.mark.soak
def test_the_page_is_loaded_anew_each_day_so_that_nothing_gathers(screen):
    screen.clock.install()
    screen.reload()
    screen.evaluate("window.opened = true")

    screen.clock.fast_forward("23:00:00")
    screen.wait_for_timeout(3_000)
    assert not_reloaded(screen)
    with screen.expect_navigation(timeout=15_000):
        screen.clock.fast_forward("01:00:00")

    assert not not_reloaded(screen)


@pytest.mark.parametrize("hours", ["bright", "dimmed"])
def test_a_wall_has_no_accessibility_fault_bright_or_dimmed(north, screen, hours):
    team, _, _ = north
    always = {"bright_from": 0, "bright_until": 0}
    Display.objects.update(**(always if hours == "bright" else dark_hours(team.organization)))
    screen.emulate_media(reduced_motion="reduce")
    screen.reload()
    screen.evaluate(AXE)

    assert ("dimmed" in (screen.locator("#wall").get_attribute("class") or "")) == (hours == "dimmed")
    assert faults(screen, EVERYTHING) == []


@pytest.mark.soak
def test_memory_stays_flat_over_500_slides(north, screen):
    """What the page keeps must not grow: its objects, nodes and listeners. What V8 compiles of its functions grows for
    some 3,000 slides, to a heap of 1,300 kB, and then no longer: for that the heap has a limit."""
    _, _, (_, ben) = north
    devtools = screen.context.new_cdp_session(screen)
    devtools.send("Performance.enable")

    def turn(slides):
        """So many slides are shown, and every twenty of them there are new figures."""
        for part in range(slides // 20):
            make_submission(ben, 50 + part)
            rank_stale_boards()
            screen.wait_for_timeout(20_000)

    turn(100)
    early = gathered(devtools)
    turn(500)
    late = gathered(devtools)
    print(f"after 100 slides {early}, after 600 {late}")

    grown = {name: late[name] - early[name] for name in late}
    assert {name: grown[name] for name in ("objects", "nodes", "listeners") if grown[name] > 4} == {}
    assert late["heap"] < 1_500
    assert not_reloaded(screen)


def gathered(devtools):
    """What is left after collecting: kB of the heap, kB of it that are the scripts' own objects, nodes, listeners."""
    found = []
    for _ in range(8):  # between two questions there is a moment without one on its way
        devtools.send("HeapProfiler.collectGarbage")
        found.append({each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]})
        time.sleep(0.4)
    least = {name: min(each[name] for each in found) for name in ("JSHeapUsedSize", "Nodes", "JSEventListeners")}
    heap, nodes, listeners = least.values()
    return {"heap": heap // 1024, "objects": objects(devtools) // 1024, "nodes": nodes, "listeners": listeners}


def objects(devtools):
    """Bytes of all that scripts made: neither what V8 compiled of them nor what is the browser's own."""
    parts = []
    devtools.on("HeapProfiler.addHeapSnapshotChunk", lambda said: parts.append(said["chunk"]))
    devtools.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    snapshot = json.loads("".join(parts))
    meta, nodes = snapshot["snapshot"]["meta"], snapshot["nodes"]
    width, kind, size = (len(meta["node_fields"]), *map(meta["node_fields"].index, ("type", "self_size")))
    kinds = meta["node_types"][kind]
    rows = range(0, len(nodes), width)
    return sum(nodes[row + size] for row in rows if kinds[nodes[row + kind]] not in ("code", "native", "synthetic"))
