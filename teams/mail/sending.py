"""Handing a mail to the mail server, and what became of it."""

import smtplib
from contextlib import suppress

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from teams.network.deadline import TooLong, note_beginning, within_deadline
from teams.rules.messages.delivery import Answer, Reason, Verdict, smtp_verdict


def hand_over(mail: EmailMessage) -> Answer:
    """What the mail server said within the deadline."""
    try:
        return within_deadline(lambda: _handed_over(mail))
    except TooLong as silent:
        verdict = Verdict.UNKNOWN if silent.had_begun else Verdict.LATER
        return Answer(verdict, Reason.MAIL_SERVER_SILENT, str(silent))


def _handed_over(mail: EmailMessage) -> Answer:
    """What the mail server said. Whatever breaks once it had the sender's name leaves the mail in doubt."""
    connection = get_connection()
    try:
        mail.message()
        connection.open()
        note_beginning()
    except ValueError as wrong:
        return Answer(Verdict.NEVER, Reason.UNWRITABLE, str(wrong))
    except (OSError, smtplib.SMTPException) as refused:
        return Answer(Verdict.LATER, Reason.MAIL_SERVER_UNREACHABLE, _said(refused))
    try:
        return _handed(connection.send_messages([mail]))
    except ValueError as wrong:
        return Answer(Verdict.NEVER, Reason.UNADDRESSABLE, str(wrong))
    except smtplib.SMTPRecipientsRefused as refused:
        code, answer = next(iter(refused.recipients.values()))
        return _refused(code, answer)
    except smtplib.SMTPResponseException as refused:
        return _refused(refused.smtp_code, refused.smtp_error)
    except (OSError, smtplib.SMTPException) as broken:
        return Answer(Verdict.UNKNOWN, Reason.MAIL_SERVER_STOPPED, _said(broken))
    finally:
        _close(connection)


def _handed(count: int | None) -> Answer:
    if count:
        return Answer(Verdict.TAKEN)
    return Answer(Verdict.NEVER, Reason.NOBODY)


def _close(connection: BaseEmailBackend) -> None:
    """The mail is gone by now: a server that does not say goodbye changes nothing."""
    with suppress(OSError, smtplib.SMTPException):
        connection.close()


def _refused(code: int, answer: bytes | str) -> Answer:
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return Answer(smtp_verdict(code), Reason.MAIL_SERVER_SAID, f"{code} {words}")


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
