"""A month as its manager sees it: every reading that counts, what to look at twice, and who vouched for it."""

from dataclasses import dataclass

from teams.models.boards.boards import Board
from teams.models.submissions import Score, Source, Submission
from teams.rules.scores import REACH_BACK, flags


@dataclass(frozen=True)
class MonthReading:
    """A reading that counts, with its flags against the month before."""

    submission: Submission
    flags: list[str]

    @property
    def is_imported(self) -> bool:
        """Whether it came with a file."""
        return self.submission.source in (Source.IMPORT, Source.SALES_NAVIGATOR)

    @property
    def is_confirmed(self) -> bool:
        """Whether a manager confirmed it."""
        return hasattr(self.submission, "confirmation")


def month_readings(board: Board) -> list[MonthReading]:
    """The readings of everybody who competes on the board, by name, the latest first; three queries."""
    reps = board.reps
    readings = (
        Submission.objects.counting()
        .filter(member__in=reps, month=board.month)
        .select_related("member", "typed_by", "confirmation__by")
        .order_by("member__name__alphabetical", "member_id", "-taken_on", "-id")
    )
    reach = (board.month - REACH_BACK, board.month - 1)
    scores = Score.objects.filter(member__in=reps, month__range=reach).select_related("submission").order_by("month")
    before = {score.member_id: score.submission.reading() for score in scores}
    return [MonthReading(reading, flags(reading.reading(), before.get(reading.member_id))) for reading in readings]
