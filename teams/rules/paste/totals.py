"""Finds what may be the member's total on a page, and never a group's, a goal or an average."""

import re

from teams.rules.paste import words
from teams.rules.paste.moments import is_goal, moment
from teams.rules.paste.result import whole
from teams.rules.paste.tokens import Page, Token, either

ENOUGH = 12
"""Captions that are compared; a page has four."""

_NAMES = either([*words.SHORT_TITLES, "ssi score", "social selling index", *words.ME, *words.NOW, *words.CURRENT])
_NAMED = re.compile(rf"^\W*(?:{either(words.MINE)} )?{_NAMES}(?: (?:is|ist|est|es|e|jest))?\W*$")
_SOMEBODY_ELSES = re.compile(
    rf"(?<![^\W\d_])(?:{either(stem for stems in words.GROUPS.values() for stem in stems)}|{either(words.AVERAGES)})"
)


def captions(page: Page) -> list[Token]:
    """The "N out of 100" that may be the member's, the likeliest first.

    A bare number right under "Your Social Selling Index" is one too, if nothing else stands on its line.
    """
    caption_tokens = [token for token in page.tokens if token.kind == "caption" or token.key == "headed"]
    own = [token for token in caption_tokens if not token.inside][: 5 * ENOUGH]
    possible = [token for token in own if whole(token.value) is not None and not is_another(page, token)]
    possible.sort(key=lambda token: (token.kind != "caption", not page.clean(token)))
    return possible[:ENOUGH]


def is_another(page: Page, token: Token) -> bool:
    """Whether the words beside it say that it is a goal or a group's; or whose average it repeats, above any title."""
    words_beside = page.said_of(token)
    if (
        is_goal(words_beside)
        or _SOMEBODY_ELSES.search(words_beside)
        or (token.key == "headed" and not _is_alone(page, token))
    ):
        return True
    titled = any(title.at < token.at for title in page.of("title"))
    return not titled and whole(token.value) in {whole(average.value) for average in page.of("average")}


def _is_alone(page: Page, token: Token) -> bool:
    """Whether nothing follows a headed number on its line, neither words nor a label whose number it would be."""
    following = page.tokens[page.place(token) + 1 : page.place(token) + 2]
    return page.clean(token) and all(other.line != token.line for other in following)


def is_certain(page: Page, caption: Token) -> bool:
    """Whether it stands alone on its line, or behind "SSI": so it is on the page, seldom in prose."""
    return page.clean(caption) or _NAMED.search(page.beside(caption)) is not None


def is_weak(page: Page, caption: Token) -> bool:
    """Whether it may be none: a bare number, 100 and a number, half a number, or one under words that are not known."""
    if caption.key in ("headed", "reversed") or _is_split(page, caption):
        return True
    words_beside = page.said_of(caption)
    return caption.apart and not (_NAMED.search(words_beside) or moment(words_beside))


def _is_split(page: Page, caption: Token) -> bool:
    """Whether a digit stands right before it on its line: of "6 3 out of 100" the 3 is only a half."""
    before = page.tokens[page.place(caption) - 1] if page.place(caption) else None
    return before is not None and page.gaps[caption.at] == " " and before.kind in ("number", "other", "past")


def beside_a_goal(page: Page) -> bool:
    """Whether the page names a goal too, so that one might be taken for the other."""
    return any(is_goal(page.said_of(token)) for token in page.of("caption")[: 5 * ENOUGH])
