"""Sentences that rules say: in English, with their parts kept, so that they can be said in another language."""

from typing import Any, Self


class Sentence(str):
    """The English text. `source` is what a catalogue knows it by, `values` are what stands in its placeholders.

    `several` is the source for more than one, chosen by `values["count"]`; empty where nothing is counted.
    """

    source: str
    several: str
    values: dict[str, Any]

    def __new__(cls, source: str, several: str = "", **values: Any) -> Self:
        chosen = several if several and values["count"] != 1 else source
        text = super().__new__(cls, chosen % values if values else chosen)
        text.source, text.several, text.values = source, several, values
        return text
