"""Static files of the release before and of the next one, while pages of both are open."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from leaderboard.static_releases import share

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def release(tmp_path):
    """Makes a release's collected files: one sheet, named by what is in it."""

    def release(name):
        folder = tmp_path / name
        (folder / "built").mkdir(parents=True)
        (folder / "built" / f"base.{name}.css").write_text(f"/* {name} */")
        (folder / "staticfiles.json").write_text(json.dumps({"paths": {"built/base.css": f"built/base.{name}.css"}}))
        return folder

    return release


@pytest.fixture
def shared(tmp_path, settings):
    folder = tmp_path / "shared"
    folder.mkdir()
    settings.STATIC_RELEASES = str(folder)
    return folder


def sheets(shared):
    return sorted(path.name for path in shared.glob("*/built/*"))


def test_a_sheet_of_another_release_is_served_with_the_headers_of_ones_own(client, db, release, shared):
    share(release("old"), shared, NOON)

    with closing(client.get("/static/built/base.old.css")) as answer:
        assert (answer.status_code, b"".join(answer)) == (200, b"/* old */")
    assert answer.headers["Content-Type"] == 'text/css; charset="utf-8"'
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["built/base.none.css", "built/", "../secret-key", "built/%2e%2e/%2e%2e/secret-key"])
def test_what_no_release_has_is_not_found(client, db, release, shared, path):
    share(release("old"), shared, NOON)
    (shared / "secret-key").write_text("secret")

    assert client.get(f"/static/{path}").status_code == 404


def test_a_release_is_served_for_a_day_after_the_next_one_and_goes_with_a_later_update(release, shared):
    first, second, third = release("first"), release("second"), release("third")
    share(first, shared, NOON)
    share(second, shared, NOON + timedelta(days=40))
    assert sheets(shared) == ["base.first.css", "base.second.css"]

    share(third, shared, NOON + timedelta(days=40, hours=23))
    assert sheets(shared) == ["base.first.css", "base.second.css", "base.third.css"]

    share(third, shared, NOON + timedelta(days=42))
    assert sheets(shared) == ["base.third.css"]


def test_files_that_are_there_are_not_laid_down_again(release, shared):
    first = release("first")
    share(first, shared, NOON)
    share(first, shared, NOON + timedelta(hours=1))

    assert [folder.name for folder in shared.iterdir()] == ["2026-11-30T120000"]
