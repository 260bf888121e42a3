"""Cuts Inter down to the letters and weights that the pages use: `python tools/font.py`.

Writes static/font/inter.woff2 (under 20 kB, every page) and static/font/inter-names.woff2 (fetched where a name needs
it) out of node_modules. What neither has comes from the system's font.
"""

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
WORDS = "ŒœŸẞ–—‘’‚“”„‹›…•€"
FIGURES = "−×÷±≤≥→←↑↓"
NAMES = {*range(0x100, 0x17F), 0x18F, 0x259, *range(0x1CD, 0x1DD), *range(0x218, 0x21C)} - {0x152, 0x153, 0x178}
LETTERS = {*ASCII, *LATIN_1, *map(ord, WORDS + FIGURES)} - set(map(ord, "¤¦¨©¬®¯´¶¸¹²³¼½¾¢¥µÐðÞþ^`~|\\"))

AXES = {"wght": (400, 700), "opsz": 18}
"""Regular to bold; the optical size between text and display, so that big figures are cut close."""
FEATURES = ["kern", "tnum"]


FILES = {
    "inter.woff2": ("inter-latin-opsz-normal.woff2", LETTERS),
    "inter-names.woff2": ("inter-latin-ext-opsz-normal.woff2", NAMES),
}


def cut(source: Path, target: Path, letters: Collection[int]) -> int:
    """Writes the smaller font; gives its size in bytes."""
    font = TTFont(source)
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


if __name__ == "__main__":
    if not SOURCES.exists():
        sys.exit("Inter is not in node_modules: run `make node_modules` first.")
    for name, (source, letters) in FILES.items():
        print(f"static/font/{name}: {cut(SOURCES / source, TARGETS / name, letters):,} bytes")
