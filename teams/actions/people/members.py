"""Starting an organization, adding people and teams, and what LinkedIn shows them."""

from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.boards.ranking import mark_team_stale
from teams.actions.people.invitations import check_email_is_free
from teams.actions.people.logins import make_login
from teams.models import Act, Member, Membership, Organization, Role, Team, User, WallChoice
from teams.rules.errors import Refused
from teams.rules.sheets.names import spelling


@transaction.atomic
def start_organization(*, organization: str, time_zone: str, team: str, name: str, email: str, password: str) -> User:
    """A new organization with its first team and its first person, who is its admin and manages the team."""
    company = Organization.objects.create(name=organization, time_zone=time_zone)
    user = make_login(email, password)
    member = Member.objects.create(organization=company, user=user, name=name, is_admin=True)
    first = make_team(company, team, by=member)
    Membership.objects.create(member=member, team=first, role=Role.MANAGER, competing=False, joined_on=company.today())
    return user


@transaction.atomic
def make_team(organization: Organization, name: str, by: Member | None = None) -> Team:
    """A team whose slug is made from its name, numbered where that is taken."""
    base = slugify(name)[:70] or "team"
    taken = set(organization.teams.filter(slug__startswith=base).values_list("slug", flat=True))
    slugs = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    team = Team.objects.create(
        organization=organization, name=name, slug=next(slug for slug in slugs if slug not in taken)
    )
    mark_team_stale(team)
    record(Act.TEAM_MADE, by=by, teams=[team])
    return team


@transaction.atomic
def add_member(team: Team, *, name: str, role: Role = Role.REP, competing: bool = True) -> Member:
    """A new person in the team, known by name until an invitation gives them a login."""
    member = Member.objects.create(organization=team.organization, name=name)
    Membership.objects.create(
        member=member,
        team=team,
        role=role,
        competing=competing and role != Role.VIEWER,
        joined_on=team.organization.today().replace(day=1),
    )
    mark_team_stale(team)
    record(Act.ADDED, member, teams=[team])
    return member


@transaction.atomic
def add_member_once(team: Team, *, name: str, role: Role = Role.REP, competing: bool = True, email: str = "") -> Member:
    """As `add_member`; Refused where somebody here has the address, or is called so in the team: a second click."""
    Team.objects.select_for_update().get(pk=team.pk)
    check_name_is_free(name, team)
    check_email_is_free(email, team.organization_id)
    return add_member(team, name=name, role=role, competing=competing)


def check_name_is_free(name: str, team: Team, member: Member | None = None) -> None:
    """Refused where somebody else in the team is called so."""
    others = Member.objects.filter(memberships__team=team, memberships__left_on=None)
    if member:
        others = others.exclude(pk=member.pk)
    if spelling(name) in map(spelling, others.values_list("name", flat=True)):
        sentence = _("%(name)s is in %(team)s already. Is it somebody else? Add what tells them apart to the name.")
        raise Refused(sentence % {"name": name, "team": team})


@transaction.atomic
def make_team_once(organization: Organization, name: str) -> tuple[Team, bool]:
    """The team of that name, and whether it is new: a double click makes one."""
    Organization.objects.select_for_update().get(pk=organization.pk)
    known = organization.teams.filter(name__iexact=name).first()
    return (known, False) if known else (make_team(organization, name), True)


@transaction.atomic
def set_access(member: Member, no_access_since: date | None) -> list[int]:
    """Note that LinkedIn shows a member no score any more, or does again; the boards to nudge a worker for."""
    member.no_access_since = no_access_since
    member.save(update_fields=["no_access_since"])
    record(Act.ACCESS_LOST if no_access_since else Act.ACCESS_BACK, member)
    return mark_boards_of(member)


@transaction.atomic
def set_wall_name(member: Member, choice: WallChoice) -> list[int]:
    """How walls show a member from now on; the boards to nudge a worker for."""
    Member.objects.filter(pk=member.pk).update(wall_name=choice)
    record(Act.OWN_SETTINGS, by=member)
    return mark_boards_of(member)


def mark_boards_of(member: Member) -> list[int]:
    """Mark the open boards on which a member's name stands; those to nudge a worker for."""
    memberships = member.memberships.active().filter(competing=True).select_related("team__organization")
    return [board for membership in memberships for board in mark_team_stale(membership.team)]


def set_language(user: User, language: str) -> None:
    """In which language pages and mails are from now on; empty as the browser asks for."""
    user.language = language
    user.save(update_fields=["language"])
