"""Collecting static files."""

import gzip
import re
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

ENDING = {"br": ".br", "gzip": ".gz"}


def test_nothing_is_collected_again_while_nothing_changed(settings):
    call_command("collect")
    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    before = manifest.stat().st_mtime_ns
    call_command("collect")

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


def answer_to(client, url):
    with closing(client.get(url, headers={"accept-encoding": "gzip"})) as answer:
        return answer, b"".join(answer)


def test_only_the_script_that_reads_pictures_may_run_webassembly(client, static_files, db):
    scripts = [f"js/picture/{name}.js" for name in ("worker", "reading", "form", "hook")]
    answers = [answer_to(client, staticfiles_storage.url(script))[0] for script in scripts]

    allowed = ["wasm-unsafe-eval" in answer.headers["Content-Security-Policy"] for answer in answers]
    assert allowed == [True, False, False, False]


def test_no_page_may_run_webassembly(client, db):
    assert "wasm" not in client.get("/accounts/login/").headers["Content-Security-Policy"]


def test_what_reads_pictures_is_sent_as_it_lies_packed_in_under_four_and_a_half_megabytes(client, static_files, db):
    files = ["reader/core.js", "reader/core.wasm.gz", "reader/letters.gz"]
    answers = [answer_to(client, staticfiles_storage.url(file)) for file in files]

    assert [answer.headers["Content-Encoding"] for answer, _ in answers] == ["gzip", "gzip", "gzip"]
    assert 1_000_000 < sum(len(sent) for _, sent in answers) < 4_500_000
    assert gzip.decompress(answers[1][1])[:4] == b"\0asm"
