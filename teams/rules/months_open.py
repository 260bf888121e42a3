"""Which readings may be filed for which month, and the sentence for those that may not."""

from datetime import date

from teams.rules.months import Month
from teams.rules.sentences import Sentence

FIRST_DAY = date(2014, 1, 1)
"""LinkedIn showed the index to nobody before 2014."""


def refusal(  # noqa: PLR0913  each is a fact that the caller knows, four of them by name
    taken_on: date,
    month: Month,
    today: date,
    *,
    is_closed: bool,
    has_reading: bool,
    corrects: bool = False,
    kept_from: Month | None = None,
) -> str | None:
    """Why a reading taken on a day cannot be filed for a month, for the person who typed it; None when it can."""
    if taken_on > today:
        return Sentence("The day of the reading is in the future. Write the day on which LinkedIn showed it.")
    if taken_on < FIRST_DAY:
        return Sentence("The day of the reading is before 2014, when there was no index yet. Check the year.")
    if taken_on < month.first_day:
        return Sentence(
            "A reading taken on %(day)s cannot count for %(month)s, which had not begun.",
            day=taken_on,
            month=month,
        )
    if kept_from and month < kept_from:
        return Sentence(
            "Nothing from before %(month)s is kept here. An admin can have more months kept.",
            month=kept_from,
        )
    if is_closed:
        return Sentence("%(month)s is closed: its standings are final. Ask your manager to amend it.", month=month)
    if taken_on not in month and has_reading and not corrects:
        return Sentence(
            "%(month)s already has a reading. One taken after its end counts for %(later)s.",
            month=month,
            later=Month.of(taken_on),
        )
    return None
