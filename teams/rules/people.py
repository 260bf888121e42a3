"""Reading a pasted list of names and e-mail addresses, as mail programs and sheets write them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_PART = r"[^\s<>,;:\"'()|]"
ADDRESS = re.compile(rf"(?:mailto:)?((?<!{_PART}){_PART}[^@\s<>,;:\"'()|]*+@{_PART}++)")
WHOLE = re.compile(r"[\w.!#$%&*+/=?^`{}~-]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
LONGEST_NAME = 100
LONGEST_ADDRESS = 254
AROUND = ' \t,;:|<>()"\N{NO-BREAK SPACE}\N{BULLET}\N{ZERO WIDTH NO-BREAK SPACE}'


class Person(NamedTuple):
    """Somebody of the list; the address is empty where there was none."""

    name: str
    email: str


class People(NamedTuple):
    """Everybody who was understood, once each, and the lines that were not."""

    found: list[Person]
    unclear: list[str]


def read_people(text: str) -> People:
    """One person a line, or several with semicolons between their addresses; the first of the same person counts."""
    found: dict[str, Person] = {}
    unclear = []
    for line in text.splitlines():
        for part in _parts(line):
            person = _person(part)
            if person is None:
                unclear.append(part)
            else:
                found.setdefault(person.email or person.name.casefold(), person)
    return People(list(found.values()), unclear)


def _parts(line: str) -> Iterator[str]:
    """The line, or each of the people that a mail program has put in it."""
    parts = line.split(";") if len(ADDRESS.findall(line)) > 1 else [line]
    return (part.strip() for part in parts if part.strip(AROUND))


def _person(part: str) -> Person | None:
    addresses = ADDRESS.findall(part)
    if len(addresses) > 1 or ("@" in part and not addresses):
        return None
    email = addresses[0].rstrip(".").lower() if addresses else ""
    if email and (len(email) > LONGEST_ADDRESS or not WHOLE.fullmatch(email)):
        return None
    name = _in_order(ADDRESS.sub(" ", part)) or from_address(email)
    is_name = any(map(str.isalpha, name)) and len(name) <= LONGEST_NAME and "\0" not in name
    return Person(name, email) if is_name else None


def _in_order(written: str) -> str:
    """ "Doe, Jane" as Jane Doe, in single spaces, without what stands around a name."""
    bare = written.strip(AROUND)
    bare = bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] == "'" else bare
    last, _, first = (part.strip(AROUND) for part in bare.partition(","))
    return " ".join(f"{first} {last}".split())


def from_address(email: str) -> str:
    """The name that jane.doe@example.org most likely stands for."""
    words = re.split(r"[._+-]+", email.partition("@")[0])
    return " ".join(word.capitalize() for word in words if word)
