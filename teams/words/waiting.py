"""What waits for somebody, in a sentence and what there is to do about it."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from teams.rules.waiting import Waiting, WaitingKind
from teams.words.figures import listed, month_name
from teams.words.translation import Words

SENTENCES = {
    WaitingKind.ASKED: gettext_lazy("%(maker)s asks whether you are in: “%(challenge)s”"),
    WaitingKind.FORMULA: gettext_lazy("LinkedIn changed its formula while “%(challenge)s” runs."),
    WaitingKind.DECIDE: gettext_lazy("“%(challenge)s” waits for readings that nobody confirmed."),
    WaitingKind.SUGGESTION: gettext_lazy("It looks as if LinkedIn changed its formula about %(day)s."),
    WaitingKind.THANKED: gettext_lazy("%(maker)s thanks you: “%(text)s”"),
    WaitingKind.WON: gettext_lazy("You won “%(challenge)s”."),
    WaitingKind.OWE: gettext_lazy("You owe %(name)s: %(stake)s"),
    WaitingKind.OWED: gettext_lazy("%(name)s owes you: %(stake)s"),
}
ACTIONS: dict[WaitingKind, Words] = {
    WaitingKind.ASKED: gettext_lazy("Answer"),
    WaitingKind.FORMULA: gettext_lazy("Choose what counts"),
    WaitingKind.DECIDE: gettext_lazy("Confirm or decide"),
    WaitingKind.SUGGESTION: gettext_lazy("Mark or dismiss it"),
    WaitingKind.CONFIRM: gettext_lazy("Confirm them"),
    WaitingKind.SILENT: gettext_lazy("See who is missing"),
    WaitingKind.WON: gettext_lazy("See how it ended"),
    WaitingKind.THANKED: gettext_lazy("Open thanks"),
    WaitingKind.OWE: gettext_lazy("Open debts"),
    WaitingKind.OWED: gettext_lazy("Open debts"),
}


def waiting_words(waiting: Waiting) -> str:
    """The sentence, such as "You owe Ada: lunch"."""
    values = {
        "challenge": waiting.challenge,
        "stake": waiting.stake,
        "maker": waiting.maker,
        "text": waiting.text,
        "name": listed(waiting.others),
        "team": waiting.team,
        "count": waiting.count,
        "month": waiting.month and month_name(waiting.month),
        "day": waiting.day and date_format(waiting.day, "MONTH_DAY_FORMAT"),
    }
    return _sentence(waiting) % values


def waiting_action(kind: WaitingKind) -> Words:
    """What there is to do about it, on its link."""
    return ACTIONS[kind]


def _sentence(waiting: Waiting) -> str:
    match waiting.kind:
        case WaitingKind.ASKED if waiting.stake:
            return _("%(maker)s asks whether you are in: “%(challenge)s”, for %(stake)s")
        case WaitingKind.CONFIRM:
            return ngettext(
                "%(team)s, %(month)s: %(count)s reading to confirm",
                "%(team)s, %(month)s: %(count)s readings to confirm",
                waiting.count,
            )
        case WaitingKind.SILENT:
            return ngettext(
                "%(team)s, %(month)s: %(count)s is missing", "%(team)s, %(month)s: %(count)s are missing", waiting.count
            )
    return str(SENTENCES[waiting.kind])
