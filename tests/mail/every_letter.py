"""One letter of every kind: for judges of HTML, and for pictures."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from teams.actions.messages import account_mails
from teams.mail.letters import letter, login_letter
from teams.models import Invitation, Member, Organization, Topic, User
from teams.rules.challenges.terms import ChallengeKind, StakeKind, Terms
from teams.rules.messages.delivery import DeliveryState
from teams.rules.months import Month
from teams.words import notices
from teams.words.challenges import read_back
from teams.words.notices import Link, MonthSoFar, Notice, Silent
from teams.words.webhooks import webhook_off

TEMPLATES = Path(__file__).parents[2] / "templates"
URL = "https://leaderboard.example/submit/link/7Zc0qkqVY5hQ2b9Jw3mD1xTn8sLr4pGf6uEaKoHiBvM/"
ADA = Member(name="Ada Lovelace", organization=Organization(name="Nordwind"), user=User(email="ada@example.org"))
MONTH, FIRST, LAST = Month(2026, 11), date(2026, 11, 2), date(2026, 11, 30)
RISE = "“+5 by month end”"
TERMS = Terms(ChallengeKind.GAIN, FIRST, LAST, points=Decimal(5), stake=StakeKind.ON_ME)
SILENT = [
    Silent("Ben Okri", DeliveryState.SENT),
    Silent("Grace Hopper", DeliveryState.WAITING),
    Silent("Jean d'Alembert & Söhne <Vertrieb>", DeliveryState.FAILED, "550 no such user"),
]
PODIUM = [(1, "Ada Lovelace", 78), (2, "Ben Okri", 71), (2, "Grace Hopper", 71)]
INVITATION = "emails/invitation"
BUTTONS = {
    account_mails.RESET: "Choose a new password",
    account_mails.CONFIRM: "Confirm this address",
    INVITATION: "Choose a password",
}


def every_notice() -> dict[tuple[Topic, str], Notice]:
    """What mails hold, in the language of the moment: each by its topic and its name."""
    rules = read_back(TERMS, maker="Grace Hopper", invited=["Ada Lovelace", "Ben Okri"], stake="Lunch")
    way = [notices.goal_way(("58", FIRST), ("65", LAST)), notices.goal_maker("Grace Hopper", FIRST)]
    needed, moved = Decimal("2.5"), ("Ben Okri", ("58", "61"), URL)
    return {
        (Topic.REMINDERS, "reminder"): notices.reminder(MONTH, 3, URL),
        (Topic.REMINDERS, "reminder-last-day"): notices.reminder(MONTH, 1, URL),
        (Topic.REMINDERS, "reminder-late"): notices.reminder(MONTH, 0, URL),
        (Topic.REMINDERS, "read-again"): notices.read_again(MONTH, FIRST, URL),
        (Topic.DIGESTS, "digest"): notices.digest("Mid-Market", MONTH, SILENT, 14, URL),
        (Topic.WEEKLY, "weekly"): notices.weekly(
            "Mid-Market",
            [MonthSoFar(MONTH - 1, 13, 14, ["Ben Okri"]), MonthSoFar(MONTH, 8, 14, ["Ben Okri", "Grace Hopper"], 4)],
            [("Ada Lovelace", 6), ("Ben Okri", -4)],
            [(RISE, LAST)],
            URL,
            to_confirm=3,
        ),
        (Topic.WEBHOOKS, "webhook-off"): webhook_off("https://hooks.example/…k123", URL),
        (Topic.RESULTS, "month-result"): notices.month_result("Mid-Market", MONTH, PODIUM, 11, 14, URL),
        (Topic.RESULTS, "month-result-without-places"): notices.month_result("Mid-Market", MONTH, [], 11, 14, URL),
        (Topic.RESULTS, "goal-reached"): notices.goal_reached("Mid-Market", "65", way, URL),
        (Topic.RESULTS, "own-goal-reached"): notices.goal_reached(None, "65", way[:1], URL),
        (Topic.RESULTS, "best-month"): notices.best_month("Ada Lovelace", MONTH, 4, URL),
        (Topic.RESULTS, "shared-goal-reached"): notices.own_goal_reached("Ada Lovelace", "A long weekend", URL),
        (Topic.RESULTS, "challenge-made"): notices.challenge_made("Ada Lovelace", RISE, "Lunch", URL),
        (Topic.CHALLENGES, "asked"): notices.invitation("Grace Hopper", RISE, rules, URL),
        (Topic.CHALLENGES, "half-time"): notices.half_time(RISE, needed, 14, URL),
        (Topic.CHALLENGES, "last-days"): notices.last_days(RISE, None, 1, URL),
        (Topic.CHALLENGES, "challenge-result"): notices.challenge_result(RISE, rules[0], rules[1:2], rules[2], URL),
        (Topic.CHALLENGES, "start-corrected"): notices.start_corrected(RISE, *moved),
        (Topic.CHALLENGES, "start-withdrawn"): notices.start_corrected(RISE, *moved, withdrawn=True),
        (Topic.CHALLENGES, "series-end"): notices.series_end(RISE, "Grace Hopper", URL),
        (Topic.CHALLENGES, "to-confirm"): notices.to_confirm(RISE, ["Ada", "Ben"], LAST, URL, decides=False),
        (Topic.CHALLENGES, "to-decide"): notices.to_confirm(RISE, ["Ada", "Ben"], LAST, URL, decides=True),
        (Topic.CHALLENGES, "not-played"): notices.challenge_void(RISE, "too_few", None, URL),
    }


def every_login_template() -> list[str]:
    """What the templates of mails about a login are called, without `_message.txt` and `_subject.txt`."""
    files = [file for app in ("account", "mfa") for file in sorted((TEMPLATES / app / "email").glob("*_subject.txt"))]
    return [str(file.relative_to(TEMPLATES)).removesuffix("_subject.txt") for file in files]


def every_letter(language: str) -> Iterator[tuple[str, EmailMultiAlternatives]]:
    """Each by its name, in a language."""
    with override(language):
        held = every_notice()
        for (topic, name), notice in held.items():
            yield name, _about([topic], [notice])
        yield "several", _about(list(Topic), list(held.values())[-3:])
        for template in every_login_template():
            title = render_to_string(f"{template}_subject.txt")
            yield template.split("/")[-1].replace("_", "-"), _about_login(template, title)
        title = _("%(invited_by)s invites you to %(organization)s")
        yield "invitation", _about_login(INVITATION, title % {"invited_by": "Grace Hopper", "organization": "Nordwind"})


def html(mail: EmailMultiAlternatives) -> str:
    """What a mail program shows of it."""
    [(content, kind)] = mail.alternatives
    assert kind == "text/html"
    return str(content)


def for_browsers(mail: EmailMultiAlternatives) -> str:
    """As mail programs show it, which put a dark ground under it by night; browsers do so for who asks."""
    return html(mail).replace("<title>", '<meta name="color-scheme" content="light dark"><title>')


def _about(topics: list[Topic], held: list[Notice]) -> EmailMultiAlternatives:
    return letter(held, ADA, numbers=[1], unsubscribe_url=URL, about=[topic.label for topic in topics])


def _about_login(template: str, title: str) -> EmailMultiAlternatives:
    moment = datetime(2026, 11, 30, 9, tzinfo=UTC)
    context = {
        "email": "ada@example.org",
        "url": URL,
        "timestamp": date_format(moment, "DATETIME_FORMAT"),
        "ip": "192.0.2.7",
        "user_agent": "Mozilla/5.0 (X11; Linux)",
        "invitation": Invitation(member=ADA, invited_by=Member(name="Grace Hopper")),
        "until": date_format(moment, "DATETIME_FORMAT"),
    }
    file = f"{template}.txt" if template == INVITATION else f"{template}_message.txt"
    button = Link(_(BUTTONS[template]), URL) if template in BUTTONS else None
    return login_letter(file, context, title=title, to="ada@example.org", organization="Nordwind", link=button)
