"""Settings for a limit: the site's own, with the addresses of LIMIT beside the site's."""

import os

from leaderboard.settings import *  # noqa: F403

ROOT_URLCONF = os.environ["LIMIT"]
