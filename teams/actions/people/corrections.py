"""Corrections of what was noted wrongly of a person: the name, the days in a team, or that they are there at all."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.boards.ranking import mark_member_stale, mark_team_stale
from teams.actions.people.logins import close_login
from teams.actions.people.members import check_name_is_free, mark_boards_of
from teams.actions.people.memberships import check_an_admin_remains, check_managers_remain, lock
from teams.models import Act, Challenge, Debt, Entry, Figure, Goal, Invitation, Member, Membership, Submission
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.rules.people.days_in_teams import Span, added_days


@transaction.atomic
def correct(
    membership: Membership, by: Member, *, joined_on: date, left_on: date | None = None, name: str = ""
) -> list[int]:
    """Correct the days in a team and the name, if given, or neither; return the boards to nudge a worker for."""
    renamed = correct_name(membership.member, name) if name else []
    return renamed + correct_days(membership, by, joined_on, left_on)


@transaction.atomic
def correct_name(member: Member, name: str) -> list[int]:
    """Correct the name; return the boards to nudge a worker for. The database keeps the earlier one for an erasure."""
    locked = lock(member)
    if name == locked.name:
        return []
    for membership in locked.memberships.active().select_related("team"):
        check_name_is_free(name, membership.team, locked)
    locked.name = name
    locked.save(update_fields=["name"])
    record(Act.NAME_CORRECTED, locked)
    return mark_boards_of(locked)


@transaction.atomic
def correct_days(membership: Membership, by: Member, joined_on: date, left_on: date | None) -> list[int]:
    """Correct the days on which somebody joined and left, if they did; return the boards to nudge a worker for.

    Months that are final keep their figures. Refused where this adds a day that they spent elsewhere, or any for
    whoever manages them no more: what was read on it would become theirs to see.
    """
    member = lock(membership.member, membership.team)
    current = Membership.objects.select_related("team__organization", "member").get(pk=membership.pk)
    today = current.team.organization.today()
    if max(joined_on, left_on or joined_on) > today:
        raise Refused(_("That day has not come yet."))
    if left_on and left_on < joined_on:
        raise Refused(_("They left before they joined: correct one of the days."))
    if (left_on is None) != (current.left_on is None):
        raise Refused(_("%(member)s is not in %(team)s any more.") % {"member": member, "team": current.team})
    before, after = Span(current.joined_on, current.left_on), Span(joined_on, left_on)
    _check_added_days(current, by, added_days(before, after))
    if before == after:
        return []
    current.joined_on, current.left_on = joined_on, left_on
    current.save(update_fields=["joined_on", "left_on"])
    if left_on:
        record(Act.DAYS_CORRECTED, member, teams=[current.team], start=joined_on, end=left_on)
    else:
        record(Act.DAY_JOINED_CORRECTED, member, teams=[current.team], start=joined_on)
    return _mark_boards_since(current, min(before.first, after.first))


def _check_added_days(membership: Membership, by: Member, added: list[Span]) -> None:
    """Refuse days on which they were in another team, and any by somebody who does not manage them now."""
    member = membership.member
    for other in member.memberships.exclude(pk=membership.pk).select_related("team"):
        if any(days.meets(Span(other.joined_on, other.left_on)) for days in added):
            raise Refused(
                _("%(member)s was in %(team)s then. Correct the days there first.")
                % {"member": member, "team": other.team}
            )
    if added and not _is_managed(member, by):
        raise Refused(_("%(member)s is in no team of yours any more. Ask an admin to add days.") % {"member": member})


def _is_managed(member: Member, by: Member) -> bool:
    """Whether somebody belongs to a team that `by` manages, or did when they were deactivated, and to no other."""
    if by.user is None:
        return False
    managed_members = Member.objects.managed_by(by.user) | Member.objects.login_managed_by(by.user)
    return managed_members.filter(pk=member.pk).exists()


def _mark_boards_since(membership: Membership, since: date) -> list[int]:
    """Mark the team's open boards, and the member's of the months since then, some of which had no board before."""
    months = membership.member.submissions.filter(month__gte=Month.of(since)).values_list("month", flat=True)
    member_boards = [board for month in sorted(set(months)) for board in mark_member_stale(membership.member, month)]
    return member_boards + mark_team_stale(membership.team)


@transaction.atomic
def remove_member(member: Member, by: Member) -> list[int]:
    """Remove somebody who was added by mistake, as if never in a team; return the boards to nudge a worker for.

    Refused where they have something of their own: then they are deactivated, or merged with whom they are.
    """
    if member == by:
        raise Refused(_("You cannot remove yourself. Ask another manager or admin."))
    memberships = list(member.memberships.select_related("team__organization").order_by("team_id"))
    locked = lock(member, *(membership.team for membership in memberships))
    if has_own_records(locked):
        raise Refused(_("%(member)s has readings, goals or challenges. Deactivate them instead.") % {"member": locked})
    check_an_admin_remains(locked)
    check_managers_remain(locked)
    record(Act.REMOVED, locked, teams=[membership.team for membership in memberships])
    locked.memberships.all().delete()
    Invitation.objects.filter(member=locked).delete()
    if locked.user:
        close_login(locked.user)
    locked.deactivated_on, locked.is_admin = member.organization.today(), False
    locked.save(update_fields=["deactivated_on", "is_admin"])
    return [board for team in {each.team for each in memberships} for board in mark_team_stale(team)]


def has_own_records(member: Member) -> bool:
    """Whether there is anything that somebody would lose, or that others would miss, if they had never been there."""
    own_rows: list[QuerySet[Any]] = [
        Submission.objects.all(),
        Goal.objects.all(),
        Entry.objects.all(),
        Figure.objects.all(),
    ]
    made_challenge = Challenge.objects.filter(maker=member).exists()
    debts = Debt.objects.filter(debtor=member) | Debt.objects.filter(creditor=member)
    return made_challenge or debts.exists() or any(rows.filter(member=member).exists() for rows in own_rows)
