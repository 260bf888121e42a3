"""Who is meant by a name and an address, and why one is asked about: for imports, business figures, pasted lists.

The very name first, then another spelling of it; whatever could be somebody else is asked about.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from teams.rules.people.names import name_from_address
from teams.rules.sheets import names
from teams.rules.sheets.names import key, likeness, may_be_sums, may_name, spelling


class Somebody(NamedTuple):
    """A person of the roster: their name, and the addresses that are theirs, in small letters."""

    id: int
    name: str
    emails: frozenset[str] = frozenset()


class Fit(StrEnum):
    """How sure it is who is meant, and why one must be asked about; the sentences are in `teams.words.name_doubts`."""

    SAME = "same"
    SPELLING = "spelling"
    NOBODY = "nobody"
    """Somebody new."""
    FORMER = "former"
    """A name that stands for nobody any more."""
    SEVERAL = "several"
    """Several members are called so."""
    ADDRESS = "address"
    """The member of that name has another address, or perhaps only an address was turned into the name."""
    OTHER = "other"
    """The address is a member's of another name."""
    ALIKE = "alike"
    """A member's name is nearly the same."""
    SUMS = "sums"
    """It may be a line of sums."""
    TWICE = "twice"
    """The file has two spellings for one member."""
    PAIR = "pair"
    """The file names somebody else nearly the same, or with the same address."""
    EXTREME = "extreme"
    """A Max or Min with always the highest or lowest scores of the file: actions/imports/reading.py finds them."""


ASKED_ABOUT = (Fit.SEVERAL, Fit.ADDRESS, Fit.OTHER, Fit.ALIKE, Fit.SUMS, Fit.TWICE, Fit.PAIR, Fit.EXTREME)


class Match(NamedTuple):
    """Who is meant, if that is sure, and else who may be."""

    fit: Fit
    person: Somebody | None = None
    alike: tuple[Somebody, ...] = ()


class Named(NamedTuple):
    """Somebody that a file names, and whom the roster took them for."""

    id: int
    name: str
    email: str
    person: Somebody | None


class Roster:
    """The people whom a name or an address may mean; `former` are names that stand for nobody any more."""

    def __init__(self, people: Iterable[Somebody], former: Iterable[str] = ()) -> None:
        self._by_email: dict[str, Somebody] = {}
        self._by_spelling: dict[str, list[Somebody]] = defaultdict(list)
        self._by_key: dict[str, list[Somebody]] = defaultdict(list)
        self._by_likeness: dict[str, list[Somebody]] = defaultdict(list)
        self._former = set(map(key, former))
        self.by_id: dict[int, Somebody] = {}
        for one in people:
            self.by_id[one.id] = one
            self._by_email |= dict.fromkeys(one.emails, one)
            self._by_spelling[spelling(one.name)].append(one)
            self._by_key[key(one.name)].append(one)
            self._by_likeness[likeness(one.name)].append(one)

    def match(self, name: str, email: str = "") -> Match:
        """Who is meant by a name and, where it is known, an address."""
        if email and email in self._by_email:
            return self._at_address(self._by_email[email], name)
        if key(name) in self._former:
            return Match(Fit.FORMER)
        exact = self._by_spelling.get(spelling(name), [])
        alike = exact or self._by_key.get(key(name), [])
        if len(alike) == 1:
            return _named(alike[0], Fit.SAME if exact else Fit.SPELLING, name, email)
        if alike:
            return Match(Fit.SEVERAL, alike=tuple(alike))
        if likely := self._by_likeness.get(likeness(name)):
            return Match(Fit.ALIKE, alike=tuple(likely))
        return Match(Fit.SUMS if not email and may_be_sums(name) else Fit.NOBODY)

    def _at_address(self, owner: Somebody, name: str) -> Match:
        """The owner of the address, unless the name beside it is another's or a stranger's."""
        others = [one for one in self._by_key.get(key(name), []) if one != owner]
        is_theirs = key(name) == key(owner.name) or (not others and may_name(name, owner.name))
        if not is_theirs and names.email(name) not in owner.emails:
            return Match(Fit.OTHER, alike=(owner, *others))
        return Match(Fit.SAME, owner)


def doubtful(people: Iterable[Named]) -> dict[int, Fit]:
    """Who of a file is to be asked about because others there may be the same, or must not be, by their id.

    Two spellings for one member are two people, unless each is the very name or comes with the member's address.
    """
    groups: Mapping[object, list[Named]] = defaultdict(list)
    for one in people:
        if one.person:
            groups["person", one.person.id].append(one)
            continue
        groups["likeness", likeness(one.name)].append(one)
        if one.email:
            groups["email", one.email].append(one)
    return {
        one.id: Fit.TWICE if one.person else Fit.PAIR
        for group in groups.values()
        if len(group) > 1
        for one in group
        if not one.person or not _is_sure(one, one.person)
    }


def _named(one: Somebody, fit: Fit, name: str, email: str) -> Match:
    """Somebody found by name alone: not sure where the file has another address, or perhaps only a ben@example.com."""
    if email and (one.emails or (" " not in name and name == name_from_address(email))):
        return Match(Fit.ADDRESS, alike=(one,))
    return Match(fit, one)


def _is_sure(one: Named, person: Somebody) -> bool:
    return spelling(one.name) == spelling(person.name) or (
        one.email in person.emails and key(one.name) == key(person.name)
    )
