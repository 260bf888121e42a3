"""A notice or a mail about a login as a letter, in plain text and in HTML.

Word draws mails in Outlook on Windows, and Gmail on a phone's web reads no style sheet. So the HTML is tables whose
styles are inlined, in a frame that all share: `templates/emails/layout.html`.
"""

import re
from collections.abc import Sequence
from email.mime.image import MIMEImage
from typing import Any
from urllib.parse import urlsplit

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from teams.models import Member, Organization
from teams.queries.people.logos import logo_of
from teams.words.notices import Link, Notice, letter_title
from teams.words.translation import Words

INLINER = CSSInliner(load_remote_stylesheets=False)
OPTIONAL = re.compile("</?t?body>")


def login_letter(
    template: str, context: dict[str, Any], *, title: str, to: str, organization: object = "", link: Link | None = None
) -> EmailMultiAlternatives:
    """A mail that somebody asked to have sent, with nothing to unsubscribe from.

    The template is its plain text. The HTML has the same paragraphs; where one is the link's address it has a button.
    """
    words = render_to_string(template, context).strip()
    logo = logo_of(organization) if isinstance(organization, Organization) else None
    frame = {"title": title, "organization": organization, "logo": logo}
    frame |= {"paragraphs": words.split("\n\n"), "link": link}
    mail = EmailMultiAlternatives(" ".join(title.split()), f"{words}\n\nLeaderboard\n", to=[to])
    return _with_html(mail, "emails/login.html", frame)


def letter(
    notices: Sequence[Notice],
    reader: Member,
    *,
    numbers: Sequence[int],
    unsubscribe_url: str,
    about: Sequence[Words],
) -> EmailMultiAlternatives:
    """A mail that says it is sent by a job and how not to get the next one. `numbers` tell it from every other.

    It holds all notices, and says what they are about.

    The same numbers are the same mail to the reader's mail server, which may show a second copy once.
    """
    title = letter_title(notices)
    context = {
        "title": title,
        "organization": reader.organization,
        "logo": logo_of(reader.organization),
        "name": reader.name,
        "notices": notices,
        "about": " · ".join(map(str, about)),
        "unsubscribe_url": unsubscribe_url,
    }
    mail = EmailMultiAlternatives(
        subject=" ".join(title.split()),
        body=render_to_string("emails/notice.txt", context),
        to=[reader.user.email if reader.user else ""],
        headers={
            "Message-ID": f"<delivery.{'.'.join(map(str, numbers))}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    return _with_html(mail, "emails/notice.html", context)


def _with_html(mail: EmailMultiAlternatives, template: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """The mail with its HTML, and the logo that this shows."""
    mail.attach_alternative(_html(template, context), "text/html")
    if context["logo"]:
        picture = MIMEImage(context["logo"].content, "png")
        picture.add_header("Content-ID", "<logo>")
        picture.add_header("Content-Disposition", "inline", filename="logo.png")
        mail.mixed_subtype = "related"
        mail.attach(picture)
    return mail


def _html(template: str, context: dict[str, Any]) -> str:
    """The template with its style sheet inlined, and without tags that may be left out: some Outlook lacks <body>."""
    return OPTIONAL.sub("", INLINER.inline(render_to_string(template, context)))
