"""Sentences that rules answer with. Rules know no language; whoever reads one sees it in theirs."""

from collections.abc import Callable
from typing import Any, ClassVar, Self


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
