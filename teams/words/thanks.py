"""The sentences that a manager is offered after a closing, and why."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from teams.rules.months import Month
from teams.rules.thanks import Rarity
from teams.words.figures import month_name
from teams.words.translation import Words

WHY: dict[Rarity, Words] = {
    Rarity.COMEBACK: gettext_lazy("back after an absence, and in at once"),
    Rarity.FIRST_FIFTY: gettext_lazy("for the first time at 50 or more"),
    Rarity.LARGEST_GAIN: gettext_lazy("gained most in the team"),
}


def rarity_words(rarity: Rarity) -> Words:
    """What somebody did, behind their name."""
    return WHY[rarity]


def offered_sentence(rarity: Rarity, month: Month, points: int) -> str:
    """What a manager may say, to be edited; `points` are those that were gained."""
    if rarity == Rarity.COMEBACK:
        return _("Good to have you back, and with a score at once.")
    if rarity == Rarity.FIRST_FIFTY:
        return _("Your first month at 50 or more: well done.")
    sentence = ngettext(
        "%(count)s point more in %(month)s: well done.", "%(count)s points more in %(month)s: well done.", points
    )
    return sentence % {"count": points, "month": month_name(month)}
