"""How often somebody may do what costs the site something: counted in the shared cache, for them and their address."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from allauth.core.internal.ratelimit import truncate_ip
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy

from teams.actions.audit import address
from teams.files import spreadsheets
from teams.models import Member
from teams.rules.errors import Refused
from teams.words.translation import Words

AN_HOUR = timedelta(hours=1)
AN_OFFICE = 10
"""How many times as often as one person all people of one address may."""
FILES = 30
"""How many files one person may send within an hour: looking at one costs up to a few seconds."""
TOO_MANY_FILES = gettext_lazy("That is %(most)d files within an hour. Send the next one at %(time)s.")


def count(what: str, by: Member, most: int, now: datetime, sentence: Words) -> None:
    """One more of this hour's; Refused beyond `most` with the sentence, whose %(time)s is when one may go on."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    if not is_within(f"{what}.{hour:%Y%m%d%H}", most, 2 * AN_HOUR.seconds, by):
        raise Refused(sentence % {"most": most, "time": f"{(hour + AN_HOUR).astimezone(by.zone):%H:%M}"})


def check_file(content: bytes, by: Member) -> None:
    """Raise Refused where somebody sends too many files, or one that had better not be read."""
    count("imports", by, FILES, timezone.now(), TOO_MANY_FILES)
    spreadsheets.check(content)


def is_within(what: str, most: int, seconds: int, by: Member | None = None) -> bool:
    """Counts one try, and whether it is among the first since the counting began, `seconds` ago at most.

    `most` are somebody's, and ten times as many their address's; without anybody `most` are the address's.
    """
    rates = {f"{what}.{by.pk}": (most, seconds)} if by else {}
    if here := address():
        rates[f"{what}.from.{truncate_ip(here)}"] = (most * AN_OFFICE if by else most, seconds)
    return are_within(rates)


def are_within(rates: Mapping[str, tuple[int, int]]) -> bool:
    """Counts one try under each key, and whether it is among its first `most` within `seconds` under all of them.

    One question to the cache.
    """
    lives = {key: seconds for key, (_, seconds) in rates.items()}
    counts = cache.counted(lives)  # type: ignore[attr-defined]  # ours: leaderboard/patches/cache.py
    return all(count <= most for count, (most, _) in zip(counts, rates.values(), strict=True))
