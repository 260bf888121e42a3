"""`make shots`: pictures of every page with the demo's people, into pictures/; those that documents show, into docs/.

Everything is the product's own: it starts in a folder that is thrown away, and fills itself with the demo, which
is drawn from a seed. Only days and months are today's.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from signal import SIGTERM

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from leaderboard.local.guard import Guard
from leaderboard.local.site import ROOT
from tests.browser import chromium
from tests.browser.old_chromium import open_screen
from tests.ports import free_port

PICTURES = ROOT / "pictures"
SHOWN = ROOT / "docs" / "pictures"
ICONS = ROOT / "static" / "img"
SAMPLE = ROOT / "tests" / "samples" / "ssi" / "en_2024_full_page.txt"
LOOKS = {
    "light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 760}, "color_scheme": "light"},
    "german": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light", "locale": "de-DE"},
}
WALLS = {
    "1080p": {"width": 1920, "height": 1080},
    "4k": {"width": 3840, "height": 2160},
    "upright": {"width": 1080, "height": 1920},
}
OLD = [64, 78, 92]
"""Engines of televisions, in which the wall looks as in today's."""
LETTERS = {
    "light": {"viewport": {"width": 600, "height": 400}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 600, "height": 400}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 400}, "color_scheme": "light"},
    "phone-dark": {"viewport": {"width": 360, "height": 400}, "color_scheme": "dark"},
}
WRITE_LETTERS = """
import json, sys
from tests.mail.every_letter import every_letter, for_browsers
json.dump({name: for_browsers(letter) for name, letter in every_letter("en")}, sys.stdout)
"""
STILL = {"reduced_motion": "reduce", "locale": "en-GB", "timezone_id": "Europe/Berlin"}
SHOW = """(all, shown) => {
    for (const [number, slide] of all.entries()) slide.hidden = number !== shown
    dispatchEvent(new Event("resize"))
}"""
"""As the wall's script does it, with names that fit."""
TALLEST = 1800
"""Pixels of a page that a picture shows; the board of forty goes on."""

LAST_MONTH = f"{date.today().replace(day=1) - timedelta(days=1):%Y-%m}"

# Each page by its picture's name: who looks, and where; a second word is what they do there first.
PAGES = {
    "sign-in": (None, "/accounts/login/"),
    "sign-in-refused": (None, "/accounts/login/", "sign in wrongly"),
    "password-reset": (None, "/accounts/password/reset/"),
    "today": ("rep", "/"),
    "today-manager": ("manager", "/"),
    "today-viewer": ("viewer", "/"),
    "bell": ("manager", "/bell/"),
    "submit": ("rep", "/submit/"),
    "submit-read": ("rep", "/submit/", "paste"),
    "submit-not-understood": ("rep", "/submit/", "paste nonsense"),
    "submit-refused": ("rep", "/submit/", "type nonsense"),
    "saved": ("rep", "/submit/", "submit"),
    "board": ("rep", "/board/mid-market/"),
    "board-improved": ("rep", "/board/mid-market/?by=improved"),
    "board-brand": ("rep", "/board/mid-market/?by=brand"),
    "board-plan": ("rep", "/board/mid-market/?by=sales_navigator"),
    "board-large": ("admin", "/board/enterprise/"),
    "board-counter": ("rep", f"/board/mid-market/{LAST_MONTH}/", "open what the team counts"),
    "own-figures": ("rep", "/submit/figures/"),
    "why": ("manager", "/board/mid-market/", "ask why"),
    "rep": ("rep", "/", "see all readings"),
    "organization": ("rep", "/organization/"),
    "organization-teams": ("rep", "/organization/?by=teams"),
    "organization-settings": ("admin", "/organization/settings/"),
    "me": ("rep", "/me/"),
    "team": ("manager", "/team/mid-market/"),
    "team-settings": ("manager", "/team/mid-market/settings/"),
    "teams": ("admin", "/team/"),
    "start": ("admin", "/start/"),
    "challenges": ("manager", "/challenges/"),
    "challenge": ("manager", "/challenges/", "open the first challenge"),
    "challenge-over": ("rep", "/challenges/over/", "open the last challenge"),
    "challenge-new": ("manager", "/challenges/new/?preset=plus-five"),
    "duel-new": ("rep", "/challenges/new/duel/"),
    "debts": ("manager", "/debts/"),
    "goals": ("manager", "/goals/"),
    "goals-past": ("manager", "/goals/past/"),
    "goal-new": ("manager", "/goals/new/mid-market/"),
    "reminders": ("manager", "/team/mid-market/reminders/"),
    "mail": ("rep", "/me/mail/"),
    "month": ("manager", f"/team/mid-market/{LAST_MONTH}/"),
    "scores": ("manager", f"/team/mid-market/{LAST_MONTH}/scores/"),
    "report": ("rep", f"/board/mid-market/{LAST_MONTH}/report/"),
    "podium": ("rep", f"/board/mid-market/{LAST_MONTH}/podium/"),
    "certificates": ("rep", f"/board/mid-market/{LAST_MONTH}/certificates/"),
    "hall-of-fame": ("rep", "/board/mid-market/hall-of-fame/"),
    "insights": ("manager", "/team/mid-market/insights/"),
    "figures": ("manager", "/team/mid-market/figures/"),
    "import": ("manager", "/team/mid-market/import/"),
    "log": ("manager", "/team/mid-market/log/"),
    "data": ("rep", "/me/data/"),
    "running": ("manager", "/running/"),
    "help": (None, "/help/"),
    "for-programs": ("manager", "/api/"),
    "calendar": ("rep", "/me/calendar/"),
    "webhooks": ("manager", "/team/mid-market/webhooks/"),
    "tokens": ("manager", "/me/tokens/"),
    "offline": (None, "/offline/"),
    "missing": ("rep", "/no-such-page/"),
}
IN_GERMAN = ["today", "board", "submit-read", "challenge", "challenge-new", "team"]
"""The pages that are also shown in the language of the longest words, on the smallest phone."""


def main() -> None:
    """Takes every picture anew."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = chromium.node()
    program, extra = chromium.find()
    with product() as (site, passwords, env), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=chromium.ARGUMENTS, env={**os.environ, **extra}
        )
        for look, options in LOOKS.items():
            take_pages(browser, site, passwords, look, options)
        take_walls(browser, site, passwords)
        take_old_walls(browser, site, passwords)
        take_letters(browser, env)
        take_icons(browser)
        browser.close()
    for name in named_in_documents():
        shutil.copy(PICTURES / name, SHOWN)


def named_in_documents() -> set[str]:
    """The file names of the pictures that README and docs show."""
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    return {name for document in documents for name in re.findall(r"pictures/([\w-]+\.png)", document.read_text())}


@contextmanager
def product() -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """The whole product with its demo, until it is no longer needed.

    Its address, the passwords by sign-in, and its environment.
    """
    with tempfile.TemporaryDirectory(prefix="leaderboard-") as var:
        port = free_port()
        kept = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        env = kept | {"LEADERBOARD_VAR": var, "DEMO": "1", "SECRET_KEY": "the same people with the same passwords"}
        running = subprocess.Popen(
            [sys.executable, "-m", "leaderboard.local", "--port", str(port)],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield f"http://127.0.0.1:{port}", dict(sign_ins(running.stdout)), env
        finally:
            running.send_signal(SIGTERM)
            running.wait()


def sign_ins(said: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Reads what the product says at its start; (who, password) of each sign-in of the first organization."""
    for line in said:
        if found := re.match(r"(\w+)@(demo|other)\.example {2}(.+)", line):
            if found[2] == "other":  # the last one
                return
            yield found[1], found[3]


def take_pages(browser: Browser, site: str, passwords: dict[str, str], look: str, options: dict) -> None:
    """A picture of every page in one look."""
    people: dict[str | None, BrowserContext] = {}
    for name in IN_GERMAN if look == "german" else PAGES:
        who, path, *action = PAGES[name]
        if who not in people:
            people[who] = browser.new_context(base_url=site, **{**STILL, **options})
            if who:
                sign_in(people[who], f"{who}@demo.example", passwords[who])
        page = people[who].new_page()
        page.goto(path)
        for step in action:
            STEPS[step](page)
        take(page, f"{name}-{look}")
        page.close()
    for context in people.values():
        context.close()


def take_walls(browser: Browser, site: str, passwords: dict[str, str]) -> None:
    """A screen from its code to its celebration, in the office's sizes; bright at whatever hour this is."""
    manager = browser.new_context(base_url=site, **STILL)
    sign_in(manager, "manager@demo.example", passwords["manager"])
    page = manager.new_page()
    for size, viewport in WALLS.items():
        screen = browser.new_context(base_url=site, viewport=viewport, **STILL)
        wall = screen.new_page()
        wall.goto("/display/")
        take(wall, f"wall-code-{size}")
        pair(page, wall.locator(".pair-code").inner_text(), f"Hall {size}")
        wall.goto("/display/")
        slides = wall.locator("[data-slide]")
        for number in range(slides.count()):
            slides.evaluate_all(SHOW, number)
            kind = str(slides.nth(number).get_attribute("data-slide")).split("-")[0]
            take(wall, f"wall-{size}" if number == 0 else f"wall-{kind}-{size}")
        page.goto("/team/mid-market/displays/")
        page.locator("li", has_text=f"Hall {size}").get_by_role("button", name="Send a test celebration").click()
        wall.locator("body > .celebration").wait_for()
        take(wall, f"wall-celebration-{size}")
        screen.close()
    take(page, "displays-light")
    manager.close()


def take_old_walls(browser: Browser, site: str, passwords: dict[str, str]) -> None:
    """The same board in the engines of televisions, and what the oldest says of itself."""
    manager = browser.new_context(base_url=site, **STILL)
    sign_in(manager, "manager@demo.example", passwords["manager"])
    page = manager.new_page()
    for version in OLD:
        with open_screen(version, Guard(), 1280, 720) as screen:
            screen.open(f"{site}/display/check/")
            screen.wait_for("document.querySelector('h1.can')")
            if version == min(OLD):
                (PICTURES / "wall-check.png").write_bytes(screen.picture())
            screen.open(f"{site}/display/")
            pair(page, screen.text(".pair-code"), f"Chromium {version}")
            screen.open(f"{site}/display/")
            screen.run("document.fonts.ready.then(() => true)")
            (PICTURES / f"wall-chromium-{version}.png").write_bytes(screen.picture())
    manager.close()


def take_letters(browser: Browser, env: dict[str, str]) -> None:
    """A mail of every kind, as large and small screens show it by day and by night."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", WRITE_LETTERS]
    written = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    for look, options in LETTERS.items():
        context = browser.new_context(**options)
        page = context.new_page()
        for name, html in json.loads(written.stdout).items():
            page.set_viewport_size(options["viewport"])
            page.set_content(html)
            take(page, f"letter-{name}-{look}")
        context.close()


def take_icons(browser: Browser) -> None:
    """The icon as the home screens of phones want it: some cut their own corners, so that these have none."""
    drawn = (ICONS / "icon.svg").read_text()
    square = drawn.replace(' rx="7"', "")
    for name, pixels, icon in [
        ("192", 192, drawn),
        ("512", 512, drawn),
        ("maskable-512", 512, square),
        ("180", 180, square),
    ]:
        page = browser.new_page(viewport={"width": pixels, "height": pixels})
        page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{icon}")
        page.screenshot(path=ICONS / f"icon-{name}.png", omit_background=True)
        page.close()


def pair(page: Page, code: str, name: str) -> None:
    page.goto(f"/displays/pair/?code={code.replace('-', '')}")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Pair this screen").click()
    for hour in ("Bright from", "Bright until"):
        page.get_by_label(hour).fill("0")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/displays/")


def sign_in(context: BrowserContext, email: str, password: str) -> None:
    page = context.new_page()
    page.goto("/accounts/login/")
    fill_sign_in(page, email, password)
    page.wait_for_url("/")
    page.close()


def fill_sign_in(page: Page, email: str, password: str) -> None:
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(password)
    page.locator("#id_password").press("Enter")


def read(page: Page, text: str) -> None:
    page.locator("#id_pasted").fill(text)
    page.locator("button[name=read]").click()


def type_nonsense(page: Page) -> None:
    page.get_by_label("Score").fill("61")
    for label in ("professional brand", "right people", "insights", "relationships"):
        page.get_by_label(label).fill("9,5")
    page.get_by_role("button", name="Save this score").click()


def submit(page: Page) -> None:
    page.get_by_label("Score").fill("52")
    page.get_by_role("button", name="Save this score").click()
    page.wait_for_url("**/saved/**")


STEPS = {
    "sign in wrongly": lambda page: fill_sign_in(page, "robin@demo.example", "not my password"),
    "paste": lambda page: read(page, SAMPLE.read_text()),
    "paste nonsense": lambda page: read(page, "Hello, this is not the page."),
    "type nonsense": type_nonsense,
    "submit": submit,
    "ask why": lambda page: page.locator("#why").click(),
    "open what the team counts": lambda page: page.get_by_role("link", name="Meetings from LinkedIn").click(),
    "open the first challenge": lambda page: page.locator(".challenge h3 a").first.click(),
    "open the last challenge": lambda page: page.locator(".challenge h3 a").last.click(),
    "see all readings": lambda page: page.get_by_role("link", name="All your readings").click(),
}


def take(page: Page, name: str) -> None:
    """The whole page as it rests, in a window as tall, so that what sticks to an edge is at the page's."""
    page.wait_for_load_state("networkidle")
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({**page.viewport_size, "height": max(height, page.viewport_size["height"])})
    page.evaluate("document.fonts.ready")
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
