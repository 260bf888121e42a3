"""Django's way to a mail server, within one deadline: each connection is known from its first moment."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp

from teams.network.deadline import note_connection


class _Known(smtplib.SMTP):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        note_connection(lambda: self.sock)
        super().__init__(*arguments, **options)


class _KnownOverTls(smtplib.SMTP_SSL):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        note_connection(lambda: self.sock)
        super().__init__(*arguments, **options)


class EmailBackend(smtp.EmailBackend):
    """As Django's own."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The connection to the mail server, over TLS from the first byte where the settings say so."""
        return _KnownOverTls if self.use_ssl else _Known
