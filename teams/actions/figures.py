"""Storing business figures, typed or from a file."""

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.boards.ranking import mark_team_stale
from teams.actions.limits import check_file
from teams.actions.people.known_names import candidates, roster_of
from teams.actions.submissions import lock_members
from teams.files import spreadsheets
from teams.models import Act, Board, Counter, Figure, FigureSource, Member, Team
from teams.queries.prepared_sql import rows
from teams.rules.counters import Entering, refusal
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.rules.people.name_matching import Named, doubtful
from teams.rules.sheets import days
from teams.rules.sheets.cells import words
from teams.rules.sheets.figures import COUNTED, FoundFigure, figures_in, names_of_extremes
from teams.rules.sheets.headings import ASKED, TOTAL
from teams.rules.sheets.kinds import Layout, TableKind, of_table
from teams.rules.sheets.left_out import named_columns, number_columns
from teams.words.translation import translated

MOST = 2_000
"""Figures that one file may hold: forty reps over four years."""
NOT_THEN = """
SELECT asked.member, asked.day
FROM unnest(%(members)s::bigint[], %(days)s::date[]) AS asked (member, day)
WHERE teams_team_of(asked.member, asked.day) IS DISTINCT FROM %(team)s
"""
Cells = Mapping[tuple[int, Month], Decimal | None]
"""Figures by member and month; None takes one back."""


@dataclass(frozen=True)
class Line:
    """What a cell of a file will do: `new`, `same` or `other`; or nothing, and then why."""

    found: FoundFigure
    member: Member | None = None
    before: Decimal | None = None
    does: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Looked:
    """What a file would do, line by line, on which sheet; and what of it is left out: other sheets, columns, rows."""

    lines: list[Line]
    sheet: str = ""
    other_sheets: Sequence[str] = ()
    unused: Sequence[str] = ()
    hidden_columns: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()


def make_counter(team: Team, name: str, unit: str = "") -> Counter:
    """A new thing to count. Refused where the team has one of this name."""
    return _stored(Counter(team=team, name=name, unit=unit), Act.COUNTER_MADE)


def rename_counter(counter: Counter, name: str, unit: str) -> Counter:
    """The same figures under another name. Refused where the team has one of this name."""
    counter.name, counter.unit = name, unit
    return _stored(counter, Act.COUNTER_RENAMED)


@transaction.atomic
def store_figures(
    counter: Counter, cells: Cells, by: Member, *, reason: str = "", source: str = FigureSource.MANAGER
) -> int:
    """Store what is not stored so already; how many figures that was.

    Of what is played for, Refused where a rule forbids one of them. The months' boards are locked: none of them closes
    until this is done. Their members are, too: no challenge settles meanwhile. The team's open boards are stale then:
    goals, challenges and walls are looked at again.
    """
    counter = Counter.objects.select_related("team__organization").select_for_update(of=["self"]).get(pk=counter.pk)
    months = {month for _, month in cells}
    closed: set[Month] = set()
    if counter.playable:
        lock_members(sorted({member for member, _ in cells}))
        closed = _lock_months(counter.team, months)
    stored = _stored_by_cell(counter, months)
    changed = {cell: value for cell, value in cells.items() if _value(stored.get(cell)) != value}
    if counter.playable:
        for member, month in changed:
            entering = Entering(
                month=month,
                is_own=source == FigureSource.OWN,
                replaces_others=_is_of_another(stored.get((member, month)), by),
                is_closed=month in closed,
                has_reason=bool(reason),
            )
            _check(counter.team, entering)
    now = timezone.now()
    Figure.objects.bulk_create(
        Figure(
            counter=counter, member_id=member, month=month, value=value,
            typed_by=by, typed_at=now, source=source, reason=reason,
        )
        for (member, month), value in changed.items()
    )  # fmt: skip
    if changed and counter.playable:
        mark_team_stale(counter.team)
    if changed and source != FigureSource.OWN:
        record(Act.FIGURES_STORED, by=by, teams=[counter.team], reason=reason, counter=counter.name, count=len(changed))
    return len(changed)


@transaction.atomic
def enter_own(member: Member, month: Month, values: Mapping[Counter, Decimal | None], reason: str = "") -> int:
    """Store somebody's own figures of a month; how many have changed. Refused as one where a rule forbids any."""
    changed = 0
    for counter, value in values.items():
        cells = {(member.pk, month): value}
        if store_figures(counter, cells, member, reason=reason, source=FigureSource.OWN):
            changed += 1
            written = "" if value is None else f"{value.normalize():f}"
            act = Act.FIGURE_TAKEN_BACK if value is None else Act.FIGURE_ENTERED
            log_values = {"counter": counter.name, "month": str(month), "value": written}
            record(act, member, by=member, teams=[counter.team], reason=reason, **log_values)
    return changed


def closed_in(team: Team, months: Iterable[Month], now: datetime) -> set[Month]:
    """Those of the months whose board is final in a team, also where no worker has closed it yet; one query."""
    return _closed(team, Board.objects.filter(team=team, month__in=list(months)), now)


def _lock_months(team: Team, months: Iterable[Month]) -> set[Month]:
    """The same, and the boards stay as they are until the transaction ends; the open ones are locked with them."""
    wanted_months = set(months)
    boards = (
        Board.objects.filter(Q(month__in=wanted_months) | Q(closed_at=None), team=team)
        .order_by("pk")
        .select_for_update()
    )
    return _closed(team, [board for board in boards if board.month in wanted_months], timezone.now())


def _closed(team: Team, boards: Iterable[Board], now: datetime) -> set[Month]:
    due = {board.month for board in boards if not board.in_history and team.organization.has_closed(board.month, now)}
    return due | {board.month for board in boards if board.closed_at}


def _check(team: Team, entering: Entering) -> None:
    """Refused where the rule says so."""
    organization = team.organization
    refused = refusal(entering, Month.of(organization.today()), organization.kept_from(timezone.now()))
    if refused:
        raise Refused(translated(refused))


def _stored_by_cell(counter: Counter, months: Iterable[Month]) -> dict[tuple[int, Month], Figure]:
    """The last figure typed of each member and month, also where it took another back."""
    typed = counter.figures.filter(month__in=list(months)).order_by("pk")
    return {(figure.member_id, figure.month): figure for figure in typed}


def _is_of_another(figure: Figure | None, by: Member) -> bool:
    """Whether a figure that stands was typed by somebody else."""
    return figure is not None and figure.value is not None and figure.typed_by_id != by.pk


def _value(figure: Figure | None) -> Decimal | None:
    return figure.value if figure else None


def figures_by_cell(counter: Counter, months: Iterable[Month]) -> dict[tuple[int, Month], Decimal]:
    """The current figures of some months by member and month."""
    current = counter.figures.filter(month__in=list(months)).current()
    return {(figure.member_id, figure.month): figure.value for figure in current if figure.value is not None}


def preview_figures(counter: Counter, by: Member, file_name: str, content: bytes, latest: Month) -> Looked:
    """What each figure of a file would do; nothing is stored. Refused where it is no table of figures."""
    check_file(content, by)
    sheet, layout = _layout_of(counter, file_name, content)
    rows = (row for row in of_table(spreadsheets.rows_of(content, sheet), layout) if row[0] > layout.header)
    found_figures: list[FoundFigure] = []
    for number, cells in rows:
        found_figures += figures_in(number, cells, layout)
        if len(found_figures) > MOST:
            raise Refused(_("The file holds more than 2,000 figures. Send it in parts."))
    if not found_figures:
        raise Refused(_("There is not one figure in this file."))
    look = spreadsheets.look(content, sheet)
    headings = [str(cell or "") for number, cells in look.rows if number == layout.header for cell in cells]
    unused = [column for column in number_columns(look.rows, layout.header) if column not in layout.columns]
    return Looked(
        _judged(counter, found_figures, latest),
        look.sheets[sheet],
        [name for number, name in enumerate(look.sheets) if number != sheet],
        named_columns([column for column in unused if column not in look.hidden_columns], headings),
        named_columns([column for column in unused if column in look.hidden_columns], headings),
        sorted(number for number in look.hidden_rows if number > layout.header),
    )


def _layout_of(counter: Counter, file_name: str, content: bytes) -> tuple[int, Layout]:
    """The sheet with a table of figures, and its layout. Refused where there is none, or where it is in doubt."""
    heads = {words(word): TOTAL for word in (*COUNTED, counter.name)}
    known = spreadsheets.find_layout(content, file_name, heads)
    if known and known[1].kind != TableKind.SALES_NAVIGATOR:
        sheet, layout = known
        doubts = layout.missing()
        if not doubts:
            return sheet, layout
        is_asked = any(what.startswith(ASKED) for what in layout.columns.values())
        if layout.order == days.UNKNOWN or layout.other_title or is_asked:
            advice = _("Correct that in the file, and choose it again.")
            raise Refused(" ".join([*map(translated, doubts), advice]))
    raise Refused(
        _(
            "There is no table of figures in this file. It needs a column of names and one for each month, "
            "or the columns Name, Month and %(counter)s."
        )
        % {"counter": counter.name}
    )


def _judged(counter: Counter, found_figures: list[FoundFigure], latest: Month) -> list[Line]:
    people = _people(counter.team, found_figures)
    matched = [people[one.name, one.email] for one in found_figures]
    pairs = list(zip(found_figures, matched, strict=True))
    elsewhere = _elsewhere(counter, [(member.pk, one.month) for one, (member, _) in pairs if member])
    known = figures_by_cell(counter, {one.month for one in found_figures if one.month})
    times = Tally((member.pk, one.month) for one, (member, _) in pairs if member and one.month and not one.problem)
    extremes = names_of_extremes(found_figures)
    lines = []
    for one, (member, problem) in pairs:
        cell = (member.pk, one.month) if member and one.month else None
        problem = one.problem or problem or ("alike" if one.name in extremes else "")
        if cell and not problem:
            is_later = cell[1] > latest
            problem = "not_then" if cell in elsewhere else "later" if is_later else "twice" if times[cell] > 1 else ""
        if problem or cell is None:
            lines.append(Line(one, member, problem=problem))
            continue
        before = known.get(cell)
        does = "new" if before is None else "same" if before == one.value else "other"
        lines.append(Line(one, member, before, does))
    return lines


def _people(team: Team, found_figures: list[FoundFigure]) -> dict[tuple[str, str], tuple[Member | None, str]]:
    """Who each name and address of the file is; or nobody, and `unknown` or `alike`."""
    members = {member.pk: member for member in candidates(team)}
    roster = roster_of(members.values())
    names = list(dict.fromkeys((one.name, one.email) for one in found_figures))
    matches = [roster.match(*name) for name in names]
    named = [Named(place, *name, match.person) for place, (name, match) in enumerate(zip(names, matches, strict=True))]
    unsure = doubtful(one for one in named if one.person)
    return {
        name: (None, "alike" if match.alike or place in unsure else "unknown")
        if match.person is None or place in unsure
        else (members[match.person.id], "")
        for place, (name, match) in enumerate(zip(names, matches, strict=True))
    }


def _elsewhere(counter: Counter, cells: Iterable[tuple[int, Month | None]]) -> set[tuple[int, Month]]:
    """Those of the members and months in which they were not in the counter's team; one query."""
    member_months = [(member, month) for member, month in cells if month]
    members, days = [member for member, _ in member_months], [month.first_day for _, month in member_months]
    elsewhere_rows = rows(NOT_THEN, members=members, days=days, team=counter.team_id)
    return {(member, Month.of(day)) for member, day in elsewhere_rows}


def _stored(counter: Counter, act: Act) -> Counter:
    try:
        with transaction.atomic():
            counter.save()
            record(act, teams=[counter.team], counter=counter.name)
    except IntegrityError:
        raise Refused(_("The team counts this already.")) from None
    return counter
