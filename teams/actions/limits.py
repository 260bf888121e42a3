"""How often somebody may do what costs the site something: counted in the shared cache, by the hour of the clock."""

from datetime import datetime, timedelta

from django.core.cache import cache

from teams.actions.refusals import Refused
from teams.models import Member

AN_HOUR = timedelta(hours=1)


def count(what: str, by: Member, most: int, now: datetime, sentence: str) -> None:
    """One more of this hour's; Refused beyond `most` with the sentence, whose %(time)s is when one may go on."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    if _one_more(f"{what}.{by.pk}.{hour:%Y%m%d%H}", 2 * AN_HOUR.seconds) > most:
        raise Refused(sentence % {"most": most, "time": f"{(hour + AN_HOUR).astimezone(by.zone):%H:%M}"})


def is_within(what: str, most: int, seconds: int) -> bool:
    """Counts one try, and whether it is among the first `most` since the counting began, `seconds` ago at most."""
    return _one_more(f"tries:{what}", seconds) <= most


def _one_more(key: str, seconds: int) -> int:
    """How many it is now, since the first of them `seconds` ago at most."""
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # the time ended between the two
        return 1
