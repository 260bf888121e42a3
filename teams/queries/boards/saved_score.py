"""What a reading that was just saved means: its change, whether it is one's best month, the place, who is next."""

from dataclasses import dataclass

from django.db.models import Value

from teams.fields import MonthField
from teams.models import Board, Member, Standing, Submission
from teams.models.moments import best_month_gain
from teams.rules.scores import Change, Reading, change
from teams.rules.standings import is_complete


@dataclass(frozen=True)
class NextAbove:
    """The nearest rep above, and by how many points."""

    name: str
    total: int
    points: int


@dataclass(frozen=True)
class SavedScore:
    """The reading beside one's other months; `later` is the one that is the month's score instead, if another is.

    `is_best` where it makes a moment, so that no page praises what Today and the wall keep quiet about.
    """

    submission: Submission
    change: Change | None
    is_best: bool
    later: Reading | None


@dataclass(frozen=True)
class SavedPlace:
    """The place that a score has on its board, worker or not; `above` is None where nobody has more."""

    board: Board
    place: int
    ranked: int
    above: NextAbove | None


def saved_score(submission: Submission, member: Member) -> SavedScore:
    """A member's own reading against their other months; two queries."""
    gain = best_month_gain(Value(submission.month, MonthField()))
    scores = {score.month: score for score in member.scores.order_by("month").annotate(gain=gain)}
    counted = scores[submission.month]
    before = [score for month, score in scores.items() if month < submission.month]
    earlier = before and Reading(before[-1].total, before[-1].taken_on, before[-1].month)
    marks = list(member.organization.recalibrations.values_list("day", "shift"))
    is_counted = counted.pk == submission.pk
    return SavedScore(
        submission=submission,
        change=change(submission.reading(), earlier or None, marks) if is_counted else None,
        is_best=is_counted and counted.gain is not None,
        later=None if is_counted else Reading(counted.total, counted.taken_on, counted.month),
    )


def saved_place(submission: Submission, board: Board) -> SavedPlace | None:
    """The place of a reading that may not be ranked yet, among the others' standings; one query.

    None below 60 % coverage, and while the board was never ranked.
    """
    standings = Standing.objects.filter(board=board).exclude(member=submission.member_id)
    others = list(standings.order_by("total", "member__name__alphabetical").values_list("total", "member__name"))
    ranked = len(others) + 1
    if board.ranked_at is None or not is_complete(ranked, board.expected):
        return None
    above = [(total, name) for total, name in others if total > submission.total]
    nearest = NextAbove(above[0][1], above[0][0], above[0][0] - submission.total) if above else None
    return SavedPlace(board, len(above) + 1, ranked, nearest)
