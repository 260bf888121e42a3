"""Pictures that people upload are made anew, and what is no picture is refused with a sentence."""

import resource
import time

import pytest

from teams.files import pictures
from teams.rules.errors import Refused
from tests.pictures import BLUE, GREEN, HOSTILE, RED, noise, open_picture, photograph, saved, stripes, with_text


def close(colour, other):
    return all(abs(one - two) < 24 for one, two in zip(colour, other, strict=False))


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "CMYK", "1"])
def test_a_face_is_the_square_in_the_middle_in_two_sizes(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    made = pictures.face(saved(stripes(mode=mode), form))

    found = {size: open_picture(content) for size, content in made._asdict().items()}
    assert {size: (one.format, one.size, one.mode) for size, one in found.items()} == {
        "large": ("WEBP", (400, 400), "RGB"),
        "small": ("WEBP", (96, 96), "RGB"),
    }
    if mode in ("RGB", "P", "CMYK"):
        assert all(close(one.getpixel((one.width // 2, one.height // 2)), GREEN) for one in found.values())
        assert close(found["large"].getpixel((5, 200)), GREEN)


def test_a_photograph_is_turned_upright_and_says_nothing_of_its_camera_or_place():
    made = pictures.face(photograph())
    logo = pictures.logo(photograph())

    upright = open_picture(logo.large)
    assert upright.size == (133, 400)
    assert close(upright.getpixel((66, 20)), RED)
    assert close(upright.getpixel((66, 380)), BLUE)
    for content in (*made, *logo):
        assert set(open_picture(content).info) <= {"loop", "background", "timestamp", "duration"}
        assert b"Ada" not in content
        assert b"Exif" not in content


def test_words_in_a_picture_and_files_behind_it_are_left_behind():
    page = b"<script>alert(1)</script>"
    made = [*pictures.face(with_text() + page), *pictures.logo(with_text() + b"PK\x03\x04" + page)]

    assert [content for content in made if b"Ada" in content or b"script" in content or b"PK" in content] == []


def test_what_shines_through_is_white_but_in_a_large_logo():
    glass = stripes(mode="RGBA")
    glass.putalpha(0)

    assert open_picture(pictures.face(saved(glass)).large).getpixel((200, 200)) == (255, 255, 255)
    logo = pictures.logo(saved(glass))
    assert open_picture(logo.large).getpixel((200, 200))[3] == 0
    assert open_picture(logo.small).getpixel((20, 20)) == (255, 255, 255)


def test_a_logo_keeps_its_shape_and_is_never_made_larger():
    small, wide = pictures.logo(saved(stripes(90, 30))), pictures.logo(saved(stripes(4_000, 1_000)))

    assert [open_picture(content).size for content in (*small, *wide)] == [(90, 30), (90, 30), (1200, 300), (384, 96)]


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_no_picture_that_is_stored_is_larger_than_200_kb(mode):
    wild = saved(noise(900, 900, mode))

    assert [len(content) <= 200_000 for content in (*pictures.face(wild), *pictures.logo(wild))] == [True] * 4


@pytest.mark.soak
def test_a_photograph_of_a_hundred_million_pixels_is_taken():
    assert open_picture(pictures.face(saved(stripes(12_000, 9_000), "JPEG", quality=30)).large).size == (400, 400)


@pytest.mark.parametrize("file", HOSTILE)
def test_what_is_no_picture_or_would_break_its_reader_is_refused_with_a_sentence(file):
    began, most = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    content = HOSTILE[file]()
    with pytest.raises(Refused) as refused:
        pictures.face(content)

    assert str(refused.value).endswith(".")
    assert time.monotonic() - began < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most < 300_000
