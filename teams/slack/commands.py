"""What `/ssi` does: a score is filed as on the page, the board is shown as far as the page would show it."""

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import override

from teams.actions import submissions
from teams.actions.audit import act_as
from teams.actions.limits import are_within
from teams.actions.messages.addresses import site_url
from teams.actions.slack import Asker, one_time_token
from teams.forms.submission import SubmissionForm
from teams.models import Board, Organization, SlackUser, Source, Team
from teams.queries.boards.saved_score import saved_score
from teams.queries.boards.table import Row, board_table
from teams.queries.people.viewer import Viewer
from teams.rules.errors import Refused
from teams.rules.measure import Pillar
from teams.rules.slack import Command, Wish, read_command
from teams.rules.visibility import Audience
from teams.slack.answer_format import Answer
from teams.tasks import nudge
from teams.words.figures import month_name, tenth

PER_MINUTE = 30
"""Commands that one may send within a minute."""
ROWS = 25
"""Of a board: more do not fit."""
SPOKEN = 30 * 24 * 3600
"""Seconds for which somebody's language is known without asking for them."""


def answer(asker: Asker, text: str) -> Answer:
    """What somebody gets who wrote `/ssi` with this text behind it."""
    tied = SlackUser.objects.usable().asking(asker.organization, asker.workspace, asker.slack_user).first()
    if tied is None or tied.member.user is None:
        with override(Organization.objects.get(pk=asker.organization).language):
            return _who_are_you(asker)
    member = tied.member
    act_as(tied.member.user)
    cache.set(_language_key(asker), member.speaks, SPOKEN)
    with override(member.speaks):
        if not are_within({f"slack.{member.pk}": (PER_MINUTE, 60)}):
            return Answer((_("That was too often in a short time. Wait a minute."),))
        return _done(Viewer(tied.member.user, member), read_command(text), text)


def later(asker: Asker, text: str) -> Answer:
    """What somebody gets whom we cannot answer in time: what to do, in the language that we know of them."""
    with override(cache.get(_language_key(asker)) or "en"):
        sentence = _(
            "Leaderboard does not answer right now. Send this again in a few minutes: it is never saved twice."
        )
        return Answer((sentence,), (f"/ssi {text}",) if text else ())


def _who_are_you(asker: Asker) -> Answer:
    url = site_url("slack_link", one_time_token(asker))
    sentence = _(
        "First say once who you are. The link is for you alone and opens for 15 minutes; nothing is saved yet."
    )
    return Answer((sentence,), link=(_("It is me"), url))


def _done(viewer: Viewer, command: Command, text: str) -> Answer:
    if viewer.needs_second_factor:
        link = (_("Set it up"), site_url("mfa_index"))
        return Answer((_("Your company asks for two-step sign-in. Set it up first."),), link=link)
    if command.wish == Wish.SCORE:
        return _filed(viewer, command)
    if command.wish == Wish.BOARD:
        return _board(viewer)
    lines = [
        _("/ssi 63 submits your score."),
        _("/ssi 63 21 6.4 10.3 25 submits it with the four pillars, in the order of LinkedIn's page."),
        _("/ssi board shows the board."),
    ]
    if command.wish == Wish.UNCLEAR:
        lines.insert(0, _("“%(text)s” is not understood, and nothing was saved.") % {"text": text[:100]})
    return Answer(tuple(lines))


def _filed(viewer: Viewer, command: Command) -> Answer:
    member = viewer.member
    if viewer.competing is None:
        return Answer((_("You compete in no team, so nothing was saved."),))
    total, *pillars = command.numbers
    given = {"taken_on": f"{viewer.organization.today()}", "total": total} | dict(zip(Pillar, pillars, strict=False))
    form = SubmissionForm(given | ({"store_anyway": "yes"} if command.anyway else {}))
    if not form.is_valid():
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        if form.sum_is_off:
            sentences.append(_("Nothing was saved. If it is right so, send it again with ! at its end."))
        return Answer(tuple(dict.fromkeys(sentences)))
    submission = form.submission(member, member)
    submission.source = Source.SLACK
    try:
        done = submissions.submit(submission)
    except Refused as refused:
        return Answer((str(refused),))
    nudge(done.boards)
    saved = saved_score(done.submission, member)
    said = {"total": done.submission.total, "month": month_name(done.submission.month)}
    lines = [_("Saved: %(total)s for %(month)s.") % said]
    if saved.change:
        change = {"points": f"{saved.change.points:+d}".replace("-", "−"), "month": month_name(saved.change.since)}
        lines.append(_("%(points)s since %(month)s.") % change)
    return Answer(tuple(lines), link=(_("See it"), site_url("saved", done.submission.pk)))


def _board(viewer: Viewer) -> Answer:
    """The board that the page opens first, with what the page shows of it."""
    team = viewer.team
    if team is None:
        return Answer((_("You are in no team."),))
    board, current = Board.objects.first_and_current(team)
    audience = viewer.audience(team)
    lines = [_coverage(team, board)]
    if current.month != board.month:
        lines.append(_coverage(team, current))
    if viewer.sees_mean(team, board.submitted) and board.is_complete and board.mean is not None:
        lines.append(_("Mean %(mean)s") % {"mean": tenth(board.mean)})
    rows = board_table(board).rows if audience in (Audience.RANKS, Audience.OWN) else []
    own = [row for row in rows if row.member.pk == viewer.member.pk]
    seen = rows[:ROWS] + [row for row in own if row not in rows[:ROWS]] if audience == Audience.RANKS else own
    url = site_url("board_of_month", team.slug, board.month)
    return Answer(tuple(lines), _table(seen), (_("Open the board"), url))


def _coverage(team: Team, board: Board) -> str:
    said = {"team": team, "month": month_name(board.month), "submitted": board.submitted, "expected": board.expected}
    return _("%(team)s, %(month)s: %(submitted)s of %(expected)s in") % said


def _table(rows: list[Row]) -> tuple[str, ...]:
    width = max((len(row.member.name) for row in rows), default=0)
    return tuple(f"{row.rank:>3}  {row.member.name:<{width}}  {row.total:>3}" for row in rows)


def _language_key(asker: Asker) -> str:
    return f"slack-language:{asker.organization}.{asker.workspace}.{asker.slack_user}"
