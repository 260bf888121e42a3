"""Why a number that was read from a text or a picture is marked, in the reader's language."""

from django.utils.translation import gettext as _

from teams.rules.paste import Doubt


def doubt_sentence(doubt: Doubt) -> str:
    """The reason beside a marked field, and what to do about it."""
    return {
        Doubt.SEVERAL: _("The text holds several scores. Is this the one of today?"),
        Doubt.SUM: _("The four parts do not add up to the score, so one of the numbers was misread."),
        Doubt.COLUMNS: _("Several numbers stand beside this label. Is this the right one?"),
        Doubt.ORDER: _("The words beside it are not known here: it was taken by its place on the page."),
        Doubt.TWICE: _("It stands in the text twice, with different numbers."),
        Doubt.UNREAD: _("The four parts could not be read, so nothing confirms this number."),
        Doubt.UNNAMED: _("Nothing in the text says that this number is the score."),
        Doubt.UNCLEAR: _("The picture is not clear here."),
        Doubt.UNPROVEN: _("The picture shows no score that the four parts make, so any of them may be misread."),
    }[doubt]
