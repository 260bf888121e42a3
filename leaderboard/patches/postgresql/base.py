"""The database backend that settings name as `ENGINE`: Django finds the class by the name of this file."""

from select import POLLIN, poll

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, without a question to the server before each request: that was a tenth of a page.

    A server that ends a connection says so, or closes it: then its socket has something to read.
    """

    def is_usable(self) -> bool:
        """Whether the connection lives; after an error, or with something to read, the server is asked."""
        if self.connection is None or self.connection.closed:
            return False
        if self.errors_occurred or self._has_something_to_read():
            return super().is_usable()
        return True

    def _has_something_to_read(self) -> bool:
        waiting = poll()
        waiting.register(self.connection.fileno(), POLLIN)
        return bool(waiting.poll(0))
