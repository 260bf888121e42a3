"""The links in mails: the form for one month, and taking oneself off a topic."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from teams.actions.audit import record
from teams.actions.submissions import closed_months
from teams.models import Act, Member, SubmissionLink, Topic, UnsubscribeLink, Unsubscription
from teams.models.tokens import hashed, new_token
from teams.rules.months import Month


class Unsubscriber(NamedTuple):
    """Whom an unsubscribe link belongs to, and what it is about."""

    member: Member
    topics: list[Topic]


def make_submission_link(member: Member, month: Month) -> str:
    """The token of a new link to the form of a month."""
    token = new_token()
    SubmissionLink.objects.create(member=member, month=month, token_hash=hashed(token))
    return token


def open_submission_link(token: str, now: datetime) -> SubmissionLink | None:
    """The link with this token while its month takes submissions; else None, whatever the reason."""
    links = SubmissionLink.objects.holding(token).select_related("member__organization")
    link = links.first()
    return link if link and is_open(link.member, link.month, now) else None


@transaction.atomic
def end_submission_links(member: Member) -> None:
    """Every link to a form that the member was mailed is dead; the next reminder brings a new one.

    Those to unsubscribe go on working: they only ever take a mail away, and their member takes that back.
    """
    SubmissionLink.objects.filter(member=member).delete()
    record(Act.LINKS_ENDED, by=member)


def is_open(member: Member, month: Month, now: datetime) -> bool:
    """Whether a month still takes the member's submissions."""
    ends = member.organization.closes(month)
    return now < ends and not closed_months(member, [month], now)


def make_unsubscribe_link(member: Member, topic: Topic, *more: Topic) -> str:
    """The token of a new link that takes one person off what a mail is about, and never expires."""
    token = new_token()
    UnsubscribeLink.objects.create(member=member, topic=topic, more_topics=[*more] or None, token_hash=hashed(token))
    return token


def unsubscriber(token: str) -> Unsubscriber | None:
    """Whom the token takes off what; None where it was not made here, or the member is deactivated or erased."""
    link = UnsubscribeLink.objects.holding(token).select_related("member__organization").first()
    return Unsubscriber(link.member, link.topics) if link else None


def unsubscribe(member: Member, *topics: Topic) -> None:
    """No more mails about the topics. Twice is once."""
    for topic in topics:
        Unsubscription.objects.get_or_create(member=member, topic=topic)


@transaction.atomic
def choose_topics(member: Member, wanted: Iterable[str]) -> None:
    """What the member wants to get by mail; the only way back after unsubscribing. The week comes only if asked for."""
    wanted, had_weekly = set(wanted), member.wants_weekly
    member.wants_weekly = Topic.WEEKLY in wanted
    member.save(update_fields=["wants_weekly"])
    Unsubscription.objects.filter(member=member, topic__in=wanted).delete()
    offered = [topic for topic in Topic if topic != Topic.WEEKLY or had_weekly]
    unsubscribe(member, *(topic for topic in offered if topic not in wanted))
    record(Act.OWN_SETTINGS, by=member)
