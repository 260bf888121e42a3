"""Puts what reads pictures into static/reader: `python tools/reader.py`. Tesseract as WebAssembly, and its letters.

Both are kept packed, since they are sent as they lie (`leaderboard/headers.py`): 4 MB, and only to who has a picture.
"""

import gzip
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORE = ROOT / "node_modules/tesseract.js-core"
LETTERS = ROOT / "node_modules/@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz"
TARGETS = ROOT / "static/reader"


def main() -> None:
    """The three files, for every browser that knows WebAssembly with SIMD, which is all since 2023."""
    TARGETS.mkdir(exist_ok=True)
    shutil.copyfile(CORE / "tesseract-core-simd-lstm.js", TARGETS / "core.js")
    packed = gzip.compress((CORE / "tesseract-core-simd-lstm.wasm").read_bytes(), mtime=0)
    (TARGETS / "core.wasm.gz").write_bytes(packed)
    shutil.copyfile(LETTERS, TARGETS / "letters.gz")


if __name__ == "__main__":
    main()
