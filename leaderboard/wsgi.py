"""The WSGI application that the web server loads."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from psycopg import Connection

import leaderboard.celery  # noqa: F401  so that tasks know their broker
from leaderboard.patches.database_timeout import within
from leaderboard.unchanged import answer_before

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leaderboard.settings")

django = get_wsgi_application()
newest = import_module("teams.live.newest")  # it knows tables, which are there only now
application = answer_before(django, newest.newest_board, newest.newest_wall)
import_module("leaderboard.urls")  # now, and not while the first page is waited for
Connection.wait = within(settings.DATABASE_PATIENCE, Connection.wait)  # type: ignore[method-assign]  # it is a patch
gc.freeze()  # all of this stays: looking through it for garbage took a twentieth of each request, 90 ms at a time
