"""Words that say that figures are no scores that were read: targets, changes, ranks, averages of others."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from teams.rules.measure import Pillar
from teams.rules.sheets import numbers
from teams.rules.sheets.cells import Cell, shown, words
from teams.rules.sheets.headings import ASKED, TOTAL, asked_where_twice, is_month, meaning

_TARGETS = (
    r"targets?|plan|plans|planned|planung|planwerte?|planzahlen|budgets?|goals?|quotas?|forecasts?|benchmarks?|\w*ziele?|"
    r"ziel\w*|soll|sollwerte?|vorgaben?|prognosen?|objecti(?:f|fs|ve|ves)|objetivos?|obiettiv[oi]|cibles?|previsions?|"
    r"previsto|prevu|metas?|presupuestos?|orcamentos?|pronosticos?|doel|doelen|tavoite\w*|hedef\w*|цел[ьи]|план\w*|目標|"
    r"目标|计划|목표"
)
_CHANGES = (
    r"delta|deltas|changes?|diff|differences?|variances?|gap|gaps|veranderung\w*|abweichung\w*|differenz\w*|ecarts?|"
    r"variations?|variacion\w*|diferencias?|cambios?|variacao|verschil\w*|mom|yoy|δ"
)
_RANKS = (
    r"ranks?|ranking|rankings|position|platz|platze|rang|range|classement|posicion|puesto|posizione|posicao|percentile"
)
_GROUPS = r"industry|network|branche|netzwerk|secteur|reseau|sector|red|team|peer|peers"
_AVERAGES = r"averages?|avg|mean|median|durchschnitt\w*|schnitt|moyennes?|promedios?|medias?"
_READ = r"scores?|actuals?|ist|istwerte?|reel|realise|resultados?|results?|ergebnisse?|readings?|werte?"
_ACTIVITIES = (
    r"connections?|followers?|invit\w*|messages?|inmails?|posts?|comments?|likes?|views?|meetings?|calls?|leads?|deals?|"
    r"revenue|sales|kontakte?|vernetzungen|nachrichten|beitrage?|termine?|umsatz\w*|relations?|abonnes|publications?|"
    r"contactos|conexiones|seguidores|mensajes|publicaciones|reuniones|ventas"
)
_SAYS_ACTIVITIES = re.compile(rf"(?:\w+ )?(?:{_ACTIVITIES})(?: (?:per|pro|par|por) \w+)?")
_SAYS_TARGETS = re.compile(rf"\b(?:{_TARGETS})\b")
_SAYS_CHANGES = re.compile(rf"\b(?:{_CHANGES})\b")
_SAYS_READ = re.compile(rf"\b(?:{_READ})\b")
_OF_OTHERS = re.compile(rf"(?:ssi )?(?:(?:{_GROUPS}) )?(?:ssi )?(?:{_RANKS}|{_AVERAGES})")
_LABEL = re.compile(rf"(?:(?:score|ssi|index) )?(?:{_TARGETS}|{_CHANGES})(?: (?:score|ssi|index))?")
_PERIOD = re.compile(r"\b(?:20\d\d|[qhtfy]{1,2} ?\d{1,2})\b")
LONGEST_TITLE = 60


def other_title(tab: str, file_name: str, above: Sequence[Sequence[Cell]], *, has_months: bool) -> str:
    """The title of a table that says that it holds no scores: what stands above it, its tab's name, else the file's.

    That they are ranks, or means, is of weight only where columns say nothing but a month. A file's name says so only
    where nothing speaks of scores, and of targets alone.
    """
    titles = [tab, *(title for cells in above for title in _titles(cells))]
    for title in titles:
        is_part = has_months and title != tab and meaning(title) in list(Pillar)
        if is_part or _is_other_title(words(title), has_months=has_months):
            return shown(title)
    stem = words(file_name.rpartition(".")[0])
    says_scores = any(_SAYS_READ.search(words(title)) for title in [stem, *titles])
    return shown(file_name) if _SAYS_TARGETS.search(stem) and not says_scores else ""


def grouped(columns: Mapping[int, str], above: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """What columns mean under a row of labels that span them: no scores under Target, points of Brand under Brand."""
    labels = _labels_over(max(columns, default=-1) + 1, above)
    figures = [column for column, what in columns.items() if what.removeprefix(ASKED) == TOTAL or is_month(what)]
    parts = {column: meaning(labels[column]) for column in figures if is_month(columns[column])}
    if not any(_heads_no_scores(labels[column]) for column in figures) and not set(parts.values()) & set(Pillar):
        return dict(columns)
    plain = {
        column: f"{what.removeprefix(ASKED)} {parts[column]}" if parts.get(column) in list(Pillar) else what
        for column, what in columns.items()
        if column not in figures or not _heads_no_scores(labels[column])
    }
    return asked_where_twice({column: plain[column].removeprefix(ASKED) for column in plain})


def other_label(cells: Sequence[Cell], used: Collection[int], figures: Sequence[int]) -> int | None:
    """The column of a cell that says that a row holds no scores: Target, Rank, or Brand beside no more than 25."""
    for column, cell in enumerate(cells):
        if column in used or not isinstance(cell, str) or len(cell) > LONGEST_TITLE:
            continue
        if _LABEL.fullmatch(words(cell)) or _OF_OTHERS.fullmatch(words(cell)):
            return column
        known = [value for at in figures if (value := numbers.number(cells[at])) is not None]
        if meaning(cell) in list(Pillar) and known and max(known) <= 25:
            return column
    return None


def _labels_over(width: int, above: Sequence[Sequence[Cell]]) -> list[Cell]:
    """The label over each column, in a row of several right above the headings: it reaches to the next one."""
    row = above[-1] if above else ()
    if sum(isinstance(cell, str) for cell in row) < 2:
        return [None] * width
    labels: list[Cell] = []
    for column in range(width):
        cell = row[column] if column < len(row) else None
        labels.append(cell if cell is not None or not labels else labels[-1])
    return labels


def _heads_no_scores(label: Cell) -> bool:
    """Whether a label says that the columns below hold targets, changes or ranks."""
    plain = words(label)
    return bool(_SAYS_TARGETS.search(plain) or _SAYS_CHANGES.search(plain) or _OF_OTHERS.fullmatch(plain))


def _titles(cells: Sequence[Cell]) -> Iterator[str]:
    """The text of a row with nothing else in it, unless it says a number, as "Goal for all: 70" does."""
    filled = [cell for cell in cells if cell is not None]
    title = filled[0] if len(filled) == 1 and isinstance(filled[0], str) else ""
    if 0 < len(title) <= LONGEST_TITLE and not re.search(r"\d", _PERIOD.sub("", words(title))):
        yield title


def _is_other_title(title: str, *, has_months: bool) -> bool:
    undated = " ".join(_PERIOD.sub("", title).split())
    is_activity = has_months and (_OF_OTHERS.fullmatch(undated) or _SAYS_ACTIVITIES.fullmatch(undated))
    is_part = has_months and undated != title and meaning(undated) in list(Pillar)
    return bool(is_activity or is_part or _SAYS_TARGETS.search(title) or _SAYS_CHANGES.search(title))
