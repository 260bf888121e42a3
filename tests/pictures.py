"""Pictures as people send them, and as nobody should."""

import io
import struct
import zlib
from random import Random

from PIL import Image, ImageCms, PngImagePlugin

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (30, 60, 200)


def saved(picture, form="PNG", **options):
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def stripes(width=900, height=300, mode="RGB"):
    """Red, green and blue from left to right."""
    picture = Image.new("RGB", (width, height), GREEN)
    picture.paste(RED, (0, 0, width // 3, height))
    picture.paste(BLUE, (2 * width // 3, 0, width, height))
    return picture.convert(mode)


def noise(width, height, mode="RGB"):
    """What no file makes smaller."""
    size = width * height * len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, (width, height), Random(1).randbytes(size))


def photograph():
    """As a phone makes one: lying on its side, with where it was made, in colours of its own."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera of Ada"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(stripes(), "JPEG", exif=exif, icc_profile=profile, comment=b"a comment of Ada")


def with_text():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Ada")
    return saved(stripes(), "PNG", pnginfo=words)


def png(width, height, rows):
    """A PNG that says these measures, whatever its rows are."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def text_bomb():
    """A PNG whose text unpacks to a hundred megabytes."""
    body = b"Comment\0\0" + zlib.compress(b"a" * 100_000_000, 9)
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    whole = saved(stripes())
    return whole[:33] + chunk + whole[33:]


HOSTILE = {
    "a bomb of pixels": lambda: png(60_000, 60_000, b"\0" * 10_000_000),
    "measures beyond all": lambda: png(2**31 - 1, 2**31 - 1, b""),
    "no width": lambda: png(0, 300, b""),
    "rows that are none": lambda: png(3_000, 3_000, b"\xff" * 3_001),
    "a bomb of text": text_bomb,
    "a JPEG that is cut off": lambda: saved(noise(300, 300), "JPEG")[:-2_000],
    "a PNG that is cut off": lambda: saved(noise(300, 300))[:-2_000],
    "a WebP that is cut off": lambda: saved(noise(300, 300), "WEBP")[:-2_000],
    "cut off after its head": lambda: saved(stripes())[:40],
    "a gif": lambda: saved(stripes(), "GIF"),
    "a tiff": lambda: saved(stripes(), "TIFF"),
    "a postscript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 900 300\n(x) run\n",
    "a drawing": lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "a page": lambda: b"<!doctype html><script>alert(1)</script>",
    "a heic": lambda: b"\0\0\0\x18ftypheic" + b"\0" * 500,
    "a sound": lambda: b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 500,
    "a beginning": lambda: b"\xff\xd8\xff\xe0",
    "noise": lambda: b"\x89PNG\r\n\x1a\n" + Random(1).randbytes(50_000),
    "nothing": lambda: b"",
    "too many bytes": lambda: saved(stripes()) + b"\0" * (10 << 20),
    "too many pixels": lambda: saved(Image.new("1", (9_000, 9_000))),
    "too few pixels": lambda: saved(stripes(63, 63)),
}
"""Files that are refused, by what they are."""


def open_picture(content):
    return Image.open(io.BytesIO(content))
