"""Cuts Inter down to the letters and weights that the pages use: `python tools/font.py`.

Writes static/font/inter.woff2 (under 20 kB) out of node_modules. Other letters come from the system's font.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules/@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2"
TARGET = ROOT / "static/font/inter.woff2"

ASCII = range(0x20, 0x7F)
LATIN_1 = range(0xA0, 0x100)
WORDS = "ŒœŸẞ–—‘’‚“”„‹›…•€"
FIGURES = "−×÷±≤≥→←↑↓"
LETTERS = {*ASCII, *LATIN_1, *map(ord, WORDS + FIGURES)} - set(map(ord, "¤¦¨©¬®¯´¶¸¹²³¼½¾¢¥µÐðÞþ^`~|\\"))

AXES = {"wght": (400, 700), "opsz": 18}
"""Regular to bold; the optical size between text and display, so that big figures are cut close."""
FEATURES = ["kern", "tnum"]


def cut(source: Path, target: Path) -> int:
    """Writes the smaller font; gives its size in bytes."""
    font = TTFont(source)
    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    font = instantiateVariableFont(font, AXES)
    for table in ("STAT", "MVAR", "gasp"):
        del font[table]
    font.flavor = "woff2"
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    return target.stat().st_size


if __name__ == "__main__":
    if not SOURCE.exists():
        sys.exit("Inter is not in node_modules: run `make node_modules` first.")
    print(f"{TARGET.relative_to(ROOT)}: {cut(SOURCE, TARGET):,} bytes")
