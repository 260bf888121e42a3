"""Sentences that rules answer with. Rules know no language; whoever reads one sees it in theirs."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from teams.rules.months import Month


class Sentence(str):
    """The English text, which str(), f-strings and templates write as `written` does: in the reader's language.

    `source` is what a catalogue knows it by, `values` are what stands in its placeholders. `several` is the source for
    more than one, chosen by `values["count"]`; empty where nothing is counted.
    """

    written: ClassVar[Callable[[Self], str]] = str.__str__  # teams/words/translation.py knows more languages

    source: str
    several: str
    values: dict[str, Any]

    def __new__(cls, source: str, several: str = "", **values: Any) -> Self:
        """The sentence in English; `several` where `count` is not 1."""
        chosen = several if several and values["count"] != 1 else source
        text = super().__new__(cls, chosen % values if values else chosen)
        text.source, text.several, text.values = source, several, values
        return text

    def __str__(self) -> str:
        return Sentence.written(self)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def stored(sentence: str) -> tuple[str, dict[str, Any] | None]:
    """A sentence as two columns: its source, and its values as JSON takes them; None for a text that is no Sentence."""
    if not isinstance(sentence, Sentence):
        return sentence, None
    plain = {name: _as_json(value) for name, value in sentence.values.items()}
    return sentence.source, plain | ({"several": sentence.several} if sentence.several else {})


def restored(source: str, values: Mapping[str, Any] | None) -> str:
    """The sentence that was stored so; a text that was none as it is."""
    return source if values is None else Sentence(source, **{name: _of_json(value) for name, value in values.items()})


def _as_json(value: object) -> object:
    match value:
        case Sentence():
            source, values = stored(value)
            return {"sentence": source, "values": values}
        case Month():
            return {"month": str(value)}
        case date():
            return {"day": value.isoformat()}
        case Decimal():
            return {"figure": str(value)}
    return value


def _of_json(value: object) -> Any:
    match value:
        case {"sentence": source, "values": values}:
            return restored(source, values)
        case {"month": month}:
            return Month.parse(month)
        case {"day": day}:
            return date.fromisoformat(day)
        case {"figure": figure}:
            return Decimal(figure)
    return value
