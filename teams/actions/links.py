"""The links in mails: the form for one month, and taking oneself off a topic."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.core import signing
from django.db import transaction

from teams.actions.audit import record
from teams.models import Act, Board, Member, SubmissionLink, Topic, Unsubscription
from teams.models.displays import hashed
from teams.rules.months import Month

UNSUBSCRIBE = "unsubscribe"


class Unsubscriber(NamedTuple):
    """Whom an unsubscribe link belongs to, and what it is about."""

    member: Member
    topic: Topic


def make_submission_link(member: Member, month: Month) -> str:
    """A random token of 256 bits, of which only the hash is kept."""
    token = secrets.token_urlsafe(32)
    SubmissionLink.objects.create(member=member, month=month, token_hash=hashed(token))
    return token


def open_submission_link(token: str, now: datetime) -> SubmissionLink | None:
    """The link with this token while its month takes submissions; else None, whatever the reason."""
    links = SubmissionLink.objects.holding(token).select_related("member__organization")
    link = links.first()
    return link if link and is_open(link.member, link.month, now) else None


def is_open(member: Member, month: Month, now: datetime) -> bool:
    """Whether a month still takes the member's submissions."""
    ends = member.organization.closes(month)
    return now < ends and not Board.objects.closed_for(member.pk, month).exists()


def unsubscribe_token(member: Member, topic: Topic) -> str:
    """A signed token that can do one thing, to one person, and never expires."""
    return signing.dumps([member.pk, topic.value], salt=UNSUBSCRIBE)


def unsubscriber(token: str) -> Unsubscriber | None:
    """Whom the token takes off what; None where it was not made here or the member is gone."""
    try:
        member_id, topic = signing.loads(token, salt=UNSUBSCRIBE)
    except signing.BadSignature:
        return None
    member = Member.objects.filter(pk=member_id).first()
    return member and Unsubscriber(member, Topic(topic))


def unsubscribe(member: Member, topic: Topic) -> None:
    """No more mails about the topic. Twice is once."""
    Unsubscription.objects.get_or_create(member=member, topic=topic)


@transaction.atomic
def choose_topics(member: Member, wanted: Iterable[str]) -> None:
    """What the member wants to get by mail; the only way back after unsubscribing."""
    wanted = set(wanted)
    Unsubscription.objects.filter(member=member, topic__in=wanted).delete()
    for topic in Topic:
        if topic not in wanted:
            unsubscribe(member, topic)
    record(Act.OWN_SETTINGS, by=member)
