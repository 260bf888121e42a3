"""The settings as mypy reads them: those of the site, with a key, which it asks for, and no service behind them."""

import os

os.environ |= {"SECRET_KEY": "for mypy"}

from leaderboard.settings import *  # noqa: F403
