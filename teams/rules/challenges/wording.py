"""A challenge in plain sentences: its rules before it is sent, and its result line by line."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from teams.rules.challenges.counting import BASELINE_DAYS, Progress, Reading
from teams.rules.challenges.recalibrating import Choice, Decided
from teams.rules.challenges.settling import Result, TeamProgress
from teams.rules.challenges.stages import GRACE
from teams.rules.challenges.terms import TOTAL, Kind, StakeKind, Terms, Winners
from teams.rules.pillars import Pillar

FIGURE_NAMES = {
    TOTAL: "score",
    Pillar.BRAND: "brand",
    Pillar.PEOPLE: "people",
    Pillar.INSIGHTS: "insights",
    Pillar.RELATIONSHIPS: "relationships",
}


def read_back(terms: Terms, *, maker: str, invited: Sequence[str], stake: str = "") -> list[str]:
    """The rules as sentences, for whoever is about to send them."""
    said = [_who_wins(terms)]
    if stake and terms.stake != StakeKind.NONE:
        said.append(_stake(terms, maker, stake))
    said.append(_what_counts(terms))
    said.append(_who_is_asked(terms, maker, invited))
    return said


def what_it_takes(terms: Terms) -> str:
    """The rule in a few words: "gain 5 points", "most improved in insights"."""
    where = "" if terms.figure == TOTAL else f" in {FIGURE_NAMES[terms.figure]}"
    if terms.kind == Kind.GAIN:
        return f"gain {_points(terms.points)}{where}"
    if terms.kind == Kind.REACH:
        return f"reach {_figure(terms.points)}{where}"
    if terms.kind == Kind.TEAMS:
        return f"team against team{where}"
    return f"most improved{where}" if terms.kind == Kind.IMPROVED else f"highest{where or ' score'}"


def explain(terms: Terms, progress: Progress, result: Result) -> str:
    """Why somebody won or did not."""
    return " ".join(part for part in (_steps(terms, progress), _verdict(terms, progress, result)) if part)


def explain_team(progress: TeamProgress, result: Result) -> str:
    """Why a team won or did not."""
    if progress.gained is None:
        return "No rep had a score at the start, so there is no mean to compare."
    reps = "1 rep" if len(progress.reps) == 1 else f"{len(progress.reps)} reps"
    moved = f"The mean of the same {reps} went from {progress.baseline} to {progress.now} ({_signed(progress.gained)})."
    return f"{moved} {_place(result)}"


def what_was_decided(decided: Decided) -> str:
    """What a change of LinkedIn's formula does to a challenge, now that somebody or nobody decided."""
    changed = f"LinkedIn changed its formula on {_day(decided.day)}"
    if not decided.by:
        return f"{changed}. Nobody decided, so every reading counts as read."
    if decided.choice == Choice.VOID:
        return f"{changed}, and {decided.by} ended the challenge."
    if decided.choice == Choice.SHIFT and decided.shift:
        by = f"{_points(Decimal(abs(decided.shift)))} {'more' if decided.shift > 0 else 'less'}"
        return f"{changed}. Readings before it count {by}, as {decided.by} decided."
    return f"{changed}. Every reading counts as read, as {decided.by} decided."


def what_was_ruled(counts: bool, by: str) -> str:
    """What was decided about somebody's readings that no manager had confirmed in time; `by` is empty for nobody."""
    if not by:
        return "Readings that no manager confirmed were left out, as nobody decided about them."
    left = "count" if counts else "were left out"
    return f"Readings that no manager confirmed {left}, as {by} decided."


def _who_wins(terms: Terms) -> str:
    days = _days(terms)
    if terms.kind == Kind.TEAMS:
        return f"The team whose mean {_name(terms)} rises most {days} wins. Equal is a draw."
    if terms.is_duel:
        does = "gains more points" if terms.kind == Kind.IMPROVED else "is higher at the end"
        return f"Whoever of the two {does}{_in(terms)} {days} wins. Equal is a draw."
    if terms.kind == Kind.IMPROVED:
        return f"{_top(terms, 'gains', 'gain')} most{_in(terms)} {days} {_win(terms)}. Equal gains share a place."
    if terms.kind == Kind.HIGHEST:
        who = _top(terms, "has", "have")
        return f"{who} the highest {_name(terms)} at the end, {days}, {_win(terms)}. Equal ones share a place."
    does = f"gains {_points(terms.points)}{_in(terms)}" if terms.kind == Kind.GAIN else f"reaches {_reached(terms)}"
    if terms.winners == Winners.FIRST:
        first = "first" if terms.count == 1 else f"first {terms.count}"
        return f"Whoever {does} {days} can win: the {first} by the day of the reading, and all of the last such day."
    return f"Everyone who {does} {days} wins."


def _stake(terms: Terms, maker: str, stake: str) -> str:
    if terms.stake == StakeKind.LOSER:
        return f"The other one owes the winner: {stake}."
    if terms.stake == StakeKind.PRIZE:
        return f"The prize for each winner: {stake}. It comes from {maker}."
    return f"{maker} owes each winner: {stake}."


def _what_counts(terms: Terms) -> str:
    typed = f"Readings of these days count when they are typed by {_day(terms.ends_on + GRACE)}."
    if terms.confirmed_only:
        typed = f"{typed} Only readings that a manager confirmed count, the one to start from too."
    if terms.kind == Kind.TEAMS:
        return f"The same reps are compared at the start and the end; a silent one counts with the last score. {typed}"
    if terms.kind in (Kind.REACH, Kind.HIGHEST):
        return typed
    before = (
        f"The start is each one's latest reading of the {BASELINE_DAYS.days} days before, else the first afterwards."
    )
    return f"{before} {typed}"


def _who_is_asked(terms: Terms, maker: str, invited: Sequence[str]) -> str:
    names = _listed(invited)
    if terms.is_duel:
        return f"{names} has 72 hours to accept."
    if terms.kind == Kind.TEAMS:
        return f"The managers of {names} accept, until {_day(terms.half_time)}."
    return f"The reps of {names} are asked; who does not answer is not in. One may join until {_day(terms.half_time)}."


def _steps(terms: Terms, progress: Progress) -> str:
    if terms.kind in (Kind.GAIN, Kind.IMPROVED):
        if progress.baseline is None:
            return "There was no reading to start from."
        origin = f"Started at {_read(progress.baseline)}"
        first = " (the first after accepting)." if progress.is_late else "."
        if progress.now is None:
            return f"{origin}{first} No later reading counted."
        end = f"Ended at {_read(progress.now)}"
        return f"{origin}{first} {end}: {_signed(progress.gained)}."
    if progress.now is None:
        return "No reading of these days."
    return f"Last reading: {_figure(progress.now.value)}, on {_day(progress.now.taken_on)}."


def _read(reading: Reading) -> str:
    counted = f", counted as {_figure(reading.value)}" if reading.shift else ""
    return f"{_figure(reading.as_read)}, read on {_day(reading.taken_on)}{counted}"


def _verdict(terms: Terms, progress: Progress, result: Result) -> str:
    if progress.made_on:
        late = "" if result.won else f" Others were earlier: it is place {result.place}."
        return f"Made it on {_day(progress.made_on)}.{late}"
    if progress.needed:
        return f"{_points(progress.needed, noun='point')} short."
    if result.place is None:
        return "Without a reading there is no place."
    return _place(result)


def _place(result: Result) -> str:
    return f"Place {result.place}: {'won' if result.won else 'not won'}."


def _days(terms: Terms) -> str:
    if terms.starts_on == terms.ends_on:
        return f"on {_day(terms.ends_on)}"
    return f"from {_day(terms.starts_on)} to {_day(terms.ends_on)}"


def _top(terms: Terms, one: str, several: str) -> str:
    return f"Whoever {one}" if terms.count == 1 else f"The {terms.count} who {several}"


def _win(terms: Terms) -> str:
    return "wins" if terms.count == 1 else "win"


def _reached(terms: Terms) -> str:
    return _figure(terms.points) if terms.figure == TOTAL else f"{_figure(terms.points)}{_in(terms)}"


def _in(terms: Terms) -> str:
    return "" if terms.figure == TOTAL else f" in {_name(terms)}"


def _name(terms: Terms) -> str:
    return FIGURE_NAMES[terms.figure]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _points(value: Decimal, noun: str = "point") -> str:
    return f"{_figure(value)} {noun}{'' if value == 1 else 's'}"


def _figure(value: Decimal) -> str:
    """Without trailing zeros: 5, 2.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signed(value: Decimal) -> str:
    return f"{'+' if value > 0 else ''}{_figure(value)}".replace("-", "\N{MINUS SIGN}")


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "nobody"
