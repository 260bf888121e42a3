"""Who asks, their company, its teams and the people in them."""

from collections import defaultdict

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from teams.actions.people import members as actions
from teams.actions.people.invitations import invite
from teams.api.access import ApiRequest, Bearer
from teams.api.idempotency import once
from teams.api.paging import page_of
from teams.api.problems import cleaned
from teams.api.values import Body
from teams.forms.people import NewMemberForm
from teams.models import Member, Membership, Role, Team
from teams.rules.api import Scope
from teams.tasks import nudge, send_soon

router = Router(tags=["people"])


class OrganizationOut(Schema):
    """The company."""

    id: int
    name: str
    time_zone: str
    language: str
    today: str


class TeamOut(Schema):
    """A team, and what whoever asks may do in it."""

    id: int
    slug: str
    name: str
    manages: bool


class InTeam(Schema):
    """What somebody is in a team."""

    team: str
    role: str
    competing: bool


class MemberOut(Schema):
    """Somebody in the company; the address only for those who manage them."""

    id: int
    name: str
    plan: str
    teams: list[InTeam]
    email: str | None = None


class Me(Schema):
    """Whose token it is, and what it is for."""

    member: MemberOut
    organization: OrganizationOut
    scopes: list[str]
    expires_at: str


class NewMember(Body):
    """Somebody to add; with an address they are invited by mail."""

    team: str
    name: str
    email: str = ""
    role: str = Role.REP.value
    competing: bool = True


@router.get("/me", response=Me, auth=Bearer(Scope.READ), summary="Whose token this is")
def me(request: ApiRequest) -> Me:
    """The member who made the token, with their teams."""
    viewer, token = request.viewer, request.token
    return Me(
        member=_member(viewer.member, viewer.memberships, viewer.user.email),
        organization=_organization(request),
        scopes=token.scopes,
        expires_at=token.expires_at.isoformat(),
    )


@router.get("/organization", response=OrganizationOut, auth=Bearer(Scope.READ), summary="The company")
def organization(request: ApiRequest) -> OrganizationOut:
    """The company of whoever asks, with its day."""
    return _organization(request)


@router.get("/teams", response=list[TeamOut], auth=Bearer(Scope.READ), summary="Teams")
def teams(request: ApiRequest) -> list[TeamOut]:
    """Those whose boards one may open, by name."""
    visible_teams = Team.objects.visible_to(request.viewer.user).select_related("organization").order_by("name", "pk")
    return [
        TeamOut(id=each.pk, slug=each.slug, name=each.name, manages=request.viewer.manages(each))
        for each in visible_teams
    ]


@router.get("/members", response=list[MemberOut], auth=Bearer(Scope.READ), summary="People")
def members(
    request: ApiRequest, response: HttpResponse, team: str | None = None, before: int | None = None
) -> list[MemberOut]:
    """The people of one's teams, all of the company for admins; those who were added last come first."""
    user = request.viewer.user
    visible = Member.objects.visible_to(user).filter(deactivated_on=None).select_related("user")
    if team:
        visible = visible.filter(pk__in=Membership.objects.active().filter(team__slug=team).values("member"))
    page = page_of(request, response, visible, before)
    shown_with_address = Member.objects.managed_by(user).filter(pk__in=[each.pk for each in page])
    managed = set(shown_with_address.values_list("pk", flat=True))
    there: dict[int, list[Membership]] = defaultdict(list)
    visible_memberships = Membership.objects.active().filter(team__in=Team.objects.visible_to(user), member__in=page)
    for each in visible_memberships.select_related("team"):
        there[each.member_id].append(each)
    return [
        _member(member, there[member.pk], member.user.email if member.user and member.pk in managed else None)
        for member in page
    ]


@router.post("/members", response={201: MemberOut}, auth=Bearer(Scope.PEOPLE), summary="Add somebody")
@once
def add_member(request: ApiRequest, body: NewMember) -> tuple[int, MemberOut]:
    """Somebody new in a team that one manages, as by the team's page: with an address, invited."""
    managed = Team.objects.managed_by(request.viewer.user).select_related("organization")
    team = get_object_or_404(managed, slug=body.team)
    data = cleaned(NewMemberForm(body.dict()))
    added = actions.add_member_once(team, **data)
    nudge(team.boards.stale().values_list("pk", flat=True))
    if data["email"]:
        send_soon(invite(added, data["email"], request.viewer.member, timezone.now()).pk)
    return 201, _member(added, list(added.memberships.select_related("team")), data["email"] or None)


def _member(member: Member, memberships: list[Membership], email: str | None) -> MemberOut:
    return MemberOut(
        id=member.pk,
        name=member.name,
        plan=member.plan,
        teams=[InTeam(team=each.team.slug, role=each.role, competing=each.competing) for each in memberships],
        email=email,
    )


def _organization(request: ApiRequest) -> OrganizationOut:
    company = request.viewer.organization
    return OrganizationOut(
        id=company.pk,
        name=company.name,
        time_zone=str(company.time_zone),
        language=company.language,
        today=company.today().isoformat(),
    )
