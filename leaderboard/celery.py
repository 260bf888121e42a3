"""The Celery application: `celery -A leaderboard worker`, `celery -A leaderboard beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leaderboard.settings")

app = Celery("leaderboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Celery's Django fix-up reads this name from the app's own configuration, without the namespace. Without it
# every task opens a new database connection.
app.conf.CELERY_DB_REUSE_MAX = 1000
