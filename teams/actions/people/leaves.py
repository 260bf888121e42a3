"""Days on which a member is not expected to submit: noting and removing them."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.boards.ranking import mark_boards_stale
from teams.models import Act, Board, Leave, Member
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.words.figures import day

LOOKS_BACK = 3
"""So many months later a board still asks who was away."""


@transaction.atomic
def add_leave(member: Member, starts_on: date, ends_on: date) -> list[int]:
    """Note a leave, in advance or afterwards; the boards to nudge a worker for."""
    Member.objects.select_for_update().get(pk=member.pk)
    noted = member.leaves.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if noted:
        raise Refused(
            _("There is an absence from %(first)s to %(last)s already.")
            % {"first": day(noted.starts_on), "last": day(noted.ends_on)}
        )
    record(Act.LEAVE_NOTED, member, start=starts_on, end=ends_on)
    return _marked(Leave.objects.create(member=member, starts_on=starts_on, ends_on=ends_on))


@transaction.atomic
def remove_leave(leave: Leave) -> list[int]:
    """As if it had never been noted; the boards to nudge a worker for."""
    marked = _marked(leave)
    record(Act.LEAVE_REMOVED, leave.member, start=leave.starts_on, end=leave.ends_on)
    leave.delete()
    return marked


def _marked(leave: Leave) -> list[int]:
    """Mark the boards that ask for these days; look anew whether the member is reminded."""
    leave.member.memberships.active().wake_reminders()
    boards = Board.objects.filter(
        team__memberships__member=leave.member,
        month__range=(Month.of(leave.starts_on), Month.of(leave.ends_on) + LOOKS_BACK),
    )
    return mark_boards_stale(boards.values_list("pk", flat=True))
