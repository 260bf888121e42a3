"""Reads JSON as people have it: as JavaScript or Python print it, cut off at the end, or with text around it."""

import re
from typing import Any

MOST = 60_000
"""Parts that are looked at: an answer has about 200."""
DEEPEST = 60

_PART = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)|(?P<mark>[\[\]{}:,])|(?P<word>[^\s\[\]{}:,"']+)""", re.DOTALL
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def values(text: str) -> list[Any]:
    """The outermost values of a text, from its first bracket on; numbers and words stay strings. Never raises.

    A comma too many, a missing quote around a name or the missing end of a text is no fault; a name that stands twice
    with different values has none. The cost is linear.
    """
    start = 0 if text.lstrip().startswith(("{", "[", '"')) else max(0, text.find("{"))
    top: list[Any] = []
    stack: list[list[Any] | dict[str, Any]] = [top]
    names: list[str | None] = [None]
    last: Any = None
    for count, part in enumerate(_PART.finditer(text, start)):
        written = part.group()
        if count > MOST or len(stack) > DEEPEST:
            break
        if written in ("{", "["):
            opened: Any = {} if written == "{" else []
            _put(stack, names, opened)
            stack.append(opened)
            names.append(None)
        elif written in ("}", "]"):
            if len(stack) > 1:
                stack.pop()
                names.pop()
        elif written == ":":
            names[-1] = last if isinstance(last, str) else None
        elif written == ",":
            names[-1] = None
        else:
            last = _plain(written[1:-1]) if part.lastgroup == "string" else written
            if isinstance(stack[-1], list) or names[-1] is not None:
                _put(stack, names, last)
    return top


def _put(stack: list[list[Any] | dict[str, Any]], names: list[str | None], value: Any) -> None:
    inner = stack[-1]
    if isinstance(inner, list):
        inner.append(value)
    elif names[-1] is not None:
        twice = isinstance(value, str) and value != inner.get(names[-1], value)
        inner[names[-1]] = "" if twice else inner.get(names[-1], value)
        names[-1] = None


def _plain(written: str) -> str:
    return _ESCAPE.sub(lambda escape: _unescaped(escape.group(1)), written) if "\\" in written else written


def _unescaped(code: str) -> str:
    return chr(int(code[1:], 16)) if len(code) == 5 else _LETTERS.get(code, code)
