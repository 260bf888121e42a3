"""Collecting static files."""

from pathlib import Path

from leaderboard.static import collect


def test_nothing_is_collected_again_while_nothing_changed(settings):
    collect()
    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    before = manifest.stat().st_mtime_ns
    collect()

    assert manifest.stat().st_mtime_ns == before
