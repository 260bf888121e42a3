"""How often somebody may do what costs the site something: counted in the shared cache, by the hour of the clock."""

from datetime import datetime, timedelta

from django.core.cache import cache

from teams.actions.refusals import Refused
from teams.models import Member

AN_HOUR = timedelta(hours=1)


def count(what: str, by: Member, most: int, now: datetime, sentence: str) -> None:
    """One more of this hour's; Refused beyond `most` with the sentence, whose %(time)s is when one may go on."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    key = f"{what}.{by.pk}.{hour:%Y%m%d%H}"
    cache.add(key, 0, 2 * AN_HOUR.seconds)
    if cache.incr(key) > most:
        raise Refused(sentence % {"most": most, "time": f"{(hour + AN_HOUR).astimezone(by.zone):%H:%M}"})


def is_within(what: str, most: int, seconds: int) -> bool:
    """Counts one try, and whether it is among the first `most` since the counting began, `seconds` ago at most."""
    key = f"tries:{what}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:  # the time ended between the two
        return True
