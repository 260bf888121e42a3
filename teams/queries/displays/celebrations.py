"""What a celebration on a wall names: a goal reached, a challenge won, a month that has closed, a record.

And what one of the team has made: a best month, a challenge that everybody wins who makes it, a goal that they share.
Which ones are due, each once, `wall_state.sql` finds.
"""

from dataclasses import dataclass, field

from teams.models.boards.boards import Board
from teams.models.challenges.challenges import Challenge
from teams.models.challenges.settlements import Outcome
from teams.models.displays import Display
from teams.models.goals import Goal
from teams.models.moments import Moment
from teams.models.people.teams import Team
from teams.queries.displays.walls import Named, giver, shown_entries, shown_name, wall_of_board
from teams.queries.moments import is_for_everybody
from teams.rules.displays.celebration_keys import CelebrationKey, CelebrationKind

NAMED = 4
"""How many winners a celebration names."""


@dataclass(frozen=True)
class Celebration:
    """One of a wall's celebrations, with whatever its kind has."""

    key: str
    team: Team
    goal: Goal | None = None
    board: Board | None = None
    podium: list[Named] = field(default_factory=list)
    challenge: Challenge | None = None
    winners: list[str] = field(default_factory=list)
    giver: str | None = None
    moment: Moment | None = None
    name: str | None = None

    @property
    def kind(self) -> CelebrationKind:
        """Of what it is."""
        return CelebrationKey.parse(self.key).kind

    @property
    def named(self) -> list[str]:
        """The winners for whom there is room."""
        return self.winners[:NAMED]

    @property
    def others(self) -> int:
        """How many winners there are besides."""
        return len(self.winners) - len(self.named)


def celebration(key: str, display: Display) -> Celebration | None:
    """What a key of `WallState.celebrations` stands for; None where that is not so any more."""
    parsed = CelebrationKey.parse(key)
    match parsed.kind:
        case CelebrationKind.GOAL:
            goal = Goal.objects.with_owners().get(pk=parsed.number)
            return Celebration(key, goal.team or display.team, goal=goal)
        case CelebrationKind.RECORD:
            board = Board.objects.select_related("team__organization").get(pk=parsed.number)
            return Celebration(key, board.team, board=board)
        case CelebrationKind.MONTH:
            wall = wall_of_board(Board.objects.select_related("team__organization").get(pk=parsed.number))
            return Celebration(key, wall.team, board=wall.board, podium=wall.podium)
        case CelebrationKind.MOMENT:
            return _of_one(key, parsed.number)
        case CelebrationKind.CHALLENGE:
            challenge = Challenge.objects.select_related("organization", "maker").get(pk=parsed.number)
            winners, gives = _winners(challenge, display), giver(challenge, display.team)
            return Celebration(key, display.team, challenge=challenge, winners=winners, giver=gives)
        case CelebrationKind.TEST:
            return Celebration(key, display.team)


def _of_one(key: str, number: int) -> Celebration | None:
    """What one of a team has made, under the name that its walls have for them."""
    moment = Moment.objects.for_everybody().holding().with_what().filter(pk=number).first()
    name = shown_name(moment.member, moment.team) if moment and is_for_everybody(moment) else None
    if moment is None or name is None:
        return None
    gives = giver(moment.challenge, moment.team) if moment.challenge else None
    return Celebration(key, moment.team, challenge=moment.challenge, moment=moment, name=name, giver=gives)


def _winners(challenge: Challenge, display: Display) -> list[str]:
    """The names of the winners by the latest result, as walls may show them."""
    latest = challenge.settlements.order_by("-number").first()
    won = Outcome.objects.filter(settlement=latest, won=True).select_related("entry__member", "entry__team")
    return shown_entries([outcome.entry for outcome in won], display.team)
