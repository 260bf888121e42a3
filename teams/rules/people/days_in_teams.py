"""From when to when somebody is in a team."""

from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """Days from `first` on, until the day before `end`; without an `end` they go on."""

    first: date
    end: date | None

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day < (self.end or date.max)

    def meets(self, other: "Span") -> bool:
        """Whether there is a day in both."""
        return max(self.first, other.first) < min(self.end or date.max, other.end or date.max)


def added_days(before: Span, after: Span) -> list[Span]:
    """The days of `after` that are not in `before`: a span before it, a span behind it, either or none."""
    earlier = Span(after.first, min(before.first, after.end or date.max))
    later = Span(max(before.end or date.max, after.first), after.end)
    return [days for days in (earlier, later) if days.first < (days.end or date.max)]
