"""Says which days are holidays in a country, in a process of its own: what knows of all countries takes 26 MB.

In: a line of JSON with `language`, `zone`, `country`, `region` and `years`; without a country it is that of the zone.
Out: a line of JSON with `countries` and `regions` (codes and names), the `country`, and `days` with their names.
"""

import json
import sys
from typing import Any

import holidays
from babel import Locale
from babel.core import get_global


def main() -> None:
    """Answer the question that stands in standard input."""
    sys.stdout.write(json.dumps(answer(**json.load(sys.stdin))))


def answer(language: str, zone: str, country: str, region: str, years: list[int]) -> dict[str, Any]:
    """The countries, and of the one that is meant its regions and days; no day of a region that it has not."""
    known = holidays.list_supported_countries(include_aliases=False)
    names = Locale.parse(language).territories
    meant = country if country in known else get_global("zone_territories").get(zone, "")
    calendar = holidays.country_holidays(meant) if meant in known else None
    regions = _regions(calendar) if calendar is not None else []
    is_asked = country in known and region in {"", *(code for code, _ in regions)}
    return {
        "countries": [[code, names.get(code, code)] for code in known],
        "country": meant,
        "regions": regions,
        "days": _days(country, region, years, language) if is_asked else [],
    }


def _regions(calendar: holidays.HolidayBase) -> list[tuple[str, str]]:
    """Their codes and names, in all languages of the country; what stands among the names and is a code is left out."""
    aliases = calendar.get_subdivision_aliases()
    return [
        (code, " / ".join(name for name in aliases[code] if not name.isupper()) or code)
        for code in calendar.subdivisions
    ]


def _days(country: str, region: str, years: list[int], language: str) -> list[tuple[str, str]]:
    """The days and their names: in the language where the country has it, else in the country's own."""
    spoken = holidays.country_holidays(country).supported_languages
    found = holidays.country_holidays(
        country,
        subdiv=region or None,
        years=years,
        language=next((each for each in spoken if each.partition("_")[0] == language), None),
    )
    return sorted((f"{day}", name) for day, name in found.items())


if __name__ == "__main__":
    main()
