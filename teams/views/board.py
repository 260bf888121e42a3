"""The board of a team: its fragments, one's own part of it, the reason for a place, the download."""

from datetime import date
from secrets import randbelow

from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from teams.actions.audit import record
from teams.actions.exports import CSV, as_csv, board_rows
from teams.actions.kept import kept
from teams.actions.news_keys import news_key
from teams.models import Act, Board, Challenge, Goal, Standing, Team
from teams.models.board_state import board_state
from teams.models.board_table import BoardTable, Row, board_table, to_a_tenth
from teams.models.challenge_table import cards
from teams.models.goal_progress import Progress, progress_of
from teams.rules.months import Month
from teams.rules.pillars import Pillar
from teams.rules.sight import Audience
from teams.rules.standings import neighbours
from teams.views.holes import filled, frame, hole
from teams.views.viewer import Viewer, viewer

TABS = ["total", "improved", *Pillar]
FRAGMENT_LIVES = 3600
NEWS_EVERY = 2_700
JITTER = 300
"""Milliseconds between questions: never more than three seconds, and not all pages at once."""


@require_safe
@vary_on_headers("HX-Request")
def board(request: HttpRequest, team: str, month: Month | None = None) -> HttpResponse:
    """The page; asked by htmx, its live part with a new news key.

    While nothing changed the page is made once for all who see the same, and each one's own parts are filled in.
    """
    who, tab = viewer(request), _tab(request)
    if request.htmx:
        context = _context(request, who, team, month)
        context |= {"news_every": _news_every(), "news_key": _news_key(request, context)}
        return trigger_client_event(render(request, "board/_live.html", context), "news", after="settle")
    state = None if len(get_messages(request)) else board_state(who.member, team, _since(who, month))
    now = who.organization.local(timezone.now())
    key = state and (state.team, state.text, request.path, tab, get_language(), f"{now:%F %H}")
    context, page = kept(key, lambda: _page(request, who, team, month))
    plays = state is None or state.plays
    whole = filled(
        page,
        request,
        who,
        every=_news_every(),
        news=_news_key(request, context),
        own=kept(key and (*key, who.member.pk), lambda: _own(who, context, key)),
        challenges=_challenges(request, who, context["team"]) if plays else "",
    )
    return HttpResponse(whole)


@require_safe
def own_part(request: HttpRequest, team: str, month: Month) -> HttpResponse:
    """The viewer's own row and neighbours and the team's goals, asked for when the board changed."""
    shown, who = _board(request, team, month), viewer(request)
    context = {"board": shown, "team": shown.team, "audience": who.audience(shown.team)}
    return HttpResponse(_own(who, context))


@require_safe
def why(request: HttpRequest, team: str, month: Month, member_id: int) -> HttpResponse:
    """Why somebody is where they are: the reading, its day and source, who is ahead, the rule for ties."""
    shown, who = _board(request, team, month), viewer(request)
    if not may_see_place(who, shown.team, member_id):
        raise Http404
    standing = get_object_or_404(
        Standing.objects.select_related("member", "submission__typed_by", "previous"),
        board=shown,
        member=member_id,
    )
    ahead = shown.standings.filter(rank__lt=standing.rank).count()
    level = list(shown.standings.filter(rank=standing.rank).exclude(member=member_id).select_related("member"))
    context = {"board": shown, "team": shown.team, "standing": standing, "ahead": ahead, "level": level}
    context |= {
        "audience": who.audience(shown.team),
        "revisions": shown.revisions.select_related("by"),
        "amended_before": shown.rests_on_amended,
    }
    return render(request, "board/why.html", context)


@require_safe
def download(request: HttpRequest, team: str, month: Month) -> HttpResponse:
    """The standings as CSV, for those who may see all places."""
    shown, who = _board(request, team, month), viewer(request)
    if who.audience(shown.team) != Audience.RANKS:
        raise Http404
    name = f"{shown.team.slug}-{shown.month}.csv"
    record(Act.EXPORTED, teams=[shown.team], file=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_csv(board_rows(shown.team, shown.month)), content_type=CSV, headers=headers)


def fragment(shown: Board, audience: Audience, tab: str) -> str:
    """The shared part of a board as HTML; rendered once for each version, language, audience and tab."""
    if not shown.pk:
        return _render_fragment(shown, audience, tab)
    key = f"board:{shown.pk}:{shown.version}:{get_language()}:{audience}:{tab}"
    return cache.get_or_set(key, lambda: _render_fragment(shown, audience, tab), FRAGMENT_LIVES)


def mine(who: Viewer, shown: Board, audience: Audience) -> dict:
    """The viewer's own standing, and where places are shown the five around it."""
    standings = list(shown.standings.select_related("member", "submission", "previous")) if shown.pk else []
    by_member = {standing.member_id: standing for standing in standings}
    own = by_member.get(who.member.pk)
    if own is None or audience not in (Audience.RANKS, Audience.OWN):
        return {"own": None, "around": []}
    near = neighbours(list(by_member), own.member_id) if audience == Audience.RANKS else [own.member_id]
    return {"own": own, "around": [by_member[member] for member in near]}


def team_goals(team: Team) -> list[Progress]:
    """The team's running goals as they stand, whichever month is looked at."""
    today = team.organization.today()
    return progress_of(Goal.objects.filter(team=team).running(today).with_owners(), today)


def may_see_place(who: Viewer, team: Team, member_id: int) -> bool:
    """Whether somebody may see that member's place on the team's board."""
    audience = who.audience(team)
    return audience == Audience.RANKS or (audience == Audience.OWN and member_id == who.member.pk)


def _page(request: HttpRequest, who: Viewer, team: str, month: Month | None) -> tuple[dict, str]:
    """What the own parts rest on, and the page with holes for them."""
    context = _context(request, who, team, month)
    holes = {"news_key": hole("news") if context["board"].pk else None, "news_every": hole("every")}
    holes |= {"own_part": hole("own"), "challenges": hole("challenges")}
    page = render_to_string("board/board.html", context | frame(who) | holes, request)
    return {name: context[name] for name in ("board", "team", "audience", "tab")}, page


def _context(request: HttpRequest, who: Viewer, team: str, month: Month | None) -> dict:
    """What is the same for whoever sees the same of the board."""
    shown, tab = _board(request, team, month), _tab(request)
    audience, this_month = who.audience(shown.team), Month.of(who.organization.today())
    return {
        "board": shown,
        "team": shown.team,
        "month": shown.month,
        "tab": tab,
        "pillars": list(Pillar),
        "audience": audience,
        "asked_for": month is not None,
        "organization_board": who.sees_organization_board,
        "manages": who.manages(shown.team),
        "fragment": fragment(shown, audience, tab),
        "this_month": this_month,
        "current": shown if shown.month == this_month else Board.objects.of(shown.team, this_month),
    }


def _own(who: Viewer, context: dict, key: tuple | None = None) -> str:
    """The viewer's own place, and the goals of the team; these are read once under a key."""
    own = mine(who, context["board"], context["audience"])
    goals = kept(key and (*key, "goals"), lambda: team_goals(context["team"]))
    return render_to_string("board/_mine.html", context | own | {"goals": goals})


def _challenges(request: HttpRequest, who: Viewer, team: Team) -> str:
    """What the team plays for, and the results of the last weeks; whoever sees its board sees all that was sent."""
    found = cards(Challenge.objects.of_teams([team]).on_board(timezone.now()), who.member)
    return render_to_string("board/_challenges.html", {"challenges": found}, request) if found else ""


def _news_key(request: HttpRequest, context: dict) -> str:
    shown = context["board"]
    return news_key(shown, context["audience"], context["tab"], request.user) if shown.pk else ""


def _news_every() -> str:
    return str(NEWS_EVERY + randbelow(JITTER))


def _since(who: Viewer, month: Month | None) -> date:
    """The first day of what a board page may rest on: of the month that may be shown in place of a young one."""
    this_month = Month.of(who.organization.today())
    return min(month or this_month, this_month - 12).first_day


def _board(request: HttpRequest, slug: str, month: Month | None) -> Board:
    who, teams = viewer(request), Team.objects.visible_to(request.user).select_related("organization")
    team = get_object_or_404(teams, slug=slug, organization=who.organization)
    if month and not who.may_open(month):
        raise Http404
    return Board.objects.of(team, month) if month else Board.objects.to_open_first(team)


def _tab(request: HttpRequest) -> str:
    tab = request.GET.get("by", "total")
    if tab not in TABS:
        raise Http404
    return tab


def _render_fragment(shown: Board, audience: Audience, tab: str) -> str:
    table = board_table(shown)
    rows = [_shown_row(row, tab, shown.month) for row in _rows_of(table, tab)]
    context = {
        "board": shown,
        "team": shown.team,
        "table": table,
        "rows": rows,
        "tab": tab,
        "audience": audience,
    }
    return render_to_string("board/_standings.html", context)


def _rows_of(table: BoardTable, tab: str) -> list[Row]:
    if tab == "improved":
        return table.most_improved()
    return table.rows if tab == "total" else table.by_pillar(Pillar(tab))


def _shown_row(row: Row, tab: str, month: Month) -> dict:
    """What `parts/row.html` shows of a row: under a pillar its points, elsewhere the score."""
    read_late = row.submission.taken_on not in month
    return {
        "key": row.member.pk,
        "rank": row.rank,
        "climb": row.climb if tab == "total" else None,
        "name": row.member.name,
        "url": reverse("rep", args=[row.member.pk]),
        "points": row.history,
        "total": to_a_tenth(getattr(row.submission, tab)) if tab in list(Pillar) else row.total,
        "most": 25 if tab in list(Pillar) else 100,
        "change": row.change,
        "headroom_closed": row.headroom_closed if tab == "improved" else None,
        "read_late_on": row.submission.taken_on if read_late else None,
    }
