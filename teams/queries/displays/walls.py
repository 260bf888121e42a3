"""What a wall shows: each team's slides."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from teams.models.boards.boards import Board
from teams.models.challenges.challenges import Challenge
from teams.models.challenges.entries import Entry
from teams.models.goals import Goal
from teams.models.moments import Moment
from teams.models.people.members import Member
from teams.models.people.teams import Team
from teams.models.thanks import Thanks
from teams.queries.boards.table import BoardTable, Rep, Row, board_table
from teams.queries.challenges.table import challenge_rows
from teams.queries.challenges.visibility import names_winners
from teams.queries.goals.progress import Progress, progress_of, without_means_of_few
from teams.queries.insights import mean_pillars
from teams.queries.moments import is_for_everybody
from teams.rules.challenges.stages import Stage
from teams.rules.challenges.terms import StakeKind
from teams.rules.displays.slides import Facts, Slide, slides
from teams.rules.insights.tips import Tip, pillar_to_coach, tip_of_the_week
from teams.rules.measure import Pillar
from teams.rules.moments import ON_WALL
from teams.rules.visibility import wall_name, wall_size

CHALLENGES = 3
"""How many fit on a slide."""
MOMENTS = 5
THANKS = 2


@dataclass(frozen=True)
class Named:
    """A row under the name that a wall may show."""

    row: Row
    name: str


@dataclass(frozen=True)
class NamedMoment:
    """A moment under the name that a wall may show."""

    moment: Moment
    name: str


@dataclass(frozen=True)
class NamedThanks:
    """A sentence, from whom to whom, as a wall may name them."""

    text: str
    giver: str
    receiver: str


@dataclass(frozen=True)
class Played:
    """A running challenge, and the names of those who would win it now."""

    challenge: Challenge
    ahead: list[str]
    giver: str | None = None
    """Who gives what is played for, as the wall may name them; None where that is whoever loses."""

    @property
    def can_be_made(self) -> bool:
        """Whether one makes it, rather than being in front until the end."""
        return self.challenge.kind in ("gain", "reach")


@dataclass(frozen=True)
class TeamWall:
    """A team as a wall shows it on a day."""

    team: Team
    today: date
    board: Board
    current: Board
    table: BoardTable
    goals: list[Progress] = field(default_factory=list)
    plays: bool = False

    @property
    def shows_places(self) -> bool:
        """Whether walls show who is where."""
        return self.team.ranks_shown_to == "all"

    @property
    def shows_mean(self) -> bool:
        """Whether walls show the team's mean: not of a few."""
        return self.team.shows_mean(self.board.submitted)

    @property
    def updated_at(self) -> datetime | None:
        """When a figure on show was the last to change, of the month that is shown or of this one's coverage."""
        moments = [board.ranked_at for board in (self.board, self.current) if board.ranked_at]
        return max(moments, default=None)

    @cached_property
    def rows(self) -> list[Named]:
        """The upper half."""
        return self._named(self.table.rows) if self.shows_places else []

    @property
    def climbs(self) -> bool:
        """Whether somebody on show went up, so that there is a column for it."""
        return any((named.row.climb or 0) > 0 for named in self.rows)

    @property
    def says_since(self) -> bool:
        """Whether a gain on show names the month that it is since, which takes room."""
        changes = [named.row.change for named in self.rows if named.row.change]
        return any(change.direction != "down" and change.since != self.board.month - 1 for change in changes)

    @property
    def podium(self) -> list[Named]:
        """The first three places, as far as they are in the upper half."""
        return [named for named in self.rows if named.row.rank <= 3]

    @cached_property
    def improved(self) -> list[Named]:
        """Who gained most; nobody who did not."""
        gained = [row for row in self.table.most_improved() if row.direction == "up"]
        return self._named(gained) if self.shows_places else []

    @cached_property
    def challenges(self) -> list[Played]:
        """What the team plays for, the next to end first; duels are between two."""
        if not (self.plays and self.shows_places):
            return []
        open_challenges = (
            Challenge.objects.open().of_teams([self.team]).filter(is_duel=False).with_accepted().select_related("maker")
        )
        open_challenges = open_challenges.prefetch_related("teams__organization").order_by("ends_on", "pk")
        running = [each for each in open_challenges if each.stage == Stage.RUNNING]
        return [Played(each, self._ahead(each), giver(each, self.team)) for each in running[:CHALLENGES]]

    @cached_property
    def moments(self) -> list[NamedMoment]:
        """What members have made in the last days, as everybody may hear of it; the newest first."""
        if not self.shows_places:
            return []
        recent = Moment.objects.for_everybody().holding().with_what().prefetch_related("challenge__teams__organization")
        recent_moments = recent.filter(team=self.team, noticed_at__gt=timezone.now() - ON_WALL)[: 2 * MOMENTS]
        named = [(each, shown_name(each.member, self.team)) for each in recent_moments if is_for_everybody(each)]
        return [NamedMoment(each, name) for each, name in named if name][:MOMENTS]

    @cached_property
    def thanks(self) -> list[NamedThanks]:
        """What colleagues thanked for, where both may be named."""
        recent_thanks = Thanks.objects.on_board(timezone.now()).filter(team=self.team)[: 2 * THANKS]
        named = [
            (each, shown_name(each.giver, self.team), shown_name(each.receiver, self.team)) for each in recent_thanks
        ]
        return [NamedThanks(each.text, giver, receiver) for each, giver, receiver in named if giver and receiver][
            :THANKS
        ]

    @cached_property
    def pillars(self) -> dict[Pillar, Decimal]:
        """The mean of each pillar; empty where few are known, so that it says nothing of one person."""
        means, reps = mean_pillars(self.table)
        return means if reps >= 3 and self.board.is_complete and self.shows_places else {}

    @property
    def coached(self) -> Pillar:
        """The pillar to work on: the team's, else another each week."""
        return pillar_to_coach(self.pillars) or list(Pillar)[self.today.isocalendar().week % 4]

    @property
    def tip(self) -> Tip:
        """The week's tip for the pillar to work on."""
        return tip_of_the_week(self.coached, day=self.today, sales_navigator=False, seed=self.team.pk)

    def slides(self, chosen: list[str], now: datetime) -> list[Slide]:
        """Which slides there are, in their order."""
        closed_at = self.board.closed_at if self.board.is_complete and self.podium else None
        facts = Facts(
            shows_places=self.shows_places,
            ranked=len(self.rows),
            improved=len(self.improved),
            goals=len(self.goals),
            challenges=len(self.challenges),
            moments=len(self.moments) if Slide.MOMENTS in chosen else 0,
            thanks=len(self.thanks) if Slide.THANKS in chosen else 0,
            has_pillars=bool(self.pillars),
            takes_scores=not (self.current.closed_at or 0 < self.current.expected <= self.current.submitted),
            closed_for=now - closed_at if closed_at else None,
        )
        return slides(facts, chosen)

    def _named(self, rows: list[Row]) -> list[Named]:
        upper_rows = rows[: wall_size(len(self.table.rows), self.team.organization.wall_rows)]
        return [Named(row, name) for row in upper_rows if (name := shown_name(row.member, self.team))]

    def _ahead(self, challenge: Challenge) -> list[str]:
        if not names_winners(challenge):
            return []
        rows = [row for row in challenge_rows(challenge) if row.result.won]
        if challenge.kind != "highest":
            rows = [row for row in rows if row.made_on or (row.progress.gained or 0) > 0]
        return shown_entries([row.entry for row in rows], self.team)


@dataclass(frozen=True)
class Shown:
    """A slide of a team, by the name that it keeps from one answer to the next."""

    slide: Slide
    wall: TeamWall

    @property
    def key(self) -> str:
        """What tells this slide from every other of the round."""
        return f"{self.slide}-{self.wall.team.pk}"

    @property
    def template(self) -> str:
        """The slide's template."""
        return f"display/slides/{self.slide}.html"


def team_wall(team: Team, *, has_goals: bool, plays: bool) -> TeamWall:
    """Read what a wall may show of a team; goals and challenges only where there may be some."""
    today = team.organization.today()
    board, current = Board.objects.first_and_current(team)
    running = Goal.objects.filter(team=team).running(today).with_owners()
    goals = without_means_of_few(progress_of(running[:1], today), Team.shows_mean) if has_goals else []
    return TeamWall(team, today, board, current, board_table(board), goals, plays)


def wall_of_board(board: Board) -> TeamWall:
    """What it may show of one month alone."""
    return TeamWall(board.team, board.team.organization.today(), board, board, board_table(board))


def giver(challenge: Challenge, team: Team) -> str | None:
    """Who gives what is played for, as a team's wall may name them; a wall never names who lost."""
    gives = challenge.stake and challenge.stake_kind in (StakeKind.ON_ME, StakeKind.PRIZE)
    return shown_name(challenge.maker, team) if gives else None


def shown_name(member: Member | Rep, team: Team) -> str | None:
    """How a team's wall names somebody, if at all."""
    return wall_name(member.name, team.organization.wall_names, member.wall_name)


def shown_entries(entries: Iterable[Entry], team: Team) -> list[str]:
    """How a team's wall names those who play, as far as it does."""
    players = [entry.team or entry.member for entry in entries]
    names = [player.name if isinstance(player, Team) else player and shown_name(player, team) for player in players]
    return [name for name in names if name]
