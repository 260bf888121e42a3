"""What a wall shows one after the other, when it is bright, and what a manager is told about it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SEEN_WITHIN = timedelta(minutes=3)
"""A screen notes its contact once a minute at most: after this long without one, something is wrong."""
PODIUM_STAYS = timedelta(days=3)
"""How long after a month's closing its podium stays in the round."""
CELEBRATED_WITHIN = timedelta(days=3)
"""How long a screen that was off may still celebrate what it missed."""


class Slide(StrEnum):
    """A page of the wall, in the order of the round."""

    STANDINGS = "standings"
    PODIUM = "podium"
    IMPROVED = "improved"
    COVERAGE = "coverage"
    GOAL = "goal"
    CHALLENGES = "challenges"
    MOMENTS = "moments"
    THANKS = "thanks"
    PILLARS = "pillars"
    TIP = "tip"
    SUBMIT = "submit"


CHOICE = [slide for slide in Slide if slide != Slide.COVERAGE]
"""What a manager chooses from; coverage stands in where nothing else may be shown."""
WITHOUT_PLACES = {Slide.COVERAGE, Slide.GOAL, Slide.THANKS, Slide.TIP, Slide.SUBMIT}
"""What is left where places are not for everybody."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to show of a team."""

    shows_places: bool
    ranked: int
    improved: int
    goals: int
    challenges: int
    moments: int
    thanks: int
    has_pillars: bool
    takes_scores: bool
    """Whether the month that runs is open, and somebody is still missing."""
    closed_for: timedelta | None
    """How long the month on show has been final, if its places mean something."""


def slides(facts: Facts, chosen: Collection[str]) -> list[Slide]:
    """The slides of a team, in the order of the round; never none."""
    there = {
        Slide.STANDINGS: facts.ranked > 0,
        Slide.PODIUM: facts.closed_for is not None and facts.closed_for < PODIUM_STAYS,
        Slide.IMPROVED: facts.improved > 0,
        Slide.GOAL: facts.goals > 0,
        Slide.CHALLENGES: facts.challenges > 0,
        Slide.MOMENTS: facts.moments > 0,
        Slide.THANKS: facts.thanks > 0,
        Slide.PILLARS: facts.has_pillars,
        Slide.TIP: True,
        Slide.SUBMIT: facts.takes_scores,
    }
    allowed = set(Slide) if facts.shows_places else WITHOUT_PLACES
    shown_slides = [slide for slide in Slide if slide in chosen and slide in allowed and there.get(slide)]
    tells = set(shown_slides) & {Slide.STANDINGS, Slide.GOAL}
    return shown_slides if tells else [Slide.COVERAGE, *shown_slides]


def round_of(teams: Sequence[Sequence[Slide]]) -> list[tuple[int, Slide]]:
    """The slides of several teams in turn, each with the team's number; what is for everybody comes once, last."""
    last = {slide: number for number, team_slides in enumerate(teams) for slide in team_slides}
    return [
        (number, slide)
        for number, team_slides in enumerate(teams)
        for slide in team_slides
        if number == last[slide] or slide not in (Slide.TIP, Slide.SUBMIT)
    ]


def is_bright(now: datetime, bright_from: int, bright_until: int) -> bool:
    """Whether people are in the office: on weekdays between two hours, over midnight where the first is later."""
    if bright_from == bright_until:
        return True
    if bright_from < bright_until:
        return now.weekday() < 5 and bright_from <= now.hour < bright_until
    began = now if now.hour >= bright_from else now - timedelta(days=1)
    return began.weekday() < 5 and (now.hour >= bright_from or now.hour < bright_until)


class Contact(StrEnum):
    """How a screen is, as far as the server knows."""

    UNPAIRED = "unpaired"
    WAITING = "waiting"
    """Paired, and has not asked yet."""
    SHOWING = "showing"
    LOST = "lost"


def contact(*, is_paired: bool, seen_at: datetime | None, now: datetime) -> Contact:
    """How a screen is that was last heard of at `seen_at`."""
    if not is_paired:
        return Contact.UNPAIRED
    if seen_at is None:
        return Contact.WAITING
    return Contact.SHOWING if now - seen_at <= SEEN_WITHIN else Contact.LOST
