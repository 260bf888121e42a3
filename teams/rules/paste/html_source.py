"""Turns the source of a page into the text that a browser would show."""

import html
import re

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})((?:\s[^<>]{0,1000})?)/?>")
_UNSHOWN = re.compile(r"<(script|style|svg|head)\b[^<>]*>.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_VALUE = re.compile(r"""(?:^|\s)value=["']?([\d.]+)""")
_INLINE = {"a", "b", "strong", "em", "i", "span", "small", "sup", "sub", "u", "mark", "font", "code"}
_CELLS = {"td", "th"}


def is_html(text: str) -> bool:
    """Whether it is the source of a page: several elements that are closed again."""
    return text.count("</") > 1 and len(_TAG.findall(text[:20_000])) > 3


def shown_text(text: str) -> str:
    """The text of the source: one line for each block, a tab between cells, the values of bars that show none."""
    return html.unescape(_TAG.sub(_instead, _UNSHOWN.sub(" ", text) if "</" in text else text))


def _instead(tag: re.Match[str]) -> str:
    closing, name, attributes = tag.groups()
    name = name.lower()
    if name in ("progress", "meter") and not closing and (value := _VALUE.search(attributes)):
        return f"\n{value.group(1)} | "
    if name in _INLINE or (name in ("progress", "meter") and closing):
        return ""
    return "\t" if name in _CELLS else "\n"
