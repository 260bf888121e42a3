"""The board of a team: its fragments, one's own part of it, the reason for a place, the download."""

from datetime import date

from django.contrib.messages import get_messages
from django.core.cache import cache
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from teams.actions.audit import record
from teams.actions.exports import CSV, as_csv, board_rows
from teams.live.memoized import memoized
from teams.live.news_keys import news_key
from teams.live.polling import news_every
from teams.models import Act, Board, Challenge, Goal, Recalibration, Standing, Team
from teams.queries.boards.state import BoardState, board_state
from teams.queries.boards.table import BoardTable, Place, Row, board_table
from teams.queries.challenges.table import cards
from teams.queries.goals.progress import Progress, progress_of, without_means_of_few
from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.rules.standings import neighbours
from teams.rules.visibility import Audience
from teams.views.shared.holes import cut, fill, filled, frame, hole
from teams.views.shared.limits import always, limited
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import Viewer, viewer

TABS = ["total", "improved", *Pillar]
FRAGMENT_LIVES = 3600


@require_safe
@vary_on_headers("HX-Request")
def board(request: SignedInRequest, team: str, month: Month | None = None) -> HttpResponse:
    """The page; asked by htmx, its live part with a new news key.

    While nothing changed the page is made once for all who see the same, and each one's own parts are filled in.
    """
    who, tab = viewer(request), _tab(request)
    if request.htmx:
        context = _context(request, who, team, month, tab)
        context |= {"news_every": news_every(), "news_key": _news_key(request, context)}
        context |= {"fragment": fragment(context["board"], context["audience"], tab)}
        return trigger_client_event(render(request, "board/_live.html", context), "news", after="settle")
    own_words = len(get_messages(request)) or who.erased_at
    state = None if own_words else board_state(who.member, team, _since(who, month))
    key = state and (*state, *_shown_to(request, who), tab)
    context, page = memoized(key, lambda: _page(request, who, team, month, tab, state))
    plays = state is None or state.plays
    whole = filled(
        page,
        request,
        who,
        every=news_every(),
        news=_news_key(request, context),
        own_part=memoized(key and (*key, who.member.pk), lambda: _own(who, context)),
        goals=memoized(key and (*key, "goals"), lambda: render_to_string("board/_goals.html", context)),
        challenges=_challenges(request, who, context["team"]) if plays else "",
    )
    return HttpResponse(whole)


@require_safe
def own_part(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """The viewer's own row and neighbours, and the team's goals to put in their place, when the board changed."""
    who = viewer(request)
    state = board_state(who.member, team, _since(who, month))
    key = state and (*state, *_shown_to(request, who))
    context = memoized(key, lambda: _what_is_own(who, _context(request, who, team, month, "total", state), state))
    return HttpResponse(_own(who, context) + render_to_string("board/_goals.html", context | {"is_news": True}))


@require_safe
def why(request: SignedInRequest, team: str, month: Month, member_id: int) -> HttpResponse:
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
    revisions, seen = shown.revisions.select_related("by"), who.audience(shown.team)
    context |= {
        "audience": seen,
        "revisions": revisions if seen == Audience.RANKS else revisions.filter(member=member_id),
        "amended_before": shown.rests_on_amended,
        "marks": _marks_between(standing),
    }
    return render(request, "board/why.html", context)


def _marks_between(standing: Standing) -> list[Recalibration]:
    """The changes of LinkedIn's formula between the two readings of a change: what they moved is taken off."""
    if standing.previous is None:
        return []
    days = Q(day__gt=standing.previous.taken_on, day__lte=standing.submission.taken_on)
    return list(Recalibration.objects.filter(days, organization=standing.member.organization_id))


@require_safe
@limited("download", when=always)
def download(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """The standings as CSV, for those who may see all places."""
    shown, who = _board(request, team, month), viewer(request)
    if who.audience(shown.team) != Audience.RANKS:
        raise Http404
    name = f"{shown.team.slug}-{shown.month}.csv"
    record(Act.EXPORTED, teams=[shown.team], file=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_csv(board_rows(shown.team, shown.month)), content_type=CSV, headers=headers)


def fragment(shown: Board, audience: Audience, tab: str, table: BoardTable | None = None) -> str:
    """The shared part of a board as HTML; rendered once for each version, language, audience and tab."""
    if not shown.pk:
        return _render_fragment(table or board_table(shown), audience, tab)
    key = f"board:{shown.pk}:{shown.version}:{get_language()}:{audience}:{tab}"
    found = cache.get(key)
    if found is None:
        found = _render_fragment(table or board_table(shown), audience, tab)
        cache.set(key, found, FRAGMENT_LIVES)
    return found


def mine(who: Viewer, places: list[Place], audience: Audience) -> dict:
    """The viewer's own place, and where places are shown the five around it."""
    by_member = {place.member.pk: place for place in places}
    own = by_member.get(who.member.pk)
    if own is None or audience not in (Audience.RANKS, Audience.OWN):
        return {"own": None, "around": []}
    near = neighbours(list(by_member), who.member.pk) if audience == Audience.RANKS else [who.member.pk]
    return {"own": own, "around": [by_member[member] for member in near]}


def team_goals(team: Team) -> list[Progress]:
    """The team's running goals as they stand, whichever month is looked at."""
    today = team.organization.today()
    return progress_of(Goal.objects.filter(team=team).running(today).with_owners(), today)


def may_see_place(who: Viewer, team: Team, member_id: int) -> bool:
    """Whether somebody may see that member's place on the team's board."""
    audience = who.audience(team)
    return audience == Audience.RANKS or (audience == Audience.OWN and member_id == who.member.pk)


def _page(
    request: SignedInRequest, who: Viewer, slug: str, month: Month | None, tab: str, state: BoardState | None
) -> tuple[dict, list[str]]:
    """What the own parts rest on, and the page with holes for them.

    What surrounds the figures is made once for whoever has the same rights: another figure does not change it.
    """
    context = _context(request, who, slug, month, tab, state)
    shown, young = context["board"], context["young"]
    holes = {"news_key": hole("news") if shown.pk else None, "news_every": hole("every")}
    holes |= {name: hole(name) for name in ("fragment", "own_part", "goals", "challenges")}
    says = (shown.month, bool(shown.pk), context["has_podium"], young and (young.submitted, young.expected))
    surroundings = memoized(
        state and ("surroundings", state.team, state.rights, *_shown_to(request, who), tab, says),
        lambda: cut(render_to_string("board/board.html", context | frame(who) | holes, request)),
    )
    page = fill(surroundings, {"fragment": fragment(shown, context["audience"], tab, context["table"])})
    return _what_is_own(who, context, state), cut(page)


def _context(
    request: SignedInRequest, who: Viewer, slug: str, month: Month | None, tab: str, state: BoardState | None = None
) -> dict:
    """What is the same for whoever sees the same of the board."""
    rights = memoized(state and ("rights", state.team, state.rights), lambda: _rights(request, who, slug))
    shown, current = _boards(who, rights["team"], month)
    return rights | {
        "board": shown,
        "table": board_table(shown),
        "month": shown.month,
        "tab": tab,
        "pillars": list(Pillar),
        "this_month": current.month,
        "young": None if month or current.month == shown.month else current,
        "has_podium": shown.closed_at is not None and shown.is_complete,
    }


def _rights(request: SignedInRequest, who: Viewer, slug: str) -> dict:
    """The team of an address, and what somebody may see of it and do; 404 where it is not for them."""
    teams = Team.objects.visible_to(request.user).select_related("organization")
    team = get_object_or_404(teams, slug=slug, organization=who.organization)
    return {
        "team": team,
        "audience": who.audience(team),
        "manages": who.manages(team),
        "organization_board": who.sees_organization_board,
    }


def _boards(who: Viewer, team: Team, month: Month | None) -> tuple[Board, Board]:
    """The board to show, and this month's; 404 for a month that has not begun."""
    if month is None:
        return Board.objects.first_and_current(team)
    if not who.may_open(month):
        raise Http404
    shown, current = Board.objects.of_months(team, month, Month.of(team.organization.today()))
    return shown, current


def _what_is_own(who: Viewer, context: dict, state: BoardState | None) -> dict:
    """What everybody's own part rests on: the places, and the goals of the team."""
    goals = team_goals(context["team"]) if state is None or state.goals else []
    goals = without_means_of_few(goals, who.sees_mean)
    places = [Place(row.rank, row.total, row.member) for row in context["table"].rows]
    return {name: context[name] for name in ("board", "team", "audience", "tab")} | {"goals": goals, "places": places}


def _own(who: Viewer, context: dict) -> str:
    """The viewer's own place, with those around it."""
    return render_to_string("board/_mine.html", context | mine(who, context["places"], context["audience"]))


def _shown_to(request: SignedInRequest, who: Viewer) -> tuple:
    """What a page depends on besides what is stored: its address, the reader's language, the organization's hour."""
    return request.path, get_language(), f"{who.organization.local(timezone.now()):%F %H}"


def _challenges(request: SignedInRequest, who: Viewer, team: Team) -> str:
    """What the team plays for, and the results of the last weeks; whoever sees its board sees all that was sent."""
    found = cards(Challenge.objects.of_teams([team]).on_board(timezone.now()), who.member)
    return render_to_string("board/_challenges.html", {"challenges": found}, request) if found else ""


def _news_key(request: SignedInRequest, context: dict) -> str:
    shown = context["board"]
    if not shown.pk:
        return ""
    return news_key(shown, context["audience"], context["tab"], request.user, request.session.session_key or "")


def _since(who: Viewer, month: Month | None) -> date:
    """The first day of what a board page may rest on: of the month that may be shown in place of a young one."""
    this_month = Month.of(who.organization.today())
    return min(month or this_month, this_month - 12).first_day


def _board(request: SignedInRequest, slug: str, month: Month) -> Board:
    who = viewer(request)
    return _boards(who, _rights(request, who, slug)["team"], month)[0]


def _tab(request: SignedInRequest) -> str:
    tab = request.GET.get("by", "total")
    if tab not in TABS:
        raise Http404
    return tab


def _render_fragment(table: BoardTable, audience: Audience, tab: str) -> str:
    shown = table.board
    rows = [_shown_row(row, tab, shown.month) for row in _rows_of(table, tab)]
    shows_mean = audience == Audience.RANKS or shown.team.shows_mean(shown.submitted)
    context = {"board": shown, "team": shown.team, "table": table, "rows": rows, "tab": tab, "audience": audience}
    context |= {"shows_mean": shows_mean}
    return render_to_string("board/_standings.html", context)


def _rows_of(table: BoardTable, tab: str) -> list[Row]:
    if tab == "improved":
        return table.most_improved()
    return table.rows if tab == "total" else table.by_pillar(Pillar(tab))


def _shown_row(row: Row, tab: str, month: Month) -> dict:
    """What `parts/row.html` shows of a row: under a pillar its points, elsewhere the score."""
    read_late = row.reading.taken_on not in month
    return {
        "key": row.member.pk,
        "rank": row.rank,
        "climb": row.climb if tab == "total" else None,
        "name": row.member.name,
        "is_me": False,
        "points": row.history,
        "total": row.points(Pillar(tab)) if tab in list(Pillar) else row.total,
        "most": 25 if tab in list(Pillar) else 100,
        "change": row.change,
        "headroom_closed": row.headroom_closed if tab == "improved" else None,
        "read_late_on": row.reading.taken_on if read_late else None,
    }
