"""What came out of a paste, and which numbers are possible."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from teams.rules.measure import Pillar, adds_up, rounded, total_of

GROUPS = ("industry", "network")


class State(StrEnum):
    """ok: total and four pillars; partial: some of it; discontinued: LinkedIn says that access has ended."""

    OK = "ok"
    PARTIAL = "partial"
    DISCONTINUED = "discontinued"
    NOT_SSI_PAGE = "not_ssi_page"


@dataclass(frozen=True, slots=True)
class Reading:
    """The fields of the form, None where nothing was found, and the names of those to look at twice."""

    state: State
    total: int | None = None
    brand: Decimal | None = None
    people: Decimal | None = None
    insights: Decimal | None = None
    relationships: Decimal | None = None
    industry_rank: int | None = None
    network_rank: int | None = None
    industry_average: int | None = None
    network_average: int | None = None
    unsure: frozenset[str] = frozenset()


NOT_SSI_PAGE = Reading(State.NOT_SSI_PAGE)
DISCONTINUED = Reading(State.DISCONTINUED)


def reading(values: Mapping[str, Decimal | int | None], unsure: frozenset[str] = frozenset()) -> Reading | None:
    """The reading that these values make; None when there are none.

    A total that is missing is computed, and as sure as its pillars. One that its pillars cannot make is
    kept as shown, and unsure.
    """
    found = {name: value for name, value in values.items() if value is not None}
    pillars = {pillar: found.get(pillar) for pillar in Pillar}
    if "total" not in found and (computed := total_of(pillars)) is not None:
        found["total"] = computed
        unsure |= {"total"} if unsure & set(Pillar) else set()
    if not found:
        return None
    complete = "total" in found and None not in pillars.values()
    if complete and not adds_up(found["total"], pillars):
        unsure |= {"total"}
    return Reading(State.OK if complete else State.PARTIAL, **found, unsure=unsure & found.keys())


def pillar_score(value: Decimal | None) -> Decimal | None:
    """A pillar's score to three decimals, as LinkedIn shows it; None outside 0–25."""
    if value is None or not 0 <= value <= 25:
        return None
    return abs(value.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP))


def whole(value: Decimal | None, *, least: int = 0) -> int | None:
    """A total, average or rank as LinkedIn shows it, rounded half up; None outside `least`–100."""
    if value is None or not 0 <= value <= 100:
        return None
    return number if (number := rounded(value)) >= least else None
