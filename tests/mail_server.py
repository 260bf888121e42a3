"""A real mail server that does as a test tells it."""

import asyncio
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class MailServer:
    """What `answers` says at each stage ("RCPT", "DATA"): a reply, "drop" or "hang"; else it takes every mail.

    `mails` is what it has read in full, whether or not it could say so; it thinks for `pause()` seconds before it
    has a mail, and again before it says so.
    """

    def __init__(self, port):
        self.port, self.answers, self.mails, self.pause = port, {}, [], lambda: 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = self.answers.get("RCPT")
        if reply is None:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.answers.get("DATA", "250 OK")
        if answer[:1] in "45":
            return answer
        await asyncio.sleep(self.pause())
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        await asyncio.sleep(self.pause())
        if answer == "hang":
            await asyncio.sleep(20)
        if answer == "drop":
            server.transport.abort()
        return answer if answer[:1] == "2" else "250 OK"

    def to(self, address):
        return [mail for mail in self.mails if mail["To"] == address]


class Quiet(SMTP):
    """Does not look up its own name."""

    def __init__(self, handler, **options):
        super().__init__(handler, hostname="mail.example.org", ident="test", **options)


@contextmanager
def mail_server(port):
    """Listens on this machine's port while the block runs."""
    server = MailServer(port)
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.factory = lambda: Quiet(server, loop=controller.loop)
    controller.start()
    try:
        yield server
    finally:
        controller.stop(no_assert=True)
