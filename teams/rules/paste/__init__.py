"""Reads a pasted copy of LinkedIn's SSI page, in any of its languages and layouts, or LinkedIn's JSON.

The text becomes a short list of tokens (`tokens`, with the words of `words`); `page` decides over them;
`answer` reads the JSON. Both give a `Reading`.
"""

from teams.rules.paste import answer, page
from teams.rules.paste.reading import NOT_SSI_PAGE, Reading, State

__all__ = ["LONGEST", "Reading", "State", "parse"]

LONGEST = 200_000
"""Characters that are looked at; a whole page with its menus has about 5,000."""


def parse(text: str) -> Reading:
    """What a pasted text says about somebody's score. Never raises; the cost is linear in the length."""
    text = text[:LONGEST]
    return answer.read(text) or page.read(text) or NOT_SSI_PAGE
