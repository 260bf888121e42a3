"""How the site runs. What it is about lives in `teams`."""

from leaderboard.celery import app as celery_app

__all__ = ["celery_app"]
