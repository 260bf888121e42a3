"""What a wall celebrates, once: a goal that is reached, a challenge that is won, a month that has closed, a record."""

from dataclasses import dataclass, field

from teams.models.boards.boards import Board
from teams.models.challenges.challenges import Challenge
from teams.models.challenges.settlements import Outcome
from teams.models.displays import Display
from teams.models.goals import Goal
from teams.models.people.teams import Team
from teams.queries.displays.walls import Named, giver, shown_entries, wall_of_board

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

    @property
    def kind(self) -> str:
        """goal, month, record, challenge or test."""
        return self.key.partition("-")[0]

    @property
    def named(self) -> list[str]:
        """The winners for whom there is room."""
        return self.winners[:NAMED]

    @property
    def others(self) -> int:
        """How many winners there are besides."""
        return len(self.winners) - len(self.named)


def celebration(key: str, display: Display) -> Celebration:
    """What a key of `WallState.celebrations` stands for."""
    kind, _, number = key.partition("-")
    if kind == "goal":
        goal = Goal.objects.with_owners().get(pk=number)
        return Celebration(key, goal.team or display.team, goal=goal)
    if kind == "record":
        board = Board.objects.select_related("team__organization").get(pk=number)
        return Celebration(key, board.team, board=board)
    if kind == "month":
        wall = wall_of_board(Board.objects.select_related("team__organization").get(pk=number))
        return Celebration(key, wall.team, board=wall.board, podium=wall.podium)
    if kind == "challenge":
        challenge = Challenge.objects.select_related("organization", "maker").get(pk=number)
        winners, gives = _winners(challenge, display), giver(challenge, display.team)
        return Celebration(key, display.team, challenge=challenge, winners=winners, giver=gives)
    return Celebration(key, display.team)


def _winners(challenge: Challenge, display: Display) -> list[str]:
    """The names of the winners by the latest result, as walls may show them."""
    latest = challenge.settlements.order_by("-number").first()
    won = Outcome.objects.filter(settlement=latest, won=True).select_related("entry__member", "entry__team")
    return shown_entries([outcome.entry for outcome in won], display.team)
