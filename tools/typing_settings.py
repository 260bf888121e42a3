"""The settings as mypy reads them: those of the site, with a key, which it asks for, and no service behind them."""

import os

os.environ.setdefault("SECRET_KEY", "mypy")

from leaderboard.settings import *  # noqa: F403
