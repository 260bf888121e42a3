"""`python3 tools/setup.py [--dev | --soak]`: .venv and node_modules as the lock files say, and what is made from them.

Does nothing where all is done. It runs before anything is installed, so it uses nothing but Python.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

VENV, MODULES, FONT, LOCALE = Path(".venv"), Path("node_modules"), Path("static/font"), Path("teams/locale")
SHEETS, BUILT, READER = Path("static/css"), Path("static/built"), Path("static/reader")
PYTHON, UV = VENV / "bin" / "python", VENV / "bin" / "uv"
PIP = [PYTHON, "-m", "pip", "install", "-q", "--no-cache-dir", "--require-hashes"]
UV_PIP = [UV, "pip", "install", "-q", "--python", PYTHON, "--require-hashes"]
NODE = [PYTHON, "tools/node.py"]
NPM = [*NODE, "npm", "ci", "--no-progress", "--loglevel=error"]
MEGABYTES = 1500  # that a disk must have left


def main(dev: bool, soak: bool) -> None:
    """Sets up what the product needs; with `dev` what the tests need too, with `soak` also their heavy judges."""
    os.chdir(Path(__file__).resolve().parent.parent)
    if sys.version_info < (3, 11):  # noqa: UP036 (that is the question)
        sys.exit("Python 3.11 or newer is needed: name one, as in `make run PY=python3.11`.")
    os.environ["UV_PYTHON_DOWNLOADS"] = "never"
    os.environ.setdefault("UV_SYSTEM_CERTS", "1")  # a company's own certificates stand where the system keeps them
    if not os.access(os.path.expanduser("~"), os.W_OK):
        os.environ["UV_CACHE_DIR"] = os.environ["NPM_CONFIG_CACHE"] = str(VENV.resolve() / "cache")
    install(dev, soak)
    make_assets()


def install(dev: bool, soak: bool) -> None:
    """The packages of both lock files: nothing where they, or more of them, are there."""
    if not works():
        make_environment()
    lock = "requirements-dev.lock" if dev else "requirements.lock"
    if not done(VENV, digest(lock), digest("requirements-dev.lock")):
        step("Installing Python packages", *UV_PIP, "-r", lock)
        mark(VENV, digest(lock))
    modules, omitted = digest("package-lock.json"), ["--omit=optional"] * (not soak) + ["--omit=dev"] * (not dev)
    if not done(MODULES, *(" ".join([modules, *omitted[:some]]) for some in range(len(omitted) + 1))):
        step("Installing npm packages", *NPM, *omitted)
        mark(MODULES, " ".join([modules, *omitted]))


def make_assets() -> None:
    """What is made of the packages and of our own files: fonts, the reader of pictures, style sheets, catalogues."""
    modules = digest("package-lock.json")
    letters = modules + digest("tools/font.py")
    if not done(FONT, letters):
        step("Cutting the font", PYTHON, "tools/font.py")
        mark(FONT, letters)
    reader = modules + digest("tools/reader.py")
    if not done(READER, reader):
        step("Packing what reads pictures", PYTHON, "tools/reader.py")
        mark(READER, reader)
    sheets = " ".join([modules, digest("tools/sheets.mjs"), *(digest(path) for path in sorted(SHEETS.rglob("*.css")))])
    if SHEETS.exists() and not done(BUILT, sheets):
        step("Writing the style sheets for older browsers", *NODE, "node", "tools/sheets.mjs")
        mark(BUILT, sheets)
    words = " ".join(digest(path) for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")))
    if words and not done(LOCALE, words):
        step("Compiling the languages", PYTHON, "tools/words.py", "compile")
        mark(LOCALE, words)


def works() -> bool:
    """Whether the environment is there, and of a Python that is still there too."""
    there = PYTHON.exists() and UV.exists()
    return there and subprocess.call([PYTHON, "-c", "import uv"], stderr=subprocess.DEVNULL) == 0


def make_environment() -> None:
    """Make the folder of Python's packages, with uv in it."""
    if not find_spec("ensurepip"):
        sys.exit("This Python cannot make environments: on Debian, `apt install python3-venv` adds that.")
    step("Making a Python environment", sys.executable, "-m", "venv", "--clear", VENV)
    step("Installing uv", *PIP, "-r", "requirements-uv.lock")


def step(name: str, *command: str | Path) -> None:
    """Runs it, and shows what it says only if it fails."""
    check_disk()
    print(f"{name} …", flush=True)
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if ran.returncode:
        print(ran.stdout.decode(errors="replace"), file=sys.stderr)
        sys.exit(f"{name} failed: the lines above say why.")


def check_disk() -> None:
    """The end of the program, with a sentence, where the disk is too full to set up."""
    free = shutil.disk_usage(".").free // 2**20
    if free < MEGABYTES:
        sys.exit(f"The disk is full: {free} MB are left, and setting up needs {MEGABYTES} MB.")


def done(folder: Path, *states: str) -> bool:
    """Whether the folder was last filled from one of these states."""
    file = folder / ".installed"
    return file.exists() and file.read_text() in states


def mark(folder: Path, state: str) -> None:
    """Note what a folder was installed from."""
    (folder / ".installed").write_text(state)


def digest(file: str | Path) -> str:
    """What tells a file from every other."""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


if __name__ == "__main__":
    main(dev=len(sys.argv) > 1, soak="--soak" in sys.argv)
