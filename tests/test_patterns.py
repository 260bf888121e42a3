"""Our patterns take twice the time for twice the text, whatever the text: nobody stops a process with a long one."""

import ast
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from re import _constants as op
from re import _parser as parser

import pytest

import leaderboard
import teams
from leaderboard import logs
from teams.rules.paste import parse
from teams.rules.people.people_list import read_people
from teams.rules.sheets import days, names

ROOT = Path(__file__).resolve().parents[1]
FROM_THE_START = {"match", "fullmatch"}
ANYWHERE = {"search", "findall", "finditer", "sub", "subn", "split"}
PATIENCE = 1
"""Seconds for any text."""


def sources() -> Iterator[Path]:
    for package in ("leaderboard", "teams"):
        yield from (path for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)


@cache
def nodes() -> list[tuple[Path, ast.AST]]:
    """Where something is asked of an object, or called."""
    trees = [(source, ast.parse(source.read_text())) for source in sources()]
    asked = ast.Attribute | ast.Call
    return [(source, node) for source, tree in trees for node in ast.walk(tree) if isinstance(node, asked)]


def uses() -> Iterator[tuple[str, str]]:
    """How patterns are used: the name of the variable, without what it is part of, and the method."""
    for _, node in nodes():
        if isinstance(node, ast.Attribute) and node.attr in FROM_THE_START | ANYWHERE:
            value = node.value.value if isinstance(node.value, ast.Subscript) else node.value
            yield (value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")), node.attr


def written_in_place() -> Iterator[tuple[str, str, re.Pattern]]:
    """The patterns that stand where they are used: where, the function, and the pattern."""
    for source, node in nodes():
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=function), args=[first, *_]):
                if function in FROM_THE_START | ANYWHERE:
                    where = f"{source.relative_to(ROOT)}:{node.lineno}"
                    assert isinstance(first, ast.Constant), f"{where} is made anew each time: compile it in the module"
                    yield where, function, re.compile(first.value)


def held(value: object, path: str) -> Iterator[tuple[str, re.Pattern]]:
    """The patterns that a module's variable is or holds."""
    if isinstance(value, re.Pattern):
        yield path, value
    elif isinstance(getattr(value, "regex", None), re.Pattern):
        yield path, value.regex
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from held(each, f"{path}[{key!r}]")
    elif isinstance(value, list | tuple | set | frozenset):
        for number, each in enumerate(value):
            yield from held(each, f"{path}[{number}]")


def patterns() -> dict[str, tuple[re.Pattern, bool]]:
    """Every pattern of ours, by where it stands, and whether it is looked for anywhere in a text."""
    found, methods = {}, list(uses())
    for package in (leaderboard, teams):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" in module.name or module.name.endswith(("__main__", "wsgi")):
                continue
            for name, value in vars(import_module(module.name)).items():
                for path, pattern in held(value, f"{module.name}.{name}"):
                    used = {method for variable, method in methods if variable == name}
                    if (pattern, True) not in found.values():
                        found[path] = pattern, not used or bool(used & ANYWHERE)
    for where, function, pattern in written_in_place():
        found[where] = pattern, function in ANYWHERE
    return found


WITH_INSIDE = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT, op.SUBPATTERN, op.ASSERT, op.ASSERT_NOT}
"""What holds a pattern, at its end."""


def letters_of(tree) -> Iterator[str]:
    """One text for each thing that a pattern looks for, in the order in which they stand."""
    run = ""
    for code, about in tree:
        if code == op.LITERAL:
            run += chr(about)
            continue
        if run:
            yield run
            run = ""
        if code == op.IN:
            yield from ("a" if what is op.CATEGORY else _letter(what, which) for what, which in about[:6])
        elif code in WITH_INSIDE:
            yield from letters_of(about[-1])
        elif code == op.BRANCH:
            for branch in about[1][:6]:
                yield from letters_of(branch)
    if run:
        yield run


def _letter(what, which) -> str:
    return chr(which[0]) if what is op.RANGE else chr(which) if what is op.LITERAL else "a"


def hostile(pattern: re.Pattern, *, few: bool) -> list[tuple[str, str, str]]:
    """What a stranger would try: beginnings, what is said over and over, and ends that do not fit."""
    own = list(dict.fromkeys(letters_of(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))))[:12]
    again = list(dict.fromkeys([*own, *map("".join, pairwise(own)), *"a1 .-@,:/=\n'", "a.", "1,", "a-"]))
    before = list(dict.fromkeys(["", *own[:3], "".join(own[:2]), "a@", "1"]))
    before, ends = (before[:2], ["\0"]) if few else (before, ["", "\0", " @"])
    return [(first, each, last) for each in again for first in before for last in ends]


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """TimeoutError where it takes more of the processor's time; what others do beside it does not count."""

    def over(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def seconds(function: Callable, text: str) -> float:
    """The time of this thread that it takes; the patience where it is given up."""
    began = time.thread_time()
    try:
        with at_most(PATIENCE):
            function(text)
    except TimeoutError:
        return PATIENCE
    return time.thread_time() - began


def grows(function: Callable, text: Callable[[int], str], longest: int, nothing: float) -> str | None:
    """What says that four times the length takes more than eight times the time; a square takes sixteen.

    `nothing` are seconds below which the difference says more of the machine. What else it does only ever makes a try
    longer: the shortest of several counts, and one that is too long is tried again.
    """
    whole, quarter = [seconds(function, text(longest))], []
    for _ in range(5):
        if whole[-1] <= nothing:
            return None
        quarter += [seconds(function, text(longest // 4)) for _ in range(2)]
        if min(whole) >= PATIENCE:
            break
        if min(whole) <= 8 * min(quarter):
            return None
        whole.append(seconds(function, text(longest)))
    return f"{text(longest)[:30]!r}, {longest} characters: {min(whole):.4f} s, a quarter of it: {min(quarter):.4f} s"


def slow(function: Callable, texts: Iterable[tuple[str, str, str]], longest: int = 4096, nothing=0.005) -> list[str]:
    """The texts, each a beginning, what is said over and over and an end, that take too long when they grow."""
    made = (lambda n, f=first, e=each, t=last: f + e * (n // len(e)) + t for first, each, last in texts)
    return [said for text in made if (said := grows(function, text, longest, nothing))]


PATTERNS = patterns()


@pytest.mark.parametrize("few", [True, pytest.param(False, marks=pytest.mark.soak)], ids=["few", "all"])
@pytest.mark.parametrize("where", sorted(PATTERNS))
def test_a_pattern_takes_twice_the_time_for_twice_the_text(where, few):
    pattern, anywhere = PATTERNS[where]

    def every(text: str) -> None:
        said = text.encode() if isinstance(pattern.pattern, bytes) else text
        for _ in pattern.finditer(said) if anywhere else (pattern.match(said), pattern.fullmatch(said)):
            pass

    assert slow(every, hostile(pattern, few=few), longest=2048 if few else 4096) == []


@pytest.mark.parametrize("function", [read_people, parse, days.month, names.email, logs.without_addresses])
def test_what_reads_with_several_patterns_takes_no_longer(function):
    words = [
        "a",
        "a@",
        "@",
        "a. ",
        "1 ",
        "1,",
        "1% ",
        "1/",
        "top ",
        "top\n",
        "ssi 1\n",
        ":// ",
        "20 20-",
        "\t",
        "a;",
        "a@b;",
    ]
    texts = [(first, each, last) for first in ("", "a@") for each in words for last in ("", "\0")]

    assert slow(function, texts, longest=16_384, nothing=0.1) == []


@pytest.mark.soak
def test_a_pattern_that_takes_the_square_is_found():
    assert slow(lambda text: list(re.compile(r"(?:rank|place)\w*[ -]ssi").finditer(text)), [("", "rank_", "")]) != []
    assert slow(re.compile(r"\w+@").search, [("", "a", "")]) != []
    assert slow(re.compile(r"(?:a|aa)+b").search, [("", "a", "")]) != []
    assert slow(re.compile(r"\w+").search, [("", "a", "")]) == []
