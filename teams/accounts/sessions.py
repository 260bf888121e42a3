"""Sessions in the database, each with an end: after a while without use, and some time after its sign-in."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.utils import timezone

from teams.queries.prepared_sql import named_rows

BEGAN, SEEN = "began", "seen"
NOTED_EVERY = 600
"""Seconds between two notes that a session was used: looking at pages seldom writes."""


STORED = """
SELECT session_key, session_data, expire_date
FROM django_session
WHERE session_key = %(key)s AND expire_date > %(now)s
"""


class SessionStore(db.SessionStore):
    """Django's own, which also dies `SESSION_LIVES` after the sign-in. Its idle time is `SESSION_COOKIE_AGE`."""

    def load(self) -> dict[str, Any]:
        """What is in the session; nothing where it has ended."""
        data, now = super().load(), int(time.time())
        if SESSION_KEY not in data:
            return data
        if now - data.get(BEGAN, now) >= settings.SESSION_LIVES:
            self.delete(self.session_key)
            self._session_key = None
            return {}
        if now - data.get(SEEN, 0) >= NOTED_EVERY:  # storing it begins the idle time anew
            data |= {BEGAN: data.get(BEGAN, now), SEEN: now}
            self.modified = True
        return data

    def _get_session_from_db(self) -> Session | None:
        """Its row, by a statement that is planned once: every page asks for it."""
        sessions = named_rows(Session, STORED, key=self.session_key, now=timezone.now())
        if not sessions:
            self._session_key = None
            return None
        return sessions[0]

    def save(self, must_create: bool = False) -> None:
        """Stored; a database that fails is no session that somebody ended, for which Django takes it."""
        try:
            super().save(must_create)
        except UpdateError as ended:
            failed = ended.__context__
            if failed is None or type(failed) is DatabaseError:  # no row was there to be updated
                raise
            raise failed from failed.__cause__

    def cycle_key(self) -> None:
        """A new id, as every sign-in gives one; the session's life begins."""
        super().cycle_key()
        self[BEGAN] = self[SEEN] = int(time.time())
