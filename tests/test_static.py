"""Static files: what node_modules lends, and collecting them."""

from pathlib import Path

import pytest
from django.core.management.base import CommandError

from leaderboard.static import FILES, NodeFinder, collect


def test_only_named_files_of_node_modules_are_found():
    finder = NodeFinder()

    assert Path(finder.find("vendor/pico.css")).parts[-3:] == ("pico", "css", "pico.min.css")
    assert finder.find("@picocss/pico/css/pico.min.css") == ""
    assert finder.find("vendor/pico.css", find_all=True) == [finder.find("vendor/pico.css")]
    assert [path for path, _ in finder.list([])] == list(FILES)


def test_a_missing_package_is_said_in_a_sentence(settings, tmp_path):
    settings.BASE_DIR = tmp_path

    with pytest.raises(CommandError, match=r"^node_modules/.* is missing: run `make node_modules` first\.$"):
        list(NodeFinder().list([]))


def test_nothing_is_collected_again_while_nothing_changed(settings):
    collect()
    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    before = manifest.stat().st_mtime_ns
    collect()

    assert manifest.stat().st_mtime_ns == before
