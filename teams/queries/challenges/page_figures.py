"""The figures of a challenge's page: progress and results, as far as the viewer sees them."""

from typing import NamedTuple

from django.utils import timezone

from teams.models.challenges.challenges import Answer, Challenge
from teams.models.challenges.entries import Entry
from teams.models.challenges.recalibration_choices import NewFormulas
from teams.models.challenges.settlements import Outcome, Settlement
from teams.queries.challenges.table import Book, Row
from teams.queries.challenges.visibility import shown_entries, shown_teams
from teams.queries.people.viewer import Viewer
from teams.rules.challenges.settling import TeamProgress
from teams.rules.challenges.stages import Stage
from teams.rules.challenges.terms import ChallengeKind
from teams.rules.people.names import sort_key

UNDER_WAY = (Stage.RUNNING, Stage.GRACE)
Settlements = list[tuple[Settlement, list[Outcome]]]


class Figures(NamedTuple):
    """Progress and results, as far as the viewer sees them."""

    rows: list[Row]
    settlements: Settlements
    visible_ids: set[int]
    are_hidden: bool
    """Whether there are more than those."""


def figures_shown(
    viewer: Viewer, challenge: Challenge, entries: list[Entry], formulas: NewFormulas, *, decides: bool
) -> Figures:
    """The figures that the viewer sees, by name where they want no places."""
    rows = _progress_rows(challenge, entries, formulas)
    visible_ids = _visible_ids(viewer, challenge, entries, rows, decides=decides)
    rows = [row for row in rows if challenge.stage in UNDER_WAY and row.entry.pk in visible_ids]
    settlements = _settlements(challenge, visible_ids)
    if not viewer.member.sees_ranks:
        rows, settlements = _by_name(rows, settlements)
    has_figures = challenge.stage in UNDER_WAY or challenge.settled_at is not None
    accepted = {entry.pk for entry in entries if entry.answer == Answer.ACCEPTED}
    return Figures(rows, settlements, visible_ids, are_hidden=has_figures and not accepted <= visible_ids)


def _progress_rows(challenge: Challenge, entries: list[Entry], formulas: NewFormulas) -> list[Row]:
    """Everybody's progress while it is under way; of teams always: how many reps a mean is of decides who sees it."""
    if challenge.stage not in UNDER_WAY and challenge.kind != ChallengeKind.TEAMS:
        return []
    return Book.of([challenge], entries, {challenge.pk: formulas.decided}).rows(challenge, timezone.now())


def _visible_ids(
    viewer: Viewer, challenge: Challenge, entries: list[Entry], rows: list[Row], *, decides: bool
) -> set[int]:
    """The ids of the entries whose figures the viewer sees."""
    if challenge.kind != ChallengeKind.TEAMS:
        return shown_entries(challenge, entries, viewer.member, decides=decides)
    reps = {row.entry: len(row.progress.reps) for row in rows if isinstance(row.progress, TeamProgress)}
    return shown_teams(reps, viewer.managed_teams)


def _settlements(challenge: Challenge, visible_ids: set[int]) -> Settlements:
    """Each result, the newest first, with the outcomes that the viewer sees."""
    if not challenge.settled_at:
        return []
    results = challenge.settlements.prefetch_related("outcomes__entry__member", "outcomes__entry__team")
    return [
        (result, [outcome for outcome in result.outcomes.all() if outcome.entry_id in visible_ids])
        for result in results
    ]


def _by_name(rows: list[Row], settlements: Settlements) -> tuple[list[Row], Settlements]:
    """Progress and results in the order of names, which says nothing of places."""
    return sorted(rows, key=lambda row: sort_key(row.entry)), [
        (result, sorted(outcomes, key=lambda outcome: sort_key(outcome.entry))) for result, outcomes in settlements
    ]
