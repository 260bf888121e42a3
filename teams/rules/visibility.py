"""Who sees the figures of others, wherever they stand; and what a wall shows of them.

The same as rows: `figures_visible_to` of the QuerySets in `teams/models/people/members.py` and `teams.py`.
"""

import unicodedata
from collections.abc import Collection, Iterable
from enum import StrEnum


class Audience(StrEnum):
    """Who a shared fragment of a board is made for."""

    RANKS = "ranks"
    """All places."""
    OWN = "own"
    """Coverage and mean; one's own place comes apart."""
    NONE = "none"
    """Coverage and mean only."""
    WALL = "wall"
    """The upper half, for an office."""


FEWEST = 5
"""A mean of fewer reps says too much of each."""


def sees_figures(visibility: str, *, manages: bool) -> bool:
    """Whether somebody who belongs to a team sees its reps' figures, by its setting (all, own, none).

    One's own figures are always one's own to see, and this is not asked.
    """
    return manages or visibility == "all"


def shows_figures(memberships: Iterable[tuple[int, bool]], seen_teams: Collection[int]) -> bool:
    """Whether a colleague's figures are shown to somebody who sees those of some teams' reps.

    The colleague's memberships are pairs of a team's id and whether they compete there: the team in which they compete
    decides, or for those who compete in none any that they belong to.
    """
    pairs = list(memberships)
    competing = [team for team, competes in pairs if competes]
    return any(team in seen_teams for team in competing or [team for team, _ in pairs])


def sees_mean(visibility: str, reps: int, *, manages: bool) -> bool:
    """Whether somebody sees a mean of so many reps of a team."""
    return sees_figures(visibility, manages=manages) or reps >= FEWEST


def audience(visibility: str, *, manages: bool, competes: bool, sees_ranks: bool) -> Audience:
    """The audience somebody belongs to, by the setting (all, own, none) and their own switch."""
    if not sees_ranks:
        return Audience.NONE
    if sees_figures(visibility, manages=manages):
        return Audience.RANKS
    return Audience.OWN if visibility == "own" and competes else Audience.NONE


WALL_ROWS = range(2, 9)
"""How many rows of a board a wall may show."""


def wall_size(ranked: int, most: int = WALL_ROWS[-1]) -> int:
    """How many rows of a board a wall shows: the upper half, at least two and at most `most`."""
    return min(ranked, max(WALL_ROWS[0], min(most, ranked // 2)))


def initials(name: str) -> str:
    """J. D. for Jane Doe, as a wall shows somebody who does not want their name there."""
    return " ".join(f"{word[0].upper()}." for word in name.split())


def short_name(name: str) -> str:
    """Maximilian G.-H. for Maximilian Graf-Hohenstein, where there is no room for more; one word stays as it is."""
    first, *others = name.split() or [""]
    letters = ("-".join(f"{part[:1]}." for part in word.split("-") if part) for word in others)
    return " ".join([first, *letters])


def is_latin(name: str) -> bool:
    """Whether each letter of a name is one of the Latin alphabet, which the embedded font has."""
    letters = filter(str.isalpha, unicodedata.normalize("NFKD", name))
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)


def wall_name(name: str, policy: str, choice: str) -> str | None:
    """How a wall names somebody, by the organization's policy and their own choice; None: their row is left out.

    Both are "name" or "initials", the choice also "out"; the stricter counts.
    """
    if choice == "out":
        return None
    return name if policy == choice == "name" else initials(name)
