"""Text and marks can be read: WCAG 2.2 AA, computed from the style sheet, light and dark."""

import re
from pathlib import Path

import pytest

BASE = Path(__file__).parent.parent / "static" / "css" / "base.css"
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", BASE.read_text())
}
TEXT = [
    *[(text, ground) for text in ("ink", "muted") for ground in ("paper", "raised", "accent-soft", "warn-soft")],
    *[(text, ground) for text in ("ink", "danger") for ground in ("paper", "danger-soft")],
    *[("accent", ground) for ground in ("paper", "raised", "accent-soft")],
    *[("warn", ground) for ground in ("paper", "warn-soft")],
    ("paper", "ink"),
    ("on-accent", "accent"),
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


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("least", "pairs"), [(4.5, TEXT), (3, MARKS)], ids=["text", "marks"])
def test_every_pair_that_is_used_can_be_read(theme, least, pairs):
    poor = {
        (front, ground): round(ratio, 2)
        for front, ground in pairs
        if (ratio := contrast(COLOURS[front][theme], COLOURS[ground][theme])) < least
    }

    assert poor == {}


def test_no_style_sheet_names_a_colour_outside_the_tokens():
    named = {
        sheet.name: re.findall(r"#[0-9a-f]{3,8}\b", sheet.read_text())
        for sheet in BASE.parent.glob("*.css")
        if sheet != BASE
    }

    assert {name: found for name, found in named.items() if found} == {}
