"""Share links: making one, giving one a new address, ending one."""

from datetime import datetime, timedelta

from django.db import transaction

from teams.actions.audit import record
from teams.models import Act, Member, ShareLink, Team
from teams.models.tokens import hashed, new_token


@transaction.atomic
def make_share_link(
    team: Team, by: Member, name: str, *, shows_standings: bool, days: int, now: datetime
) -> tuple[ShareLink, str]:
    """A new share link, and the secret of its address, which is kept nowhere."""
    token = new_token()
    link = ShareLink.objects.create(
        team=team,
        name=name,
        shows_standings=shows_standings,
        token_hash=hashed(token),
        made_by=by,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    record(Act.SHARE_LINK_MADE, by=by, teams=[team], link=name)
    return link, token


@transaction.atomic
def renew_share_link(link: ShareLink, by: Member, now: datetime) -> str:
    """The secret of a new address, for as long as the first one was made for; what was there before opens nothing."""
    token = new_token()
    lives = link.expires_at - link.made_at
    ShareLink.objects.filter(pk=link.pk).update(
        token_hash=hashed(token), made_by=by, made_at=now, expires_at=now + lives, ended_at=None
    )
    record(Act.SHARE_LINK_RENEWED, by=by, teams=[link.team], link=link.name)
    return token


@transaction.atomic
def end_share_link(link: ShareLink, now: datetime, by: Member | None = None) -> None:
    """It opens nothing from now on. Twice is once."""
    if ShareLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=now):
        record(Act.SHARE_LINK_ENDED, by=by, teams=[link.team], link=link.name)


def end_share_links_of(member: Member, now: datetime) -> None:
    """Those that somebody made: they know the addresses."""
    for link in ShareLink.objects.filter(made_by=member, ended_at=None).select_related("team"):
        end_share_link(link, now)
