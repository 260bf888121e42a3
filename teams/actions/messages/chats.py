"""A team's chats: setting one up, trying it, taking it away."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.messages.addresses import site_url
from teams.actions.messages.outbox import messages, store
from teams.chat.posting import Forbidden, check_url
from teams.models import Act, Delivery, MessageKind, Team, Webhook
from teams.rules.errors import Refused
from teams.rules.messages.subjects import Subject
from teams.words.delivery_reasons import reason_words
from teams.words.notices import Link, Notice

TEST_WAITS = timedelta(minutes=10)
"""How long a test may wait for a worker."""


@transaction.atomic
def set_up_chat(team: Team, service: str, url: str) -> Webhook:
    """The team's chat of a service, instead of the one it had; Refused where the site would not post to it."""
    try:
        checked = str(check_url(url))
    except Forbidden as forbidden:
        raise Refused(reason_words(forbidden.reason, forbidden.host)) from forbidden
    Team.objects.select_for_update().get(pk=team.pk)
    for former in team.webhooks.active().filter(service=service):
        remove_chat(former)
    chat = Webhook.objects.create(team=team, service=service, url=checked)
    record(Act.CHAT_ADDED, teams=[team], chat=str(chat))
    return chat


@transaction.atomic
def remove_chat(chat: Webhook) -> None:
    """Nothing more is posted there, and the secret address is forgotten."""
    if Webhook.objects.filter(pk=chat.pk, removed_at=None).update(removed_at=timezone.now(), url=""):
        record(Act.CHAT_REMOVED, teams=[chat.team], chat=str(chat))


@transaction.atomic
def try_chat(chat: Webhook, now: datetime) -> Delivery:
    """Put a test on its way, which is sent at once or not at all."""

    def written() -> Notice:
        return Notice(
            _("Leaderboard is here for %(team)s") % {"team": chat.team},
            (_("This is a test. The digest on a month's last day, results and goals come here."),),
            (Link(_("Open the board"), site_url("board", chat.team.slug)),),
        )

    record(Act.CHAT_TRIED, teams=[chat.team], chat=str(chat))
    test = Delivery(team=chat.team, webhook=chat)
    subject = Subject(step=now.isoformat())
    store(messages([test], MessageKind.CHAT_TEST, subject, written, now + TEST_WAITS))
    return Delivery.objects.about(subject).get(webhook=chat, kind=MessageKind.CHAT_TEST)
