"""Collecting static files."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from leaderboard.static import collect

ENDING = {"br": ".br", "gzip": ".gz"}


def test_nothing_is_collected_again_while_nothing_changed(settings):
    collect()
    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    before = manifest.stat().st_mtime_ns
    collect()

    assert manifest.stat().st_mtime_ns == before


@pytest.mark.parametrize("accepted", ["br", "gzip"])
def test_a_static_file_is_named_by_what_is_in_it_and_kept_for_ever_compressed(
    client, static_files, settings, accepted, db
):
    url = staticfiles_storage.url("built/challenges.css")

    with closing(client.get(url, headers={"accept-encoding": accepted})) as answer:
        sent = b"".join(answer)

    assert re.fullmatch(r"/static/built/challenges\.[0-9a-f]{12}\.css", url)
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, accepted)
    assert sent == Path(settings.STATIC_ROOT, url.removeprefix("/static/") + ENDING[accepted]).read_bytes()
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_both_kinds_of_compressed_bytes_are_made_when_files_are_collected(settings, static_files):
    collected = {path.name for path in Path(settings.STATIC_ROOT, "built").iterdir()}
    named = {name for name in collected if re.fullmatch(r".+\.[0-9a-f]{12}\.css", name)}
    large = {name for name in named if Path(settings.STATIC_ROOT, "built", name).stat().st_size > 1_000}

    assert large
    assert {name + ending for name in large for ending in (".br", ".gz")} - collected == set()
