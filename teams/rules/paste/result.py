"""What came out of a paste: the fields of the form, and which of them somebody should look at, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from teams.rules.measure import ADDS_UP_WITHIN, MOST, PILLAR_MOST, Pillar, rounded, total_of

GROUPS = ("industry", "network")


class FieldState(StrEnum):
    """ok: total and four pillars; partial: some of it; discontinued: LinkedIn says that access has ended.

    not_ssi_page: nothing that could be filled in; either it is another text, or it holds several `choices`.
    """

    OK = "ok"
    PARTIAL = "partial"
    DISCONTINUED = "discontinued"
    NOT_SSI_PAGE = "not_ssi_page"


class Doubt(StrEnum):
    """Why a field is marked; the sentences are in `teams.words`."""

    SEVERAL = "several"
    """The text holds more than one score."""
    SUM = "sum"
    """Total and pillars do not fit together, so that one of them was misread."""
    COLUMNS = "columns"
    """More than one number stands beside the label, and nothing says which."""
    ORDER = "order"
    """No label says so: it was taken by its place on the page."""
    TWICE = "twice"
    """It stands on the page twice, with different numbers."""
    UNREAD = "unread"
    """The numbers of the pillars could not be read, so nothing confirms it."""
    UNNAMED = "unnamed"
    """A number stands where the score should, and nothing says that it is one."""
    UNCLEAR = "unclear"
    """A picture shows it only dimly."""
    UNPROVEN = "unproven"
    """No score was seen in a picture that the pillars make, so that each of them may be misread."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One possible reading of a text: values by field, doubts by field, and when it was, as far as the text says.

    `moment` is ("day", "2026-11-20") or ("told", "0" for the past and "1" for now); only moments of one kind compare.
    """

    values: Mapping[str, Decimal | int]
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    moment: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The fields of the form, None where nothing was found, and why some of them are in doubt.

    `choices` are the different readings of a text that holds several: the person says which one counts.
    """

    state: FieldState
    total: int | None = None
    brand: Decimal | None = None
    people: Decimal | None = None
    insights: Decimal | None = None
    relationships: Decimal | None = None
    industry_rank: int | None = None
    network_rank: int | None = None
    industry_average: int | None = None
    network_average: int | None = None
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    choices: "tuple[Reading, ...]" = ()

    @property
    def unsure(self) -> frozenset[str]:
        """The fields to look at twice."""
        return frozenset(self.doubts)


NOT_SSI_PAGE = Reading(FieldState.NOT_SSI_PAGE)
DISCONTINUED = Reading(FieldState.DISCONTINUED)
MOST_CHOICES = 6


def result(answers: Iterable[Answer]) -> Reading:
    """The reading that these answers agree on.

    Where they differ they are never mixed: the newest is proposed, all of it marked, if the text says which one that
    is; otherwise nothing is filled in and the person chooses.
    """
    different = _different([answer for answer in map(completed, answers) if answer.values])
    if not different:
        return NOT_SSI_PAGE
    if len(different) == 1:
        return _reading(different[0])
    if same := _same_scores(different):
        return _reading(same)
    choices = tuple(map(_reading, different[:MOST_CHOICES]))
    newest = _newest(different)
    if newest is None:
        return replace(NOT_SSI_PAGE, choices=choices)
    marked = replace(newest, doubts=dict.fromkeys(newest.values, Doubt.SEVERAL))
    return replace(_reading(marked), choices=choices)


def completed(answer: Answer) -> Answer:
    """The answer with a total computed where it is missing, and with total and pillars marked if they do not fit."""
    values, doubts = dict(answer.values), dict(answer.doubts)
    pillars = {pillar: values.get(pillar) for pillar in Pillar}
    there = [pillar.value for pillar in Pillar if pillars[pillar] is not None]
    if "total" not in values:
        if (total := total_of(pillars)) is not None:
            values["total"] = total
            if marked := [doubts[name] for name in there if name in doubts]:
                doubts["total"] = marked[0]
    elif there:
        missing = PILLAR_MOST * (len(Pillar) - len(there))
        rest = values["total"] - sum(values[name] for name in there)
        if not -ADDS_UP_WITHIN <= rest <= missing + ADDS_UP_WITHIN:
            doubts = dict.fromkeys(["total", *there], Doubt.SUM) | doubts
    return replace(answer, values=values, doubts={name: doubts[name] for name in values if name in doubts})


def _different(answers: list[Answer]) -> list[Answer]:
    """The answers that differ; one that says nothing but what another says too is left out."""
    different: list[Answer] = []
    for answer in answers:
        told = answer.values.items()
        if any(told <= other.values.items() for other in different):
            continue
        different = [other for other in different if not other.values.items() <= told]
        different.append(answer)
    return different


def _same_scores(answers: list[Answer]) -> Answer | None:
    """One answer of several that agree on total and pillars; the ranks and averages in which they differ are marked."""
    scores = [{name: answer.values.get(name) for name in ("total", *Pillar)} for answer in answers]
    if None in scores[0].values() or any(other != scores[0] for other in scores):
        return None
    values = {name: value for answer in reversed(answers) for name, value in answer.values.items()}
    twice = [name for name in values if len({answer.values[name] for answer in answers if name in answer.values}) > 1]
    return Answer(values, {**answers[0].doubts, **dict.fromkeys(twice, Doubt.TWICE)})


def _newest(answers: list[Answer]) -> Answer | None:
    """The one answer that is newer than all others; None where the text does not say."""
    moments = [answer.moment for answer in answers if answer.moment]
    if len(moments) < len(answers) or len({kind for kind, _ in moments}) > 1:
        return None
    latest = max(moments)
    return answers[moments.index(latest)] if moments.count(latest) == 1 else None


def _reading(answer: Answer) -> Reading:
    complete = {"total", *Pillar} <= answer.values.keys()
    values: dict[str, Any] = {**answer.values}  # each is of its field's type
    return Reading(FieldState.OK if complete else FieldState.PARTIAL, **values, doubts=answer.doubts)


def pillar_score(value: Decimal | None) -> Decimal | None:
    """A pillar's score to three decimals, as LinkedIn shows it; None outside 0–25."""
    if value is None or not 0 <= value <= PILLAR_MOST:
        return None
    return abs(value.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP))


def whole(value: Decimal | None, *, least: int = 0) -> int | None:
    """A total, average or rank as LinkedIn shows it, rounded half up; None outside `least`–100."""
    if value is None or not 0 <= value <= MOST:
        return None
    return number if (number := rounded(value)) >= least else None
