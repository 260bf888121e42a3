"""Challenges that are made often, as values to begin with."""

from datetime import date
from typing import Any

from teams.rules.challenges.terms import ChallengeKind, StakeKind
from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.rules.sentences import Sentence

ENOUGH_DAYS = 7
"""With fewer days left in a month, "by month end" means the next one's."""

PRESETS: dict[str, tuple[str, dict[str, Any]]] = {
    "plus-five": (Sentence("+5 by month end"), {"kind": ChallengeKind.GAIN, "points": 5}),
    "most-improved": (Sentence("Most improved"), {"kind": ChallengeKind.IMPROVED}),
    "everybody-at-50": (Sentence("Everybody at 50"), {"kind": ChallengeKind.REACH, "points": 50}),
    "team-against-team": (Sentence("Team against team"), {"kind": ChallengeKind.TEAMS, "stake_kind": StakeKind.PRIZE}),
    "insights-month": (
        Sentence("Insights month"),
        {"kind": ChallengeKind.GAIN, "points": 2, "figure": Pillar.INSIGHTS},
    ),
}


def preset(name: str, today: date) -> dict[str, Any]:
    """What a form begins with: a preset, or an unknown name's empty one, from today to a month's end."""
    title, values = PRESETS.get(name, ("", {"kind": ChallengeKind.GAIN, "points": 5}))
    return {"title": title, "stake_kind": StakeKind.ON_ME, **values, "starts_on": today, "ends_on": month_end(today)}


def month_end(today: date) -> date:
    """The end of this month, or of the next where this one is nearly over."""
    this = Month.of(today)
    return this.last_day if (this.last_day - today).days >= ENOUGH_DAYS else (this + 1).last_day
