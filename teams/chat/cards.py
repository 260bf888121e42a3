"""A notice as Slack's Block Kit and as Microsoft's Adaptive Card. What people typed stays text in both."""

from typing import Any

from teams.words.notices import Notice

ADAPTIVE_CARD = "application/vnd.microsoft.card.adaptive"


def slack_blocks(notice: Notice) -> dict[str, Any]:
    """For an incoming webhook: blocks, and the plain text that a notification shows."""
    blocks: list[dict[str, Any]] = [{"type": "header", "text": _plain(notice.title, 150)}]
    if notice.lines:
        blocks.append({"type": "section", "text": _plain("\n".join(notice.lines), 3000)})
    if notice.links:
        buttons = [{"type": "button", "text": _plain(link.label, 75), "url": link.url} for link in notice.links]
        blocks.append({"type": "actions", "elements": buttons})
    return {"text": without_markup(notice.title), "blocks": blocks}


def adaptive_card(notice: Notice) -> dict[str, Any]:
    """For a workflow that posts to a channel: a message with one Adaptive Card."""
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": notice.title,
        "body": [_text(notice.title, weight="Bolder", size="Large"), *[_text(line) for line in notice.lines]],
        "actions": [{"type": "Action.OpenUrl", "title": link.label, "url": link.url} for link in notice.links],
    }
    return {"type": "message", "attachments": [{"contentType": ADAPTIVE_CARD, "contentUrl": None, "content": card}]}


CARDS = {"slack": slack_blocks, "teams": adaptive_card}


def _plain(text: str, longest: int) -> dict[str, Any]:
    plain_text = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return {"type": "plain_text", "text": plain_text, "emoji": False}


def without_markup(text: str) -> str:
    """Slack reads <…> in its fallback text as links and mentions; escaped, it is text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text(text: str, **look: str) -> dict[str, Any]:
    """A run of text: unlike a TextBlock it reads no Markdown, so that nobody's name becomes a link."""
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **look}]}
