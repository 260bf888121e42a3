"""Slack: keeping its signing secret, and saying by a one-time link who somebody there is.

What waits for an answer is in the cache and gone after a quarter of an hour: a lost cache costs a new link.
"""

from typing import NamedTuple

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.models import Act, Member, Organization, SlackApp, SlackUser
from teams.models.tokens import hashed, new_token
from teams.rules.errors import Refused

LIVES = 900
"""Seconds for which a one-time link opens."""


class Asker(NamedTuple):
    """Who asks in Slack: the organization whose app it is, and what Slack says of them."""

    organization: int
    workspace: str
    slack_user: str
    name: str
    domain: str


@transaction.atomic
def save_signing_secret(organization: Organization, secret: str, by: Member) -> None:
    """Take another signing secret from now on; whoever is tied stays so."""
    SlackApp.objects.update_or_create(organization=organization, defaults={"signing_secret": secret})
    record(Act.SLACK_SET_UP, by=by, organization=organization)


@transaction.atomic
def remove_slack(organization: Organization, by: Member) -> None:
    """Forget the secret and who is who; nothing from Slack is answered any more. Twice is once."""
    if SlackApp.objects.filter(organization=organization).delete()[0]:
        record(Act.SLACK_REMOVED, by=by, organization=organization)


def one_time_token(asker: Asker) -> str:
    """The secret of a link by which a member says that it is they who ask."""
    token = new_token()
    cache.set(_key(token), tuple(asker), LIVES)
    return token


def asker_of(token: str, organization: Organization) -> Asker | None:
    """Who got a link and is of this organization; None where it was used or is too old. Looking changes nothing."""
    found = cache.get(_key(token))
    asker = Asker(*found) if found else None
    return asker if asker and asker.organization == organization.pk else None


@transaction.atomic
def tie(token: str, member: Member) -> SlackUser:
    """From now on whoever got the link is this member in Slack. Refused where it was used meanwhile."""
    asker = asker_of(token, member.organization)
    app = SlackApp.objects.filter(organization=member.organization).first()
    if asker is None or app is None or not cache.delete(_key(token)):
        raise Refused(_("This link was used or is too old. Write /ssi in Slack again."))
    tied, _is_new = SlackUser.objects.update_or_create(
        app=app,
        workspace=asker.workspace,
        slack_user=asker.slack_user,
        defaults={"name": asker.name, "member": member, "linked_at": timezone.now()},
    )
    record(Act.SLACK_TIED, member, by=member, name=asker.name)
    return tied


@transaction.atomic
def untie(slack_user: SlackUser, by: Member) -> None:
    """Whoever it is in Slack is nobody here from now on."""
    record(Act.SLACK_UNTIED, slack_user.member, by=by, name=slack_user.name)
    slack_user.delete()


def _key(token: str) -> str:
    return f"slack-link:{hashed(token)}"
