"""What endpoints are told, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from teams.rules.messages.webhooks import TEST, WebhookEvent
from teams.words.notices import Link, Notice

EVENTS: dict[WebhookEvent, Promise] = {
    WebhookEvent.READING_SUBMITTED: _("A score is submitted"),
    WebhookEvent.READING_CORRECTED: _("A score is corrected"),
    WebhookEvent.READING_WITHDRAWN: _("A score is withdrawn"),
    WebhookEvent.MONTH_CLOSED: _("A month is closed"),
    WebhookEvent.MONTH_AMENDED: _("A closed month is amended"),
    WebhookEvent.MONTH_REOPENED: _("A month is opened again"),
    WebhookEvent.GOAL_REACHED: _("A goal is reached"),
    WebhookEvent.CHALLENGE_STARTED: _("A challenge starts"),
    WebhookEvent.CHALLENGE_SETTLED: _("A challenge is settled"),
    WebhookEvent.MEMBER_JOINED: _("Somebody joins a team"),
    WebhookEvent.MEMBER_LEFT: _("Somebody leaves a team"),
}


def event_words(kind: str) -> str:
    """What a message tells, by its type."""
    return str(_("Test")) if kind == TEST else str(EVENTS[WebhookEvent(kind)])


def webhook_off(address: str, url: str) -> Notice:
    """To whoever added an address that took nothing for five days, or wants nothing any more."""
    return Notice(
        gettext("Your webhook is off"),
        (
            gettext("%(address)s has taken nothing for five days, or answered that it is gone.") % {"address": address},
            gettext("Nothing is sent there any more. See what it answered, and switch it on when it works again."),
        ),
        (Link(gettext("See the webhook"), url),),
    )
