"""Settings for a limit: the site's own, with the address of a constant page beside the site's."""

from leaderboard.settings import *  # noqa: F403

ROOT_URLCONF = "bench.limit_urls"
