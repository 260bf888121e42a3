"""A certificate as a picture to share: a PNG of a landscape sheet, in our typeface."""

import io
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

FONTS = Path(__file__).resolve().parents[2] / "static" / "font"
FACES = ("inter.woff2", "inter-names.woff2", "inter-rare.woff2", "inter-tones.woff2")
WIDTH, HEIGHT, MARGIN = 1600, 1131, 130
PAPER, INK, MUTED, ACCENT, EDGE = "#ffffff", "#111613", "#58625c", "#006c4a", "#7d8781"
NORMAL, BOLD = 400, 700
LOGO_HEIGHT = 72
NOBODY = "\uffff"
"""No letter: a font draws its empty box for it."""


class Words(NamedTuple):
    """What stands on a certificate, in its reader's language."""

    organization: str
    about: str
    what: str
    name: str
    line: str
    day: str
    day_label: str
    signature_label: str


def may_be_drawn(words: Words) -> bool:
    """Whether our typeface has each letter; where it has not, a browser's print shows what the system has."""
    return all(_face_of(letter) is not None for text in words for letter in text)


def drawn(words: Words, logo: bytes | None = None) -> bytes:
    """The PNG. Pillow is opened only now: it takes 10 MB of a process, and few ask for it."""
    image = import_module("PIL.Image")
    sheet = image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = import_module("PIL.ImageDraw").Draw(sheet)
    pen.rounded_rectangle((48, 48, WIDTH - 48, HEIGHT - 48), radius=14, outline=EDGE, width=2)
    right, foot = WIDTH - MARGIN, HEIGHT - MARGIN
    if logo:
        picture = image.open(io.BytesIO(logo)).convert("RGBA")
        picture.thumbnail((WIDTH // 2, LOGO_HEIGHT))
        sheet.paste(picture, (MARGIN, MARGIN), picture)
    else:
        _write(pen, (MARGIN, MARGIN + 40), words.organization, 34, BOLD, INK)
    _write(pen, (right - _length(words.about, 26, NORMAL), MARGIN + 40), words.about, 26, NORMAL, MUTED)
    _write(pen, (MARGIN, 490), words.what, 34, BOLD, ACCENT)
    _write(pen, (MARGIN, 620), words.name, _fitting(words.name, 120, BOLD), BOLD, INK)
    _write(pen, (MARGIN, 710), words.line, _fitting(words.line, 44, NORMAL), NORMAL, INK)
    _write(pen, (MARGIN, foot - 50), words.day, 28, NORMAL, INK)
    for left, label in ((MARGIN, words.day_label), (right - 420, words.signature_label)):
        pen.line((left, foot - 34, left + 420, foot - 34), fill=EDGE, width=2)
        _write(pen, (left, foot), label, 22, NORMAL, MUTED)
    picture_file = io.BytesIO()
    sheet.save(picture_file, "PNG", optimize=True)
    return picture_file.getvalue()


def _write(pen: Any, start: tuple[float, float], text: str, size: int, weight: int, colour: str) -> None:
    """The text from a point of its base line on, each letter in the file of our typeface that has it."""
    x, y = start
    for face, piece in _runs(text):
        font = _font(face, size, weight)
        pen.text((x, y), piece, font=font, fill=colour, anchor="ls")
        x += font.getlength(piece)


def _length(text: str, size: int, weight: int) -> float:
    return sum(_font(face, size, weight).getlength(piece) for face, piece in _runs(text))


def _fitting(text: str, size: int, weight: int) -> int:
    """The size, or the one at which the text is as wide as the sheet has room."""
    return min(size, int(size * (WIDTH - 2 * MARGIN) / max(_length(text, size, weight), 1)))


def _runs(text: str) -> list[tuple[str, str]]:
    """The text in pieces that one font file draws each."""
    runs: list[tuple[str, str]] = []
    for letter in text:
        face = _face_of(letter) or FACES[0]
        if runs and runs[-1][0] == face:
            runs[-1] = (face, runs[-1][1] + letter)
        else:
            runs.append((face, letter))
    return runs


@lru_cache(maxsize=1_000)
def _face_of(letter: str) -> str | None:
    """The first font file that has the letter; None where none has."""
    return next((face for face in FACES if letter.isspace() or _has(face, letter)), None)


def _has(face: str, letter: str) -> bool:
    font = _font(face, 40, NORMAL)
    return bytes(font.getmask(letter)) != bytes(font.getmask(NOBODY))


@lru_cache(maxsize=50)
def _font(face: str, size: int, weight: int) -> Any:
    font = import_module("PIL.ImageFont").truetype(str(FONTS / face), size)
    font.set_variation_by_axes([weight])
    return font
