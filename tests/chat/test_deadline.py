"""Whatever goes out is over within one deadline, however slowly the other side talks, and then it is hung up."""

import time

import pytest
from django.core.mail import EmailMessage

from teams.chat.posting import post
from teams.mail.sending import hand_over
from teams.network import deadline
from teams.rules.messages.delivery import Verdict
from tests.dripping import dripping

TOLD = b"\r\n\r\n"
"""What ends a request's headers."""
POSTS = {
    "headers": ({"begins": b"HTTP/1.1 200 OK\r\nX-Slow: ", "hears": TOLD}, "http", Verdict.UNKNOWN),
    "a header after another": ({"begins": b"HTTP/1.1 200 OK\r\n", "hears": TOLD}, "http", Verdict.UNKNOWN),
    "a body": ({"begins": b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", "hears": TOLD}, "http", Verdict.UNKNOWN),
    "nothing": ({"every": 0.1, "hears": b"never"}, "http", Verdict.UNKNOWN),
    "a handshake": ({"begins": b"\x16\x03\x03\x3f\xff", "hears": b"\x16"}, "https", Verdict.LATER),
}
MAILS = {
    "a greeting": ({}, Verdict.LATER),
    "lines of a greeting": ({"begins": b"220-a\r\n"}, Verdict.LATER),
    "what it can do": ({"begins": b"220 hello\r\n250-a\r\n"}, Verdict.UNKNOWN),
    "whether it takes the sender": ({"begins": b"220 hello\r\n250 hello\r\n250-"}, Verdict.UNKNOWN),
}


@pytest.fixture(params=[0.6, pytest.param(8, marks=pytest.mark.soak)])
def seconds(request, monkeypatch):
    """The deadline; the soak has the real one."""
    monkeypatch.setattr(deadline, "SECONDS", request.param)
    return request.param


def every(seconds):
    """Seconds between two bytes: half of the time-out of one step, as far as the tests have the time."""
    return min(4, seconds / 5)


@pytest.mark.parametrize("what", POSTS)
def test_a_chat_that_drips_is_hung_up(seconds, settings, what):
    settings.ALLOW_PRIVATE_WEBHOOKS = True
    how, scheme, verdict = POSTS[what]

    with dripping(**{"every": every(seconds)} | how) as chat:
        began = time.monotonic()
        answer = post(f"{scheme}://127.0.0.1:{chat.port}/services/T0", {"text": "x" * 100_000})
        took = time.monotonic() - began

        assert chat.ended.wait(3 + every(seconds))

    assert answer.verdict == verdict
    assert took < seconds + 0.4


@pytest.mark.parametrize("what", MAILS)
def test_a_mail_server_that_drips_is_hung_up(seconds, settings, what):
    how, verdict = MAILS[what]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "teams.mail.smtp.EmailBackend", "127.0.0.1"

    with dripping(every=every(seconds), **how) as server:
        settings.EMAIL_PORT = server.port
        began = time.monotonic()
        answer = hand_over(EmailMessage("Hello", "Ada", to=["ada@example.org"]))
        took = time.monotonic() - began

        assert server.ended.wait(3 + every(seconds))

    assert answer.verdict == verdict
    assert took < seconds + 0.4


def test_a_connection_that_comes_after_the_deadline_is_hung_up_at_once(monkeypatch):
    monkeypatch.setattr(deadline, "SECONDS", 0.1)
    hung_up = []

    class Socket:
        def shutdown(self, how):
            hung_up.append(how)

    def talk():
        time.sleep(0.3)
        deadline.note_connection(Socket)

    with pytest.raises(deadline.TooLong):
        deadline.within_deadline(talk)
    time.sleep(0.5)

    assert len(hung_up) == 1


def test_what_a_conversation_raises_or_gives_comes_out_of_it():
    assert deadline.within_deadline(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        deadline.within_deadline(lambda: 1 / 0)
