"""The typeface: every letter of people's names is in it, and figures of one width leave names alone."""

import re
import unicodedata
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from tests.browser.chromium import ROOT
from tools.font import FILES, SOURCES

NAMES = [
    name
    for name in (ROOT / "tests/samples/given_names.txt").read_text().splitlines()
    if name and not name.startswith("#")
]
FACE = re.compile(r"@font-face \{[^}]*font/([\w-]+\.woff2)[^}]*unicode-range:\s+([^;]+);")


def faces(sheet):
    """The letters that each font file of a style sheet draws: those of its range that are in the file."""
    text = (ROOT / "static/css" / sheet).read_text()
    return {file: letters_in(ranges) & set(glyphs(file)) for file, ranges in FACE.findall(text)}


def letters_in(ranges):
    bounds = [[int(bound, 16) for bound in part.strip().removeprefix("U+").split("-")] for part in ranges.split(",")]
    return {letter for first, *last in bounds for letter in range(first, (last or [first])[0] + 1)}


def glyphs(file):
    return TTFont(ROOT / "static/font" / file).getBestCmap()


def clusters(name):
    """The letters of a name, each with the accents that stand on it: what a browser draws by one font."""
    starts = [place for place, letter in enumerate(name) if not unicodedata.combining(letter)]
    return [name[start:end] for start, end in pairwise([*starts, len(name)])]


@pytest.mark.parametrize("sheet", ["base.css", "wall.css"])
def test_every_letter_of_a_list_of_given_names_is_drawn_in_our_face(sheet):
    drawn = faces(sheet)

    missing = {
        name: cluster
        for name in NAMES
        for cluster in clusters(name)
        if not any(letters >= set(map(ord, cluster)) for letters in drawn.values())
    }

    assert len(NAMES) > 1_700
    assert missing == {}


@pytest.mark.parametrize("sheet", ["base.css", "wall.css"])
def test_no_range_promises_a_letter_of_a_name_that_its_file_lacks(sheet):
    """A browser would fetch the file, draw the letter in another face, and nobody would see why."""
    text = (ROOT / "static/css" / sheet).read_text()
    letters = {ord(letter) for name in NAMES for letter in name}

    assert {
        file: sorted(map(chr, lacking))
        for file, ranges in FACE.findall(text)
        if (lacking := letters & letters_in(ranges) - set(glyphs(file)))
    } == {}


def test_figures_of_one_width_change_figures_and_signs_only():
    table = TTFont(ROOT / "static/font/inter.woff2")["GSUB"].table
    [lookups] = {
        tuple(record.Feature.LookupListIndex)
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
    }
    subtables = [each for place in lookups for each in table.LookupList.Lookup[place].SubTable]
    changed = {glyph for each in subtables for glyph in getattr(each, "ExtSubTable", each).mapping}

    figures = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    assert changed == {*figures, "plus", "minus"}


@pytest.mark.parametrize("file", FILES)
def test_a_font_is_named_alike_wherever_and_whenever_it_is_cut(file):
    source, _ = FILES[file]

    assert head(ROOT / "static/font" / file).modified == head(SOURCES / source).modified


def head(path):
    """A font's table with its times, the only ones that are not of the letters."""
    return TTFont(path)["head"]


def test_the_font_of_every_page_is_small_and_the_others_are_fetched_where_needed():
    sizes = {path.name: path.stat().st_size for path in (ROOT / "static/font").glob("*.woff2")}

    assert sizes.keys() == faces("base.css").keys() == faces("wall.css").keys()
    assert sizes["inter.woff2"] < 20_000
    assert max(sizes.values()) < 20_000
