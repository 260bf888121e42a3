"""The readings that challenges are judged by."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from teams.models.challenges.challenges import Challenge
from teams.models.figures import Figure
from teams.models.submissions import Source
from teams.queries.prepared_sql import named_rows
from teams.rules.challenges import counting
from teams.rules.challenges.counting import Typed
from teams.rules.challenges.terms import Terms, as_shown
from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.rules.scores import REACH_BACK, is_evidenced

PASTED = (Source.PASTED, Source.JSON)
READINGS = Path(__file__).with_name("readings.sql").read_text()


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A reading with every figure, and what became of it."""

    id: int
    member_id: int
    taken_on: date
    typed_at: datetime
    day_unknown: bool
    total: int
    brand: Decimal | None
    people: Decimal | None
    insights: Decimal | None
    relationships: Decimal | None
    replaces_id: int | None
    withdrawn_at: datetime | None
    is_confirmed: bool
    source: str

    @property
    def is_evidenced(self) -> bool:
        """Whether more speaks for it than its reader's word."""
        pillars = tuple(getattr(self, pillar) for pillar in Pillar)
        return is_evidenced(
            self.total,
            pillars,
            is_pasted=self.source in PASTED,
            is_confirmed=self.is_confirmed,
            is_pictured=self.source == Source.PICTURE,
        )

    def typed(self, figure: str) -> Typed:
        """The plain value that rules work with; a reading whose day is unknown counts nowhere: it has no value."""
        value = getattr(self, figure)
        value = None if value is None or self.day_unknown else as_shown(value, figure)
        return Typed(
            self.id,
            self.taken_on,
            self.typed_at,
            value,
            self.replaces_id,
            self.withdrawn_at,
            self.is_confirmed,
            self.is_evidenced,
        )


def readings_near(members: Collection[int], all_terms: Collection[Terms]) -> Mapping[int, list[StoredReading]]:
    """What each of the members read around the days of challenges, in the order of storing; one query."""
    readings_by_member: dict[int, list[StoredReading]] = defaultdict(list)
    if not members or not all_terms:
        return readings_by_member
    since = min(first_day(terms) for terms in all_terms)
    until = max(terms.ends_on for terms in all_terms)
    for reading in named_rows(StoredReading, READINGS, members=list(members), since=since, until=until):
        readings_by_member[reading.member_id].append(reading)
    return readings_by_member


def first_day(terms: Terms) -> date:
    """The first day on which a reading may matter: a baseline of the days before, or a silent rep's last score."""
    return min(terms.starts_on - counting.BASELINE_DAYS, (Month.of(terms.starts_on) - REACH_BACK).first_day)


def figures_near(members: Collection[int], challenges: Collection[Challenge]) -> Mapping[tuple[int, int], list[Typed]]:
    """What each of the members entered of what challenges count, by counter and member; one query, if any counts.

    A figure that was entered later replaces the one before it; an empty one has no value, and so takes it back.
    """
    found: dict[tuple[int, int], list[Typed]] = defaultdict(list)
    counting_ones = [each for each in challenges if each.counter_id]
    if not members or not counting_ones:
        return found
    since = min(Month.of(each.starts_on) for each in counting_ones) - 1
    until = max(Month.of(each.ends_on) for each in counting_ones)
    counters = {each.counter_id for each in counting_ones}
    figures = Figure.objects.filter(counter__in=counters, member__in=members, month__range=(since, until))
    last: dict[tuple[int, int, Month], int] = {}
    columns = figures.order_by("pk").values_list("pk", "counter_id", "member_id", "month", "typed_at", "value")
    for pk, counter, member, month, typed_at, value in columns:
        replaced = last.get((counter, member, month))
        found[counter, member].append(Typed(pk, month.last_day, typed_at, value, replaced))
        last[counter, member, month] = pk
    return found
