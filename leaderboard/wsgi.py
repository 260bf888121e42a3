"""The WSGI application that the web server loads."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leaderboard.settings")

django = get_wsgi_application()
application = import_string("leaderboard.unchanged.before")(django)  # it knows tables, which are there only now
