"""Starting an organization, adding people and teams, and what LinkedIn shows them."""

from datetime import date

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.text import slugify

from teams.actions.boards import mark_team_stale
from teams.actions.refusals import Refused
from teams.models import Member, Membership, Organization, Role, Team, User


@transaction.atomic
def start_organization(*, organization: str, time_zone: str, team: str, name: str, email: str, password: str) -> User:
    """A new organization with its first team and its first person, who is its admin and manages the team."""
    company = Organization.objects.create(name=organization, time_zone=time_zone)
    user = make_login(email, password)
    member = Member.objects.create(organization=company, user=user, name=name, is_admin=True)
    first = make_team(company, team)
    Membership.objects.create(member=member, team=first, role=Role.MANAGER, competing=False, joined_on=company.today())
    return user


def make_login(email: str, password: str | None = None) -> User:
    """A user with a confirmed address; without a password they choose one by the link of a reset."""
    if User.objects.filter(email=email.strip().lower()).exists():
        raise Refused(f"{email} has a login already. Use another address.")
    user = User.objects.create_user(email, password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_team(organization: Organization, name: str) -> Team:
    """A team whose slug is made from its name, numbered where that is taken."""
    base = slugify(name)[:70] or "team"
    taken = set(organization.teams.filter(slug__startswith=base).values_list("slug", flat=True))
    slugs = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    team = Team.objects.create(
        organization=organization, name=name, slug=next(slug for slug in slugs if slug not in taken)
    )
    mark_team_stale(team)
    return team


@transaction.atomic
def add_member(team: Team, *, name: str, email: str = "", role: Role = Role.REP, competing: bool = True) -> Member:
    """A new person in the team; with an address they can sign in once they chose a password."""
    user = make_login(email) if email else None
    member = Member.objects.create(organization=team.organization, user=user, name=name)
    Membership.objects.create(
        member=member,
        team=team,
        role=role,
        competing=competing and role != Role.VIEWER,
        joined_on=team.organization.today().replace(day=1),
    )
    mark_team_stale(team)
    return member


@transaction.atomic
def set_access(member: Member, no_access_since: date | None) -> list[int]:
    """Note that LinkedIn shows a member no score any more, or does again; the boards to nudge a worker for."""
    member.no_access_since = no_access_since
    member.save(update_fields=["no_access_since"])
    memberships = member.memberships.active().filter(competing=True).select_related("team__organization")
    return [board for membership in memberships for board in mark_team_stale(membership.team)]
