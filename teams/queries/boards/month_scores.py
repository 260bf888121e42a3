"""Everybody who competes in a month beside all that was ever filed for it: what a form of their scores is made of."""

from dataclasses import dataclass

from teams.models import Board, Member, Submission
from teams.rules.months import Month


@dataclass(frozen=True)
class MonthScores:
    """Who competes, by name; the reading that is each one's score, by member's id; every reading by its id as text."""

    month: Month
    reps: list[Member]
    current: dict[int, Submission]
    by_id: dict[str, Submission]


def month_scores(board: Board, reps: list[Member]) -> MonthScores:
    """What was filed for some who compete on a board; one query, however many."""
    filed = Submission.objects.filter(member__in=[rep.pk for rep in reps], month=board.month)
    readings = list(filed.select_related("withdrawal").order_by("taken_on", "pk"))
    gone = {reading.replaces_id for reading in readings} | {
        reading.pk for reading in readings if hasattr(reading, "withdrawal")
    }
    current = {reading.member_id: reading for reading in readings if reading.pk not in gone}
    return MonthScores(board.month, reps, current, {str(reading.pk): reading for reading in readings})
