"""Made-up companies to measure with: teams of 25 with a month behind them, a wall each, and their sign-ins."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.contrib.auth import get_user_model
from django.test import Client

from teams.actions.boards.ranking import rank_stale_boards
from teams.models import Board, Display, Member, Team
from teams.models.tokens import hashed
from teams.rules.months import Month
from tests.makers import make_display, make_manager, make_organization, make_rep, make_submission, make_team

REPS = 25
TOKEN = "b" * 32
"""The secret of a browser's forms."""


@dataclass(frozen=True)
class Ranked:
    """A team of 25 in which everybody has a score this month and last, with a wall."""

    team: Team
    manager: Member
    reps: list[Member]
    display: Display
    token: str

    @property
    def board(self) -> Board:
        return Board.objects.get(team=self.team, month=Month.of(self.team.organization.today()))


def make_ranked(name: str, size: int = REPS) -> Ranked:
    """One more such team, or a larger one, in an organization of its own."""
    team = make_team(name, make_organization(name))
    reps = [make_rep(team, f"{name} {number}", total=40 + number % 30) for number in range(size)]
    before = Month.of(team.organization.today()) - 1
    for number, rep in enumerate(reps):
        make_submission(rep, 38 + number % 27, month=before, typed_at=noon(before.first_day))
    manager = make_manager(team, f"Grace of {name}")
    token = name.lower().ljust(43, "x")
    rank_stale_boards()
    return Ranked(team, manager, reps, make_display(team, manager, token=token), token)


def noon(day: date) -> datetime:
    """When somebody typed what they read that day."""
    return datetime.combine(day, time(12), UTC)


def make_walls(ranked: Ranked, count: int) -> list[str]:
    """The tokens of so many walls more of its team, paired like its first."""
    tokens = [f"wall-{number}".ljust(43, "x") for number in range(count)]
    made = {"team": ranked.team, "created_by": ranked.manager, "paired_at": ranked.display.paired_at}
    Display.objects.bulk_create(Display(name=token, token_hash=hashed(token), **made) for token in tokens)
    return tokens


def cookies_of(rep: Member) -> str:
    """What a browser sends that has opened a page before."""
    return f"{session_of(rep)}; csrf={TOKEN}"


def session_of(member: Member) -> str:
    """The session cookie of somebody who has just signed in."""
    client = Client()
    client.force_login(get_user_model().objects.get(pk=member.user_id))
    return f"session={client.cookies['session'].value}"
