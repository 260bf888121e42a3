"""A notice as a mail, in plain text and in HTML."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string

from teams.words.notices import Notice, letter_title
from teams.words.translation import Words


def plain_letter(template: str, context: dict[str, Any], *, title: str, to: str) -> EmailMessage:
    """A mail in plain text that somebody asked to have sent, with nothing to unsubscribe from."""
    return EmailMessage(" ".join(title.split()), render_to_string(template, context), to=[to])


def letter(
    notices: Sequence[Notice],
    *,
    to: str,
    name: str,
    numbers: Sequence[int],
    unsubscribe_url: str,
    about: Sequence[Words],
) -> EmailMultiAlternatives:
    """A mail that says it is sent by a job and how not to get the next one. `numbers` tell it from every other.

    It holds all notices, and says what they are about.

    The same numbers are the same mail to the reader's mail server, which may show a second copy once.
    """
    title = letter_title(notices)
    about = " · ".join(map(str, about))
    context = {"title": title, "notices": notices, "name": name, "unsubscribe_url": unsubscribe_url, "about": about}
    mail = EmailMultiAlternatives(
        subject=" ".join(title.split()),
        body=render_to_string("emails/notice.txt", context),
        to=[to],
        headers={
            "Message-ID": f"<delivery.{'.'.join(map(str, numbers))}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(render_to_string("emails/notice.html", context), "text/html")
    return mail
