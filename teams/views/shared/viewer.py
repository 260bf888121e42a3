"""Who is looking."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect

from teams.models import Member, Team
from teams.queries.people.viewer import Viewer
from teams.views.shared.requests import Request, SignedInRequest


def viewer_of(request: Request) -> Viewer:
    """The viewer of a request; 404 for strangers, and for somebody who is signed in but in no organization."""
    if not hasattr(request, "viewer"):
        user = request.user
        member = getattr(user, "member", None)
        if not user.is_authenticated or member is None:
            raise Http404("Nobody in an organization.")
        request.viewer = Viewer(user, member)
    return request.viewer


def managed_team(request: SignedInRequest, slug: str) -> Team:
    """The team of an address, for whoever manages it; 404 for others. Asked for only where an admin has many."""
    viewer = viewer_of(request)
    own = [membership.team for membership in viewer.memberships]
    managed_teams = (own or viewer.first_managed) if viewer.member.is_admin else viewer.managed_teams
    team = next((team for team in managed_teams if team.slug == slug), None)
    if team is None and viewer.member.is_admin:
        return get_object_or_404(viewer.organization.teams, slug=slug)
    if team is None:
        raise Http404("Nobody's team that one manages.")
    return team


def visible_team(request: SignedInRequest, slug: str) -> Team:
    """The team of an address, with its organization; 404 for whoever does not see it. One's own asks no query."""
    viewer = viewer_of(request)
    own = [membership.team for membership in viewer.memberships]
    team = next((team for team in own if team.slug == slug), None)
    return team or get_object_or_404(Team.objects.visible_to(request.user).select_related("organization"), slug=slug)


def back_to_team(request: SignedInRequest, member: Member) -> HttpResponseRedirect:
    """The page of a team of theirs that the viewer manages, else of all teams; to be asked before they leave."""
    managed = viewer_of(request).managed_teams
    ours = member.memberships.active().filter(team__in=managed).select_related("team").order_by("team__name").first()
    return redirect("team", ours.team.slug) if ours else redirect("teams")
