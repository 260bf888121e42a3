"""Pictures that people upload, made anew: the pixels of a face or a logo, and nothing else of the file."""

import json
from base64 import b64decode
from pathlib import Path
from subprocess import TimeoutExpired
from typing import NamedTuple

from teams.files.limited import started
from teams.rules.errors import Refused
from teams.rules.people.faces import LARGEST_PICTURE
from teams.rules.sentences import Sentence

PROCESS = str(Path(__file__).with_name("picture_process.py"))
"""A script, not a module: only its own process loads what opens pictures."""
PATIENCE = 30
"""Seconds that somebody waits for it."""
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
NOT_OPENED = Sentence(
    "This picture cannot be read. Open it on your device, save it as JPEG or PNG, and choose that file."
)
NO_PICTURE = Sentence("This is no picture that we can take. Choose a JPEG, a PNG or a WebP.")
WRONG = {
    "huge": Sentence("This picture has too many pixels. Make it smaller, such as 2,000 pixels wide."),
    "tiny": Sentence("This picture is too small: choose one with at least 64 pixels on each side."),
}


class Sizes(NamedTuple):
    """One picture twice."""

    large: bytes
    small: bytes


def face(content: bytes) -> Sizes:
    """A square from the middle of a picture, as WebP. Refused with a sentence where it cannot be made."""
    return _made(content, "face")


def logo(content: bytes) -> Sizes:
    """A whole picture in two sizes, as PNG. Refused with a sentence where it cannot be made."""
    return _made(content, "logo")


def _made(content: bytes, kind: str) -> Sizes:
    _check(content)
    with started(PROCESS, kind) as process:
        try:
            output, _ = process.communicate(content, timeout=PATIENCE)
        except TimeoutExpired:
            raise Refused(NOT_OPENED) from None
        finally:
            process.kill()
    if process.returncode:
        raise Refused(NOT_OPENED)
    pictures = json.loads(output)
    if "wrong" in pictures:
        raise Refused(WRONG[pictures["wrong"]])
    return Sizes(large=b64decode(pictures["large"]), small=b64decode(pictures["small"]))


def _check(content: bytes) -> None:
    """Refused, with a sentence, where a file is too large or of a kind that is not taken."""
    if not content:
        raise Refused(Sentence("The file is empty."))
    if len(content) > LARGEST_PICTURE:
        raise Refused(Sentence("The picture is larger than 10 MB. Make it smaller, such as 2,000 pixels wide."))
    if b"<svg" in content[:1_000].lower():
        raise Refused(Sentence("This is a drawing (SVG). Save it as PNG, and choose that file."))
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        raise Refused(Sentence("This is a HEIC or AVIF picture, which not every browser shows. Save it as JPEG."))
    if not content.startswith(BEGINNINGS):
        raise Refused(NO_PICTURE)
