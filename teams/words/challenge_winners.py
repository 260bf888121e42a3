"""Who wins a challenge, in a sentence in which the days, the figure and how much of it are left to fill in."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from teams.rules.challenges.terms import TOTAL, ChallengeKind, Terms, Winners


def who_wins(terms: Terms) -> str:
    """The sentence that says who wins a kind of challenge, with placeholders that are still to be filled.

    They are %(days)s and, as the kind needs, %(figure)s, %(count)s, %(points)s and %(target)s.
    """
    if terms.kind == ChallengeKind.TEAMS:
        return _("The team whose mean %(figure)s rises most %(days)s wins. Equal is a draw.")
    if terms.is_duel:
        return _duel(terms)
    if terms.kind == ChallengeKind.IMPROVED:
        return _most_improved(terms)
    return _highest(terms) if terms.kind == ChallengeKind.HIGHEST else _makes_it(terms)


def _duel(terms: Terms) -> str:
    if terms.counter:
        return _duel_on_counter(terms)
    in_total = terms.figure == TOTAL
    if terms.kind == ChallengeKind.IMPROVED:
        if in_total:
            return _("Whoever of the two gains more points %(days)s wins. Equal is a draw.")
        return _("Whoever of the two gains more points in %(figure)s %(days)s wins. Equal is a draw.")
    if in_total:
        return _("Whoever of the two is higher at the end %(days)s wins. Equal is a draw.")
    return _("Whoever of the two is higher at the end in %(figure)s %(days)s wins. Equal is a draw.")


def _most_improved(terms: Terms) -> str:
    if terms.figure == TOTAL:
        return ngettext(
            "Whoever gains most %(days)s wins. Equal gains share a place.",
            "The %(count)s who gain most %(days)s win. Equal gains share a place.",
            terms.places,
        )
    return ngettext(
        "Whoever gains most in %(figure)s %(days)s wins. Equal gains share a place.",
        "The %(count)s who gain most in %(figure)s %(days)s win. Equal gains share a place.",
        terms.places,
    )


def _makes_it(terms: Terms) -> str:
    gains = terms.kind == ChallengeKind.GAIN
    if terms.winners != Winners.FIRST:
        return (
            _("Everyone who gains %(points)s %(days)s wins.")
            if gains
            else _("Everyone who reaches %(target)s %(days)s wins.")
        )
    if gains:
        return ngettext(
            "Whoever gains %(points)s %(days)s can win: "
            "the first by the day of the reading, and all of the last such day.",
            "Whoever gains %(points)s %(days)s can win: "
            "the first %(count)s by the day of the reading, and all of the last such day.",
            terms.places,
        )
    return ngettext(
        "Whoever reaches %(target)s %(days)s can win: "
        "the first by the day of the reading, and all of the last such day.",
        "Whoever reaches %(target)s %(days)s can win: "
        "the first %(count)s by the day of the reading, and all of the last such day.",
        terms.places,
    )


def _highest(terms: Terms) -> str:
    if terms.counter:
        return ngettext(
            "Whoever has most in %(figure)s %(days)s wins. Equal ones share a place.",
            "The %(count)s who have most in %(figure)s %(days)s win. Equal ones share a place.",
            terms.places,
        )
    return ngettext(
        "Whoever has the highest %(figure)s at the end, %(days)s, wins. Equal ones share a place.",
        "The %(count)s who have the highest %(figure)s at the end, %(days)s, win. Equal ones share a place.",
        terms.places,
    )


def _duel_on_counter(terms: Terms) -> str:
    if terms.kind == ChallengeKind.IMPROVED:
        return _("Whoever of the two gains more in %(figure)s %(days)s wins. Equal is a draw.")
    return _("Whoever of the two has more in %(figure)s %(days)s wins. Equal is a draw.")
