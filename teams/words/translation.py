"""What rules say, in the language of whoever reads it."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from teams.rules.months import Month
from teams.rules.sentences import Sentence
from teams.words.figures import day, figure, month_name

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise
else:
    from django.utils.functional import Promise as StrPromise

Words: TypeAlias = str | StrPromise
"""What a reader sees, in their language: translated, or as gettext_lazy has it, translated when it is shown."""


def translated(sentence: str) -> str:
    """A rule's sentence in the reader's language; what somebody typed stays as it is."""
    if not isinstance(sentence, Sentence):
        return sentence
    values = {name: _shown(value) for name, value in sentence.values.items()}
    if sentence.several:
        text = ngettext(sentence.source, sentence.several, sentence.values["count"])
    else:
        text = gettext(sentence.source)
    return text % values if values else text


Sentence.written = translated


def _shown(value: object) -> object:
    match value:
        case Month():
            return month_name(value)
        case date():
            return day(value)
        case Decimal():
            return figure(value)
        case str():
            return translated(value)
        case int() if value >= 10_000:
            return number_format(value, force_grouping=True)
    return value
