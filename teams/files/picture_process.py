"""Makes a picture anew, in a process of its own: what comes in may be anything.

The file comes by standard input. Out goes a line of JSON: the pictures in base 64 by their sizes, or what is wrong.
Only pixels go on: no name of a camera, no place, no second file behind the first.
"""

import io
import json
import sys
from base64 import b64encode
from contextlib import suppress
from typing import Any

from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000
"""Of what has to be unpacked whole; a JPEG is unpacked at a fraction of its size, so that it may have four times that.
"""
SMALLEST = 64
"""Pixels of the shorter side of a face, and of the longer side of a logo."""
FACES = {"small": 96, "large": 400}
LOGOS = {"small": (480, 96), "large": (1200, 400)}
"""Boxes into which a logo is put."""
QUALITIES = (82, 70, 55, 40)
"""The first that makes a file that is small enough counts."""
LARGEST = 200_000
"""Bytes of what is stored."""
Image.MAX_IMAGE_PIXELS = None  # looked at before anything is unpacked


def main(kind: str) -> None:
    """Read an image from stdin, write a line of JSON: its pictures by size in base64, or what is `wrong`.

    The kind is "face" or "logo".
    """
    sys.stdout.write(json.dumps(made_of(sys.stdin.buffer.read(), kind)))
    sys.stdout.flush()


def made_of(content: bytes, kind: str) -> dict[str, str]:
    """The pictures by their sizes, or `wrong`: too many pixels, or too few."""
    picture = Image.open(io.BytesIO(content), formats=FORMATS)
    shorter, longer = sorted(picture.size)
    if shorter * longer > MOST_PIXELS * (4 if picture.format == "JPEG" else 1):
        return {"wrong": "huge"}
    if (shorter if kind == "face" else longer) < SMALLEST:
        return {"wrong": "tiny"}
    squares = _faces(picture) if kind == "face" else _logos(picture)
    return {size: b64encode(file).decode() for size, file in squares.items()}


def _faces(picture: Image.Image) -> dict[str, bytes]:
    """Squares from the middle, without what shines through."""
    most = 2 * FACES["large"]
    picture.draft("RGB", (most, most))
    (width, height), side = picture.size, min(picture.size)
    left, top = (width - side) // 2, (height - side) // 2
    middle = picture.crop((left, top, left + side, top + side))
    middle.thumbnail((most, most))
    opaque = _flat(_upright(middle))
    squares = {size: ImageOps.fit(opaque, (side, side), Image.Resampling.LANCZOS) for size, side in FACES.items()}
    return {size: _small_enough(square) for size, square in squares.items()}


def _logos(picture: Image.Image) -> dict[str, bytes]:
    """As it is, in as many colours as make it small enough; the small one on white, for what is dark by night."""
    width, height = LOGOS["large"]
    picture.thumbnail((2 * width, 2 * height))
    upright = _upright(picture).convert("RGBA")
    return {
        "large": _as_png(upright, LOGOS["large"]),
        "small": _as_png(_flat(upright), LOGOS["small"]),
    }


def _upright(picture: Image.Image) -> Image.Image:
    """As it was meant to be seen: turned as the camera says, in the colours of screens."""
    profile = picture.info.get("icc_profile")
    turned = ImageOps.exif_transpose(picture)
    if turned.mode.startswith("I"):
        turned = turned.point(lambda grey: grey / 256).convert("L")
    if profile and turned.mode in ("RGB", "RGBA"):
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            meant: Any = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(turned, meant, ImageCms.createProfile("sRGB")) or turned
    return turned


def _flat(picture: Image.Image) -> Image.Image:
    """On white."""
    shining = picture.convert("RGBA")
    ground = Image.new("RGB", shining.size, "white")
    ground.paste(shining, mask=shining.getchannel("A"))
    return ground


def _small_enough(square: Image.Image) -> bytes:
    files = (_saved(square, "WEBP", quality=quality, method=6) for quality in QUALITIES)
    return next(file for file in files if len(file) <= LARGEST)


def _as_png(logo: Image.Image, box: tuple[int, int]) -> bytes:
    """In a box, never larger than it was sent; in ever fewer colours, or smaller, until it is small enough."""
    fitted = logo.copy()
    fitted.thumbnail(box, Image.Resampling.LANCZOS)
    if len(file := _saved(fitted, "PNG", optimize=True)) <= LARGEST:
        return file
    few = _saved(fitted.quantize(256, Image.Quantize.FASTOCTREE), "PNG", optimize=True)
    return few if len(few) <= LARGEST else _as_png(logo, (box[0] // 2, box[1] // 2))


def _saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    """A file of the pixels alone."""
    pixels = Image.new(picture.mode, picture.size)
    pixels.paste(picture)
    if palette := picture.getpalette("RGBA") if picture.mode == "P" else None:
        pixels.putpalette(palette, "RGBA")
    file = io.BytesIO()
    pixels.save(file, form, **options)
    return file.getvalue()


if __name__ == "__main__":
    main(sys.argv[1])
