"""Tokens of the API: making one, ending one, and noting that one was used."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import JSONField, Q, Value
from django.db.models.functions import Cast, NullIf
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.models import Act, ApiAnswer, ApiToken, Member
from teams.models.tokens import hashed, new_token
from teams.rules.api import ANSWERS_KEPT, MOST_TOKENS, Scope
from teams.rules.errors import Refused

USED_WITHIN = timedelta(minutes=5)
"""How exactly a token's last use is noted."""


@transaction.atomic
def make_token(
    member: Member, name: str, scopes: Collection[Scope], expires_at: datetime, *, is_of_company: bool = False
) -> tuple[ApiToken, str]:
    """A new token, and its secret, which is kept nowhere.

    Refused for the company's unless an admin makes it, and where somebody has too many.
    """
    if is_of_company and not member.is_admin:
        raise Refused(_("Only admins make tokens of the company."))
    Member.objects.select_for_update().get(pk=member.pk)
    if member.api_tokens.filter(ended_at=None, expires_at__gt=timezone.now()).count() >= MOST_TOKENS:
        raise Refused(_("You have %(most)d tokens already. End one first.") % {"most": MOST_TOKENS})
    secret = new_token()
    token = ApiToken.objects.create(
        member=member,
        name=name,
        token_hash=hashed(secret),
        scopes=sorted(scopes),
        expires_at=expires_at,
        is_of_company=is_of_company,
    )
    record(Act.TOKEN_MADE, by=member, token=name)
    return token, secret


@transaction.atomic
def end_token(token: ApiToken, by: Member, now: datetime) -> None:
    """It opens nothing from now on. Twice is once."""
    if ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=now):
        record(Act.TOKEN_ENDED, by=by, token=token.name)


def note_use(token: ApiToken, now: datetime) -> None:
    """Note that a token was used, at most every five minutes."""
    long_ago = Q(used_at=None) | Q(used_at__lt=now - USED_WITHIN)
    ApiToken.objects.filter(long_ago, pk=token.pk).update(used_at=now)


def forget_answers(now: datetime) -> None:
    """Delete the answers that no repeated request gets any more."""
    ApiAnswer.objects.filter(made_at__lt=now - ANSWERS_KEPT).delete()


def blank_answers_about(member: Member) -> None:
    """Forget what was answered about somebody; whoever sends the request again changes nothing and is told nothing."""
    answers = ApiAnswer.objects.filter(token__member__organization=member.organization_id)
    bodies = answers.alias(body=Cast(NullIf("answer", Value("")), JSONField()))
    bodies.filter(Q(body__member=member.pk) | Q(body__id=member.pk, body__has_key="plan")).update(answer="")
