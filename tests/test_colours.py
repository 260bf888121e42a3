"""Text and marks can be read: WCAG 2.2 AA, computed from the style sheet, light and dark."""

import re
from pathlib import Path

import pytest

from teams.rules.people.faces import Tone

CSS = Path(__file__).parent.parent / "static" / "css"
TOKEN = re.compile(r"--([a-z-]+): (?:light-dark\()?(#[0-9a-f]{6})(?:, (#[0-9a-f]{6})\))?;")
BASE = TOKEN.findall((CSS / "base.css").read_text())
BRIGHT, DIMMED = map(TOKEN.findall, (CSS / "wall.css").read_text().split(".dimmed {"))
COLOURS = {
    "light": {name: light for name, light, _ in BASE},
    "dark": {name: dark for name, _, dark in BASE},
    "wall": {name: colour for name, colour, _ in BRIGHT},
    "dimmed": {name: colour for name, colour, _ in DIMMED},
}
"""Of the pages; and of the wall, in office hours and outside them."""
MAILS = (CSS.parents[1] / "templates" / "emails" / "mail.css").read_text()
GROUNDS = ["#ffffff", "#121212", "#1e1e1e", "#000000"]
"""Of mail programs by day, and of Gmail, Outlook and Apple's by night."""
TEXT = [
    *[(text, ground) for text in ("ink", "muted") for ground in ("paper", "raised", "accent-soft", "warn-soft")],
    *[(text, ground) for text in ("ink", "danger") for ground in ("paper", "danger-soft")],
    *[("accent", ground) for ground in ("paper", "raised", "accent-soft")],
    *[("warn", ground) for ground in ("paper", "warn-soft")],
    *[("ink", f"face-{tone}") for tone in Tone],
    ("ink", "line"),
    ("paper", "ink"),
    *[("on-accent", ground) for ground in ("accent", "accent-strong")],
]
"""Letters: 4.5 to 1."""
MARKS = [
    *[("edge", ground) for ground in ("paper", "raised")],
    *[(mark, "paper") for mark in ("ink", "muted", "accent", "warn", "danger")],
    ("ink", "line"),
    ("accent", "line"),
]
"""Borders of fields, lines and bars that carry a figure: 3 to 1."""


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", COLOURS)
@pytest.mark.parametrize(("least", "pairs"), [(4.5, TEXT), (3, MARKS)], ids=["text", "marks"])
def test_every_pair_that_is_used_can_be_read(theme, least, pairs):
    colours = COLOURS[theme]
    poor = {
        (front, ground): round(ratio, 2)
        for front, ground in pairs
        if {front, ground} <= colours.keys() and (ratio := contrast(colours[front], colours[ground])) < least
    }

    assert poor == {}


def test_what_a_mail_colours_can_be_read_on_whatever_ground_a_mail_program_puts_under_it_by_day_or_by_night():
    ours, lines, on_ours = "#007d56", "#7d8781", "#ffffff"

    assert set(re.findall(r"#[0-9a-f]{6}", MAILS)) == {ours, lines, on_ours}
    assert re.findall(r"(?<![-\w])color: ([^;]+);", MAILS) == ["inherit", on_ours]
    assert contrast(on_ours, ours) >= 4.5
    assert [(mark, ground) for mark in (ours, lines) for ground in GROUNDS if contrast(mark, ground) < 3] == []


def test_each_face_has_a_ground_on_pages_and_walls():
    grounds = {f"face-{tone}" for tone in Tone}

    assert {theme: grounds - colours.keys() for theme, colours in COLOURS.items()} == {
        theme: set() for theme in COLOURS
    }


def test_a_wall_has_the_dark_colours_of_the_pages():
    assert COLOURS["wall"].items() <= COLOURS["dark"].items()


def test_a_dimmed_wall_gives_at_most_four_tenths_of_the_light_of_what_is_bright():
    bright, dimmed = COLOURS["dark"], COLOURS["dimmed"]
    grounds = ["paper", "raised", "line", "edge", "accent-soft", "warn-soft", *[f"face-{tone}" for tone in Tone]]

    assert sorted(dimmed) == sorted(COLOURS["wall"]) == sorted([*grounds, "ink", "muted", "accent", "warn"])
    assert [name for name in dimmed if luminance(dimmed[name]) >= luminance(bright[name])] == []
    assert [name for name in ("ink", "accent", "warn") if luminance(dimmed[name]) > 0.4 * luminance(bright[name])] == []


def test_no_style_sheet_names_a_colour_outside_the_tokens():
    named = {
        sheet.name: re.findall(r"#[0-9a-f]{3,8}\b", TOKEN.sub("", sheet.read_text()))
        for sheet in CSS.rglob("*.css")
        if sheet.name != "base.css"
    }

    assert {name: found for name, found in named.items() if found} == {}
