"""`python tools/month_names.py`: the names of the months into teams/rules/sheets/month_names.py, from CLDR by Babel."""

import sys
from pathlib import Path
from textwrap import wrap

from babel import Locale

sys.path.insert(0, str(Path(__file__).parent.parent))

from teams.rules.sheets.cells import words

OUT = Path(__file__).parent.parent / "teams" / "rules" / "sheets" / "month_names.py"
LANGUAGES = [
    *("ar", "bg", "cs", "da", "de", "de_AT", "el", "en", "es", "es_PE", "et", "fi", "fr", "he", "hi", "hr", "hu", "id"),
    *("is", "it", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sr_Latn", "sv", "th", "tr", "uk"),
]
"""Those that call months by names; Chinese, Japanese, Korean and Vietnamese count them."""
HEAD = '''"""The names of the months in {many} languages, full and short, in each of their forms, from CLDR.

Made by tools/month_names.py; what is to be different is changed there.
"""

NAMES = (
{months}
)
"""January to December, in the spelling of `cells.words`."""
'''


def main() -> None:
    """Write the file."""
    OUT.write_text(module())


def module() -> str:
    """The text of the module."""
    many = len({language.partition("_")[0] for language in LANGUAGES})
    months = "\n".join(_lines(sorted(names(number))) for number in range(1, 13))
    return HEAD.format(many=many, months=months)


def names(number: int) -> set[str]:
    """What a month is called anywhere; nothing of two words, which no heading has."""
    spellings = {
        words(calendar[number])
        for language in LANGUAGES
        for form in Locale.parse(language).months.values()
        for calendar in (form["wide"], form["abbreviated"])
    }
    return {name for name in spellings if " " not in name and not any(map(str.isdecimal, name))}


def _lines(spellings: list[str]) -> str:
    lines = wrap(" ".join(spellings), 106)
    return "    (\n" + "\n".join(f'        "{line} "' for line in lines).removesuffix(' "') + '"\n    ),'


if __name__ == "__main__":
    main()
