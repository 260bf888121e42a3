"""The readings of several people for one month of their team, as its manager types them: all at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from teams.actions.audit import record_all
from teams.actions.boards.ranking import mark_members_stale
from teams.actions.goals import look_again_after_withdrawal
from teams.actions.months.closing import revise
from teams.actions.submissions import (
    lock_members,
    log_entries,
    manages,
    no_longer_counts,
    not_in_team,
    refusal_sentence,
    says_the_same,
)
from teams.models import Board, Member, Submission


class Filed(NamedTuple):
    """How many readings were stored, why others were not, by member's id, and the boards to nudge a worker for."""

    stored: int
    problems: dict[int, str]
    boards: list[int]


@transaction.atomic
def file_readings(board: Board, submissions: Sequence[Submission], by: Member, now: datetime) -> Filed:
    """File readings of the board's month, at most one a member; what a rule forbids is left out, and said.

    In a closed month they are amendments. As many statements for many as for one; the order of the locks is that of
    `actions.submissions`, the members first.
    """
    problems = _not_in_team(board, submissions, by)
    allowed = [each for each in submissions if each.member_id not in problems]
    if not allowed:
        return Filed(0, problems, [])
    members = [each.member_id for each in allowed]
    lock_members(members)
    boards = mark_members_stale(members, board.month)
    filed = _FiledReadings(board, allowed, now)
    problems |= {each.member_id: problem for each in allowed if (problem := filed.problem(each))}
    new = [each for each in allowed if each.member_id not in problems and not filed.has(each)]
    Submission.objects.bulk_create(new)
    if replaced := [each.replaces_id for each in new if each.replaces_id]:
        look_again_after_withdrawal(replaced, now)
    if new and filed.is_amended:
        revise(board, [each.member for each in new], by, new[0].reason, now)
    elif new:
        record_all([entry for each in new for entry in log_entries(each)])
    return Filed(len(new), problems, boards)


class _FiledReadings:
    """What was filed already, read once the members and the boards are locked."""

    def __init__(self, board: Board, submissions: Sequence[Submission], now: datetime) -> None:
        members = [each.member_id for each in submissions]
        self.organization = board.team.organization
        self.is_amended = board.closed_at is not None
        stored = Board.objects.filter(pk=board.pk).first() or board
        is_over = self.organization.has_closed(board.month, now) and not stored.in_history
        self.is_closed = not self.is_amended and (stored.closed_at is not None or is_over)
        counting = Submission.objects.counting().filter(member__in=members, month=board.month)
        self.counting = list(counting.order_by("taken_on", "pk"))
        self.latest = {each.member_id: each for each in self.counting}
        replaced = [each.replaces_id for each in submissions if each.replaces_id]
        self.corrections = {each.replaces_id: each for each in Submission.objects.filter(replaces__in=replaced)}

    def has(self, given: Submission) -> bool:
        """Whether the very reading stands already."""
        stored = self.corrections.get(given.replaces_id) if given.replaces_id else self.latest.get(given.member_id)
        return stored is not None and says_the_same(stored, given)

    def problem(self, given: Submission) -> str | None:
        """Why it cannot be filed; None where it can, or stands already."""
        if self.has(given):
            return None
        if given.replaces_id and given.replaces not in self.counting:
            return no_longer_counts()
        if self.is_amended and not given.reason:
            return _("Say why the final standings are changed.")
        given.member.organization = self.organization
        has_reading = given.member_id in self.latest
        return refusal_sentence(given, amending=self.is_amended, is_closed=self.is_closed, has_reading=has_reading)


def _not_in_team(board: Board, submissions: Sequence[Submission], by: Member) -> dict[int, str]:
    """Those for whom somebody files nothing on this board, by member's id, each with the sentence."""
    may_file = manages(by, board.team.organization_id, board.team)
    reps = set(board.reps.values_list("pk", flat=True)) if may_file else set()
    return {each.member_id: not_in_team(each.member, board.month) for each in submissions if each.member_id not in reps}
