"""The first steps of a new site: what is left until a team plays."""

from enum import StrEnum


class FirstStep(StrEnum):
    """What makes an empty site a team's, in its order."""

    PEOPLE = "people"
    """Somebody besides whoever looks competes."""
    HISTORY = "history"
    """There are scores of an earlier month."""
    WALL = "wall"
    """A screen was paired."""
    CHALLENGE = "challenge"
    """A challenge was sent."""


def first_steps(done: set[FirstStep]) -> list[tuple[FirstStep, bool]]:
    """Every step with whether it is done; none at all once there is nothing left to do."""
    return [] if done.issuperset(FirstStep) else [(step, step in done) for step in FirstStep]
