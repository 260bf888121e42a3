"""The holidays of a country, and of a region of it, as the package `holidays` knows them."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from subprocess import TimeoutExpired

from teams.files.limited import started
from teams.rules.errors import Refused
from teams.rules.people.names import sort_key
from teams.rules.sentences import Sentence
from teams.rules.sheets.holidays import Named, NationalHolidays

PROCESS = Path(__file__).with_name("holidays_process.py")
"""It is never imported: no process of the site keeps what it loads."""
PATIENCE = 20
"""Seconds that somebody waits for it."""
NOT_KNOWN = Sentence("The holidays of countries cannot be looked up right now. Type the days.")


@lru_cache(maxsize=100)
def national_holidays(
    language: str, zone: str, country: str = "", region: str = "", years: tuple[int, ...] = ()
) -> NationalHolidays:
    """What is known of a country, without one of that of the time zone. Refused where the process fails."""
    question = {"language": language, "zone": zone, "country": country, "region": region, "years": years}
    with started(str(PROCESS)) as process:
        try:
            said, _ = process.communicate(json.dumps(question).encode(), timeout=PATIENCE)
        except TimeoutExpired:
            raise Refused(NOT_KNOWN) from None
        finally:
            process.kill()
    if process.returncode:
        raise Refused(NOT_KNOWN)
    found = json.loads(said)
    days = tuple((date.fromisoformat(day), name) for day, name in found["days"])
    return NationalHolidays(_in_order(found["countries"]), found["country"], _in_order(found["regions"]), days)


def _in_order(named: list[list[str]]) -> Named:
    return tuple(sorted(((code, name) for code, name in named), key=lambda each: sort_key(each[1])))
