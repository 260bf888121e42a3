"""How often somebody may do what costs the site something: counted in the shared cache, for them and their address."""

from datetime import datetime, timedelta

from allauth.core.internal.ratelimit import truncate_ip
from django.core.cache import cache

from teams.actions.audit import address
from teams.actions.refusals import Refused
from teams.models import Member

AN_HOUR = timedelta(hours=1)
AN_OFFICE = 10
"""How many times as often as one person all people of one address may."""


def count(what: str, by: Member, most: int, now: datetime, sentence: str) -> None:
    """One more of this hour's; Refused beyond `most` with the sentence, whose %(time)s is when one may go on."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    if not is_within(f"{what}.{hour:%Y%m%d%H}", most, 2 * AN_HOUR.seconds, by):
        raise Refused(sentence % {"most": most, "time": f"{(hour + AN_HOUR).astimezone(by.zone):%H:%M}"})


def is_within(what: str, most: int, seconds: int, by: Member | None = None) -> bool:
    """Counts one try, and whether it is among the first since the counting began, `seconds` ago at most.

    `most` are somebody's, and ten times as many their address's; without anybody `most` are the address's.
    """
    allowed = {f"{what}.{by.pk}": most} if by else {}
    if here := address():
        allowed[f"{what}.from.{truncate_ip(here)}"] = most * AN_OFFICE if by else most
    counts = cache.counted(dict.fromkeys(allowed, seconds))
    return all(count <= limit for count, limit in zip(counts, allowed.values(), strict=True))
