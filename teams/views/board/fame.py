"""What is left of a month: its report, and once it is closed the podium, certificates, amendments, the hall of fame."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from teams.files.certificate_picture import Words, drawn, may_be_drawn
from teams.models import Board, Logo, Team
from teams.queries.boards.hall_of_fame import most_wins, streaks_of, wins_of
from teams.queries.boards.honours import honours_of, report_of
from teams.queries.boards.table import Row, board_table
from teams.rules.months import Month
from teams.rules.visibility import Audience
from teams.views.shared.limits import always, limited
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of
from teams.words.figures import day, month_name, ordinal, signed

STREAKS_SHOWN = 10


@require_safe
def report(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """The month on a page to print, for somebody who does not look at boards; of an open month as it is so far."""
    visible = _team(request, team)
    if not viewer_of(request).may_open(month):
        raise Http404
    board, today = Board.objects.of(visible, month), visible.organization.today()
    context = {"board": board, "team": visible, "month": month, "today": today, "report": report_of(board, today)}
    return render(request, "board/fame/report.html", context)


@require_safe
def podium(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """The first three of a closed month, ties included, who improved most, and how many were in."""
    return render(request, "board/fame/podium.html", _honours(_complete(request, team, month)))


@require_safe
def certificates(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """The same to print: a sheet for everybody who is honoured."""
    return render(request, "board/fame/certificates.html", _honours(_complete(request, team, month)))


@require_safe
@limited("download", when=always)
def certificate_picture(request: SignedInRequest, team: str, month: Month, member_id: int) -> HttpResponse:
    """Somebody's certificate as a PNG to share; `?improved` for the most improved. 404 for whoever has none."""
    board = _complete(request, team, month)
    honours, is_improved = honours_of(board_table(board)), "improved" in request.GET
    honoured = honours.improved if is_improved else honours.steps
    row = next((row for row in honoured if row.member.pk == member_id), None)
    if row is None:
        raise Http404
    what, line = _improved_words(board, row) if is_improved else _place_words(board, row, honours.ranked)
    words = _words(board, row, what, line)
    if not may_be_drawn(words):
        raise Http404
    logo = Logo.objects.filter(organization=board.team.organization_id).values_list("large", flat=True).first()
    picture = drawn(words, bytes(logo) if logo else None)
    name = f"{board.team.slug}-{month}-{'improved' if is_improved else row.rank}.png"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(picture, content_type="image/png", headers=headers)


@require_safe
def revisions(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """Each amendment of a closed month, with the standings as they were before it."""
    board = _closed(request, team, month)
    revision_list = board.revisions.select_related("by", "member").prefetch_related("standings__member")
    context = {"board": board, "team": board.team, "month": month, "revisions": revision_list}
    return render(request, "board/fame/revisions.html", context)


@require_safe
def hall_of_fame(request: SignedInRequest, team: str) -> HttpResponse:
    """Who won the closed months, who won most of them, and the longest streaks of submitting."""
    visible = _team(request, team)
    wins = wins_of(visible)
    streaks = [streak for streak in streaks_of(visible, timezone.now()) if streak.longest > 1][:STREAKS_SHOWN]
    context = {"team": visible, "wins": wins, "most": most_wins(wins), "streaks": streaks}
    return render(request, "board/fame/hall_of_fame.html", context)


def _team(request: SignedInRequest, slug: str) -> Team:
    """The team of an address, for those who may see all its places; 404 for others."""
    teams = Team.objects.visible_to(request.user).select_related("organization")
    visible = get_object_or_404(teams, slug=slug, organization=viewer_of(request).organization)
    if viewer_of(request).audience(visible) != Audience.RANKS:
        raise Http404
    return visible


def _closed(request: SignedInRequest, slug: str, month: Month) -> Board:
    """A closed month's board, for those who may see all its places; 404 for others."""
    board = get_object_or_404(
        Board.objects.visible_to(request.user).select_related("team__organization", "closed_by"),
        team__slug=slug,
        team__organization=viewer_of(request).organization,
        month=month,
        closed_at__isnull=False,
    )
    if viewer_of(request).audience(board.team) != Audience.RANKS:
        raise Http404
    return board


def _complete(request: SignedInRequest, slug: str, month: Month) -> Board:
    """The same, only where enough people were in for places to mean something."""
    board = _closed(request, slug, month)
    if not board.is_complete:
        raise Http404
    return board


def _honours(board: Board) -> dict:
    honours = honours_of(board_table(board))
    return {"board": board, "team": board.team, "month": board.month, "honours": honours}


def _place_words(board: Board, row: Row, ranked: int) -> tuple[str, str]:
    """What the certificate of a place is called, and its sentence: the page's, without its bold print."""
    sentence = _("<strong>%(place)s of %(among)s</strong> in %(team)s with a score of %(score)s")
    values = {"place": ordinal(row.rank), "among": ranked, "team": board.team, "score": row.total}
    return _("Certificate"), strip_tags(sentence) % values


def _improved_words(board: Board, row: Row) -> tuple[str, str]:
    """The same of whoever improved most."""
    sentence = _("<strong>%(gained)s</strong> in %(team)s, from %(before)s to %(now)s")
    before = row.previous.total if row.previous else 0
    values = {"gained": signed(row.gained), "team": board.team, "before": before, "now": row.total}
    return _("Certificate: most improved"), strip_tags(sentence) % values


def _words(board: Board, row: Row, what: str, line: str) -> Words:
    organization = board.team.organization
    assert board.closed_at is not None
    return Words(
        organization=organization.name,
        about=f"Social Selling Index · {month_name(board.month)}",
        what=what,
        name=row.member.name,
        line=line,
        day=day(organization.local(board.closed_at).date()),
        day_label=_("Date"),
        signature_label=_("Signature"),
    )
