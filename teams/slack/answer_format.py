"""An answer as Slack shows it to whoever asked, and to nobody else. What people typed stays text."""

from dataclasses import dataclass
from typing import Any

from teams.chat.cards import without_markup

LONGEST = 2_900
"""Characters of a text: Slack takes 3,000."""


@dataclass(frozen=True)
class Answer:
    """Sentences, a table of fixed width, and a link with its words."""

    lines: tuple[str, ...]
    table: tuple[str, ...] = ()
    link: tuple[str, str] | None = None

    def payload(self) -> dict[str, Any]:
        """The JSON of the answer: blocks that read no markup, and the plain text that a notification shows."""
        elements = [_section(_text("\n".join(self.lines)))]
        if self.table:
            elements.append({"type": "rich_text_preformatted", "elements": [_text("\n".join(self.table))]})
        if self.link:
            words, url = self.link
            elements.append(_section({"type": "link", "url": url, "text": words}))
        return {
            "response_type": "ephemeral",
            "text": without_markup(self.lines[0]),
            "blocks": [{"type": "rich_text", "elements": elements}],
        }


def _section(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": [element]}


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"}
