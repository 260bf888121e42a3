"""Cuts Inter down to the letters and weights that the pages use: `python tools/font.py`.

Writes into static/font, out of node_modules: inter.woff2 (under 20 kB, every page), and what is fetched only
where a name needs one of its letters: inter-names.woff2 (Europe), inter-rare.woff2 (Africa, transcriptions) and
inter-tones.woff2 (Vietnam, Yoruba, Igbo). Other scripts are drawn by the system's font.
"""

import re
import sys
from collections.abc import Collection
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "node_modules/@fontsource-variable/inter/files"
TARGETS = ROOT / "static/font"

ASCII = range(0x20, 0x7F)
LATIN_1 = range(0xA0, 0x100)
WORDS = "Œœıʻʼ–—‘’‚“”„‹›…•€"
FIGURES = "−×÷±↑↓"
MARKS = {0x300, 0x301, 0x303, 0x304, 0x308, 0x309, 0x323}
"""Accents that stand on a letter of their own, as in Ayọ̀: in each file whose letters they stand on."""
NAMES = {*range(0x100, 0x180), 0x18F, 0x259, 0x1E9E, *range(0x218, 0x21C)} - {0x149, *map(ord, WORDS)}
AFRICA = set(map(ord, "ƁɓƆɔƉɖƊɗƎǝƐɛƑƒƔɣƖɩƗɨƘƙƝɲƟɵƤƥƬƭƱʊƲʋƳƴƵƶɄʉ"))
CARONS = {*range(0x1CD, 0x1DD), *range(0x1E4, 0x1F0), 0x1F4, 0x1F5, 0x1F8, 0x1F9, 0x21E, 0x21F, *range(0x226, 0x234)}
RARE = AFRICA | CARONS | MARKS | {0x2BE, 0x2BF, *range(0x1E00, 0x1E9A)}
TONES = {0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1EA0, 0x1EFA)} | MARKS
LETTERS = {*ASCII, *LATIN_1, *map(ord, WORDS + FIGURES)} - set(map(ord, "¤¦¨©¬®¯´¶¸¹²³¼½¾¢¥µ^`~|\\"))

AXES = {"wght": (400, 700), "opsz": 18}
"""Regular to bold; the optical size between text and display, so that big figures are cut close."""
FEATURES = ["kern", "tnum"]
OF_ONE_WIDTH = re.compile("(zero|one|two|three|four|five|six|seven|eight|nine|plus|minus)$")
"""The glyphs that tabular figures change. Inter widens spaces, hyphens and points too, which tears names apart."""

FILES = {
    "inter.woff2": ("inter-latin-opsz-normal.woff2", LETTERS),
    "inter-names.woff2": ("inter-latin-ext-opsz-normal.woff2", NAMES),
    "inter-rare.woff2": ("inter-latin-ext-opsz-normal.woff2", RARE),
    "inter-tones.woff2": ("inter-vietnamese-opsz-normal.woff2", TONES),
}


def cut(source: Path, target: Path, letters: Collection[int]) -> int:
    """Writes the smaller font, the same bytes whenever it is cut; gives its size in bytes."""
    font = TTFont(source, recalcTimestamp=False)
    keep_figures_only(font)
    subsetter = Subsetter(Options(layout_features=FEATURES, hinting=False, notdef_outline=True))
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font = instantiateVariableFont(font, AXES)
    for table in {"STAT", "MVAR", "gasp"} & set(font.keys()):
        del font[table]
    font.flavor = "woff2"
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    return target.stat().st_size


def keep_figures_only(font: TTFont) -> None:
    """Takes out of the tabular figures whatever is no figure and no sign."""
    table = font["GSUB"].table
    lookups = {
        place
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for place in record.Feature.LookupListIndex
    }
    for subtable in (each for place in lookups for each in table.LookupList.Lookup[place].SubTable):
        mapping = getattr(subtable, "ExtSubTable", subtable).mapping
        for glyph in [glyph for glyph in mapping if not OF_ONE_WIDTH.match(glyph)]:
            del mapping[glyph]


if __name__ == "__main__":
    if not SOURCES.exists():
        sys.exit("Inter is not in node_modules: run `make node_modules` first.")
    for name, (source, letters) in FILES.items():
        print(f"static/font/{name}: {cut(SOURCES / source, TARGETS / name, letters):,} bytes")
