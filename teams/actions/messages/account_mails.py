"""Mails about a login, which whoever asked for waits for: handed over by a worker, at once.

The claim is committed before the hand-over, as that of every message: never twice. Whoever did not get theirs asks
again, so what failed is noted in the log of the site and forgotten.
"""

import logging
from datetime import UTC, datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from teams.actions.audit import member_of
from teams.actions.messages.addresses import site_url
from teams.actions.messages.claims import claim
from teams.actions.people.addresses import change_token
from teams.mail.letters import login_letter
from teams.mail.sending import hand_over
from teams.models import User
from teams.models.messages.account_mails import AccountMail
from teams.rules.messages.delivery import DeliveryState, state_after
from teams.words.notices import Link

log = logging.getLogger(__name__)
RESET = "account/email/password_reset_key"
CONFIRM = "account/email/address_confirm"
FACTS = ("timestamp", "ip", "user_agent", "email", "rests_on")
"""What a mail about a login says beside its template."""


def store_account_mail(
    template: str, email: str, user: User | None, facts: dict[str, Any], language: str, now: datetime
) -> AccountMail:
    """Put a mail on its way, in a language."""
    told = {name: str(facts[name]) for name in FACTS if name in facts}
    return AccountMail.objects.create(
        user=user, email=email, template=template, facts=told, language=language, created_at=now, due_at=now
    )


def due_account_mails(now: datetime) -> list[int]:
    """The ids of those that wait."""
    return list(AccountMail.objects.due(now).values_list("pk", flat=True))


def deliver_account_mail(mail_id: int, now: datetime) -> DeliveryState | None:
    """Hand one over and give what became of it; None where it is not due (any more) or somebody else has it."""
    mail = _claim(mail_id, now)
    if mail is None:
        return None
    with override(mail.language):
        answer = hand_over(_letter(mail))
    state, due_at = state_after(answer, mail.created_at, mail.attempts, now)
    if state == DeliveryState.WAITING:
        AccountMail.objects.filter(pk=mail.pk).update(due_at=due_at)
        return state
    if state != DeliveryState.SENT:
        log.warning("a mail about a login did not arrive: %s, %s", mail.template, answer.reason)
    AccountMail.objects.filter(pk=mail.pk).delete()
    return state


def forget_account_mails(now: datetime) -> None:
    """Away with those over which a worker died."""
    AccountMail.objects.over(now).delete()


def password_link(user: User) -> str:
    """The whole address where a user chooses a password; good once and for as long as a reset is."""
    return site_url(
        "account_reset_password_from_key", user_pk_to_url_str(user), default_token_generator.make_token(user)
    )


@transaction.atomic(durable=True)
def _claim(mail_id: int, now: datetime) -> AccountMail | None:
    due = AccountMail.objects.due(now).filter(pk=mail_id)
    return claim(due.select_related("user__member__organization"), now)


def _letter(mail: AccountMail) -> EmailMultiAlternatives:
    member, button = member_of(mail.user), None
    context = {"email": mail.email, **mail.facts}
    if "timestamp" in context:
        moment = datetime.fromisoformat(context["timestamp"])
        context["timestamp"] = date_format(moment.astimezone(member.zone if member else UTC), "DATETIME_FORMAT")
    if mail.template == RESET and mail.user:
        button = Link(_("Choose a new password"), password_link(mail.user))
    if mail.template == CONFIRM and mail.user:
        token = change_token(mail.user, mail.email, mail.facts["rests_on"])
        button = Link(_("Confirm this address"), site_url("confirm_address", token))
    if button:
        context["url"] = button.url
    title = render_to_string(f"{mail.template}_subject.txt", context)
    organization = member.organization if member else ""
    return login_letter(
        f"{mail.template}_message.txt", context, title=title, to=mail.email, organization=organization, link=button
    )
