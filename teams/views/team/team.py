"""The manager's page: who is in the team, adding somebody, entering for somebody, settings."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from teams.actions.audit import record, save_and_record
from teams.actions.boards.ranking import mark_team_stale
from teams.actions.messages.account_mails import password_link
from teams.actions.people import members
from teams.actions.people.invitations import invite
from teams.forms.members import JoinForm
from teams.forms.people import NewMemberForm, NewTeamForm, TeamForm
from teams.models import Act, Board, Member, Team
from teams.queries.boards.table import board_table
from teams.rules.errors import AddressTaken, Refused
from teams.rules.months import Month
from teams.tasks import nudge, send_soon
from teams.views.shared.changes import refusal_as_message
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team, viewer_of
from teams.views.team.members import members_context

ENDED = 50
"""How many of those who left a team its page lists, the latest first."""
TEAMS_A_PAGE = 100
CHOICES = 4000
"""How many teams all lists of teams on a page offer together: a company may have thousands of teams."""


@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: SignedInRequest) -> HttpResponse:
    """The teams somebody manages; the only one opens at once, for admins unless they ask for all. Admins add teams."""
    managed = list(Team.objects.managed_by(request.user))
    is_admin = viewer_of(request).member.is_admin
    if not managed and not is_admin:
        raise Http404
    without_team = _without_team(request) if is_admin else []
    asks_for_all = is_admin and (without_team or request.method == "POST" or "all" in request.GET)
    if len(managed) == 1 and not asks_for_all:
        return redirect("team", managed[0].slug)
    form = NewTeamForm(request.POST or None)
    if is_admin and form.is_valid():
        team, is_new = members.make_team_once(viewer_of(request).organization, form.cleaned_data["name"])
        nudge(team.boards.values_list("pk", flat=True))
        if not is_new:
            messages.info(request, _("There is a team called %(team)s: this is it.") % {"team": team})
        return redirect("team", team.slug)
    at_once = max(1, CHOICES // max(1, len(managed)))
    context = {
        "page": Paginator(managed, TEAMS_A_PAGE).get_page(request.GET.get("page")),
        "form": form if is_admin else None,
        "without_team": [JoinForm(None, member, managed) for member in without_team[:at_once]],
        "waiting": max(0, len(without_team) - at_once),
    }
    return render(request, "team/teams.html", context)


@require_safe
@vary_on_headers("HX-Request")
def team(request: SignedInRequest, team: str) -> HttpResponse:
    """Who is in, who is missing this month, and what a manager can do."""
    return _page(request, managed_team(request, team))


@require_POST
def add_member(request: SignedInRequest, team: str) -> HttpResponse:
    """A new person in the team, invited where there is an address."""
    managed = managed_team(request, team)
    form = NewMemberForm(request.POST)
    if not form.is_valid():
        return _page(request, managed, member_form=form)
    email = form.cleaned_data["email"]
    try:
        member = members.add_member_once(managed, **form.cleaned_data)
    except Refused as refused:
        form.add_error("email" if isinstance(refused, AddressTaken) else "name", str(refused))
        return _page(request, managed, member_form=form)
    nudge(managed.boards.stale().values_list("pk", flat=True))
    messages.success(request, _("%(member)s is in the team.") % {"member": member})
    if email:
        _invite(request, member, email)
    return redirect("team", managed.slug)


@require_POST
def set_access(request: SignedInRequest, member_id: int) -> HttpResponse:
    """LinkedIn shows a member no score any more (`access=no`), or does again. Managers and oneself."""
    member = get_object_or_404(Member.objects.editable_by(request.user), pk=member_id)
    lost = request.POST.get("access") == "no"
    nudge(members.set_access(member, member.organization.today() if lost else None))
    sentence = _("%(member)s is not expected any more.") if lost else _("%(member)s is expected again.")
    messages.success(request, sentence % {"member": member})
    return redirect("rep", member.pk)


@require_POST
def sign_in_link(request: SignedInRequest, member_id: int) -> HttpResponse:
    """A link by which somebody who never signed in chooses a password; shown once, to be passed on."""
    member = get_object_or_404(Member.objects.login_managed_by(request.user).select_related("user"), pk=member_id)
    if member.user is None or member.user.has_usable_password():
        raise Http404
    record(Act.SIGN_IN_LINK, member)
    return render(request, "team/sign_in_link.html", {"member": member, "link": password_link(member.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest, team: str) -> HttpResponse:
    """The team's name and how strict it is about places."""
    managed = managed_team(request, team)
    form = TeamForm(request.POST or None, instance=managed)
    if form.is_valid():
        nudge(mark_team_stale(save_and_record(form, Act.TEAM_CHANGED, teams=[managed])))
        return redirect("team", managed.slug)
    return render(request, "team/settings.html", {"team": managed, "form": form})


def _without_team(request: SignedInRequest) -> list[Member]:
    """Whom no team's page shows, for an admin."""
    return list(Member.objects.administered_by(request.user).without_team())


def _invite(request: SignedInRequest, member: Member, email: str) -> None:
    with refusal_as_message(request):
        invitation = invite(member, email, viewer_of(request).member, timezone.now())
        send_soon(invitation.pk)
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": invitation.email})


def _page(request: SignedInRequest, managed: Team, **forms: Form) -> HttpResponse:
    """The page, with whatever form has errors; asked by htmx, its list of members."""
    month = Month.of(managed.organization.today())
    board, waiting = Board.objects.of_month_and_waiting(managed, month)
    left = managed.memberships.exclude(left_on=None).select_related("member").order_by("-left_on", "-pk")
    ended = list(left[:ENDED])
    paused = [each.member for each in (ended if len(ended) < ENDED else left.filter(paused=True)) if each.paused]
    table = board_table(board, only_absent=True)
    members_list = members_context(request, managed, board, table, paused)
    context = {
        "team": managed,
        "month": month,
        "board": board,
        "waiting": waiting,
        "table": table,
        **members_list,
        "ended": ended,
        "deactivated": [member for member in paused if member.pk in members_list["logins"]],
        "displays": managed.displays.all(),
        "member_form": NewMemberForm(),
        **forms,
    }
    return render(request, "team/_members.html" if request.htmx else "team/team.html", context)
