"""Who is in which team as what: changing a role, moving, deactivating, bringing back, and admins.

Whoever counts managers or admins locks the team or the organization first, so that two people cannot both be let go
because each saw the other stay.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.boards.ranking import mark_team_stale
from teams.actions.displays import revoke_displays_of
from teams.actions.people.invitations import check_email_is_free
from teams.actions.people.logins import close_login, reopen_login
from teams.actions.share_links import end_share_links_of
from teams.models import (
    Act,
    Erasure,
    Invitation,
    Member,
    Membership,
    Merge,
    Organization,
    Plan,
    Role,
    Team,
)
from teams.rules.errors import AddressTaken, Refused


@transaction.atomic
def change_membership(
    membership: Membership, *, role: Role, competing: bool, today: date, plan: Plan | None = None
) -> list[int]:
    """Another role, competing or not from today on, and the member's plan; the boards to nudge a worker for.

    Refused for the last manager.
    """
    current = _locked(membership, membership.team)
    competing = competing and role != Role.VIEWER
    if current.role == Role.MANAGER and role != Role.MANAGER:
        check_a_manager_remains(current)
    if competing and not current.competing:
        _compete_once(current)
    if competing != current.competing and current.joined_on < today:
        _end(current, today)
        current = Membership(member=current.member, team=current.team, joined_on=today)
    current.role, current.competing = role, competing
    current.remind_at = timezone.now()
    current.save()
    if plan and plan != current.member.plan:
        current.member.plan = plan
        current.member.save(update_fields=["plan"])
    record(Act.CHANGED, current.member, teams=[current.team], role=role, competing=competing)
    return mark_team_stale(current.team)


@transaction.atomic
def move_member(membership: Membership, to: Team, today: date) -> list[int]:
    """Into another team from today on, with the same role; what they did in the old one stays there."""
    current = _locked(membership, membership.team, to)
    if current.member.memberships.active().filter(team=to).exists():
        raise Refused(_("%(member)s is in %(team)s already.") % {"member": current.member, "team": to})
    if current.role == Role.MANAGER:
        check_a_manager_remains(current)
    _end(current, today)
    Membership.objects.create(
        member=current.member, team=to, role=current.role, competing=current.competing, joined_on=today
    )
    record(Act.MOVED, current.member, teams=[current.team, to], left=current.team.name, joined=to.name)
    return mark_team_stale(current.team) + mark_team_stale(to)


@transaction.atomic
def join_team(member: Member, team: Team, role: Role, today: date) -> list[int]:
    """Into a team from today on, for whoever is in none; reps compete. The boards to nudge a worker for."""
    locked = lock(member, team)
    if locked.deactivated_on or locked.memberships.active().exists():
        raise Refused(_("%(name)s is not without a team any more.") % {"name": locked})
    Membership.objects.create(member=locked, team=team, role=role, competing=role == Role.REP, joined_on=today)
    record(Act.ADDED, locked, teams=[team])
    return mark_team_stale(team)


@transaction.atomic
def end_membership(membership: Membership, today: date, left_on: date | None = None) -> list[int]:
    """Out of this team from today on, or since an earlier day.

    Refused for the last manager, and where it is the member's only team.
    """
    current = _locked(membership, membership.team)
    if not current.member.memberships.active().exclude(pk=current.pk).exists():
        raise Refused(
            _("%(team)s is %(member)s's only team. Move or deactivate them instead.")
            % {"team": current.team, "member": current.member}
        )
    if current.role == Role.MANAGER:
        check_a_manager_remains(current)
    _end(current, _day_left(left_on, today))
    record(Act.TAKEN_OUT, current.member, teams=[current.team])
    return mark_team_stale(current.team)


@transaction.atomic
def deactivate(member: Member, by: Member, today: date, left_on: date | None = None) -> list[int]:
    """Out of every team from today on, or since an earlier day; signed out at once, links and displays dead.

    The history stays; and so do the rows of links, of which none works as long as somebody is deactivated.
    """
    if member == by:
        raise Refused(_("You cannot deactivate yourself. Ask another manager or admin."))
    Organization.objects.select_for_update().get(pk=member.organization_id)
    memberships = list(member.memberships.active().select_related("team__organization", "member").order_by("team_id"))
    locked = lock(member, *(membership.team for membership in memberships))
    if locked.deactivated_on:
        return []
    if locked.is_admin:
        check_an_admin_remains(locked)
    for membership in memberships:
        if membership.role == Role.MANAGER:
            check_a_manager_remains(membership)
        _end(membership, _day_left(left_on, today), paused=True)
    locked.deactivated_on = today
    locked.save(update_fields=["deactivated_on"])
    revoke_displays_of(locked)
    end_share_links_of(locked, timezone.now())
    if locked.user:
        close_login(locked.user)
    record(Act.DEACTIVATED, locked, by=by, teams=[membership.team for membership in memberships])
    return [board for membership in memberships for board in mark_team_stale(membership.team)]


@transaction.atomic
def reactivate(member: Member, today: date) -> list[int]:
    """Back in the teams that the deactivation took them from, from today on, with the login they had.

    What the clock asked for, because they were gone for so long, is taken back.
    """
    locked = lock(member)
    if locked.deactivated_on is None:
        return []
    paused = _paused(locked)
    for membership in paused:
        _resume(membership, today)
    Invitation.objects.filter(member=locked).delete()
    return _return(locked, paused, Act.REACTIVATED)


@transaction.atomic
def undo_deactivation(member: Member, today: date) -> list[int]:
    """As if it had not been: the days in teams, an invitation and the links of mails go on. On the same day only.

    Ended stay the sessions and the wall screens, which show a code by now.
    """
    locked = lock(member)
    if locked.deactivated_on is None:
        return []
    if locked.deactivated_on != today:
        raise Refused(_("%(name)s was deactivated on an earlier day. Bring them back instead.") % {"name": locked})
    paused = _paused(locked)
    for membership in paused:
        membership.left_on, membership.paused, membership.remind_at = None, False, timezone.now()
        membership.save(update_fields=["left_on", "paused", "remind_at"])
    _drop_taken_invitation(locked)
    return _return(locked, paused, Act.DEACTIVATION_TAKEN_BACK)


@transaction.atomic
def set_admin(member: Member, *, is_admin: bool) -> None:
    """Make somebody an admin of the organization, or no longer. Refused for the last one."""
    Organization.objects.select_for_update().get(pk=member.organization_id)
    locked = lock(member)
    if is_admin and (locked.user_id is None or locked.deactivated_on):
        raise Refused(_("%(name)s cannot sign in yet. Invite them first.") % {"name": locked})
    if locked.is_admin and not is_admin:
        check_an_admin_remains(locked)
    locked.is_admin = is_admin
    locked.save(update_fields=["is_admin"])
    record(Act.MADE_ADMIN if is_admin else Act.MADE_NO_ADMIN, locked)


def lock(member: Member, *teams: Team) -> Member:
    """The member as they are now; nobody else changes them or the teams until this transaction is over."""
    list(Team.objects.filter(pk__in=[team.pk for team in teams]).order_by("pk").select_for_update())
    return Member.objects.select_for_update(of=["self"]).select_related("user").get(pk=member.pk)


def _locked(membership: Membership, *teams: Team) -> Membership:
    """The membership as it is now; Refused where it has ended meanwhile."""
    lock(membership.member, *teams)
    related = ["team__organization", "member"]
    current = Membership.objects.active().filter(pk=membership.pk).select_related(*related).first()
    if current is None:
        raise Refused(
            _("%(member)s is not in %(team)s any more.") % {"member": membership.member, "team": membership.team}
        )
    return current


def _day_left(left_on: date | None, today: date) -> date:
    """The day from which on somebody is in a team no more; Refused where it has not come."""
    if left_on and left_on > today:
        raise Refused(_("That day has not come yet."))
    return left_on or today


def _end(membership: Membership, today: date, *, paused: bool = False) -> None:
    membership.left_on = max(today, membership.joined_on)
    membership.paused = paused
    membership.save(update_fields=["left_on", "paused"])


def _paused(member: Member) -> list[Membership]:
    """What the deactivation ended; Refused for whoever was erased, or is somebody else now."""
    if Erasure.objects.filter(member=member, done_at__isnull=False).exists():
        raise Refused(_("Whoever was deleted cannot be brought back. Add them as somebody new."))
    check_not_merged(member)
    return list(member.memberships.filter(paused=True).select_related("team__organization"))


def _drop_taken_invitation(member: Member) -> None:
    """Without the invitation, where somebody else got its address while they were gone."""
    for invitation in Invitation.objects.filter(member=member):
        try:
            check_email_is_free(invitation.email, member.organization_id, member)
        except AddressTaken:
            invitation.delete()


def _return(member: Member, memberships: list[Membership], act: Act) -> list[int]:
    """Deactivated no more, with the login they had; the boards to nudge a worker for."""
    member.deactivated_on = None
    member.save(update_fields=["deactivated_on"])
    if member.user:
        reopen_login(member.user)
    if Erasure.objects.open().filter(member=member, asked_by=None).delete()[0]:
        record(Act.ERASURE_TAKEN_BACK, member)
    record(act, member, teams=[membership.team for membership in memberships])
    return [board for membership in memberships for board in mark_team_stale(membership.team)]


def _resume(membership: Membership, today: date) -> None:
    """As if it had not ended, where that was today; else anew from today."""
    ended_on, membership.paused = membership.left_on or today, False
    if ended_on >= today:
        membership.left_on, membership.remind_at = None, timezone.now()
    membership.save(update_fields=["left_on", "paused", "remind_at"])
    if ended_on < today:
        Membership.objects.create(
            member_id=membership.member_id,
            team=membership.team,
            role=membership.role,
            competing=membership.competing,
            joined_on=today,
        )


def check_not_merged(member: Member) -> None:
    """Refused where they were merged into somebody else."""
    if merge := Merge.objects.filter(gone=member).select_related("kept").first():
        raise Refused(_("%(gone)s is %(kept)s now. Take the merge back first.") % {"gone": member, "kept": merge.kept})


def check_a_manager_remains(leaving: Membership) -> None:
    """Refused where they are the team's last manager."""
    others = leaving.team.memberships.active().filter(role=Role.MANAGER).exclude(pk=leaving.pk)
    if not others.exists():
        raise Refused(
            _("%(member)s is the last manager of %(team)s. Make somebody else a manager first.")
            % {"member": leaving.member, "team": leaving.team}
        )


def check_managers_remain(leaving: Member) -> None:
    """Refused where they are some team's last manager."""
    for membership in leaving.memberships.active().filter(role=Role.MANAGER).select_related("team", "member"):
        check_a_manager_remains(membership)


def check_an_admin_remains(leaving: Member) -> None:
    """Refused where they are the organization's last admin."""
    admins = Member.objects.filter(organization=leaving.organization_id, is_admin=True, deactivated_on=None)
    if leaving.is_admin and not admins.exclude(pk=leaving.pk).exists():
        raise Refused(_("%(name)s is the last admin. Make somebody else an admin first.") % {"name": leaving})


def _compete_once(membership: Membership) -> None:
    elsewhere = membership.member.memberships.active().filter(competing=True).exclude(pk=membership.pk)
    if elsewhere.exists():
        raise Refused(
            _("%(member)s competes in another team already, and one competes in one team only.")
            % {"member": membership.member}
        )
