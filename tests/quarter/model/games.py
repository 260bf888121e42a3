"""Challenges: who is asked, what counts, who wins, and who owes whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tests.quarter.model.people import DAY, END_OF_TIME, FORTNIGHT, Person, Reading, World, back, first_of, midnight, on

MADE = ("gain", "reach")
"""What everybody makes or misses alone; the others compare."""
GRACE = 2 * DAY
DUEL_WAITS = timedelta(hours=72)


@dataclass(eq=False)
class Game:
    """A challenge as it was sent, and what people said to it: the answers by who was asked, a person or a team."""

    title: str
    kind: str
    starts: date
    ends: date
    maker: str
    teams: list[str]
    sent_at: datetime
    points: int = 0
    stake: str = "none"
    duel_with: str = ""
    answers: dict[str, tuple[datetime, bool]] = field(default_factory=dict)
    shifted: date | None = None
    """The day of a new formula before which readings count in its points, since somebody decided so."""
    shifted_at: datetime = END_OF_TIME
    settled_again_at: datetime | None = None

    @property
    def half_time(self) -> date:
        """The last day on which one may join."""
        return self.starts + (self.ends - self.starts) // 2

    def inside(self, at: datetime) -> dict[str, datetime]:
        """Who said yes by a moment, and when."""
        return {name: said_at for name, (said_at, accepts) in self.answers.items() if accepts and said_at <= at}


@dataclass(frozen=True)
class Result:
    """The place of one who is in, the figures to start from and to end with, and the day on which it was made."""

    place: int | None
    won: bool
    start: Decimal | None
    end: Decimal | None
    made_on: date | None = None


@dataclass(frozen=True)
class Progress:
    """How far somebody is: the start, and the readings that count since."""

    start: Decimal | None
    values: tuple[Decimal, ...] = ()
    made_on: date | None = None
    people: tuple[str, ...] = ()
    """Whose readings they are: in team against team those who are compared."""

    @property
    def end(self) -> Decimal | None:
        return self.values[-1] if self.values else None

    @property
    def gained(self) -> Decimal | None:
        return None if self.start is None or self.end is None else self.end - self.start


def asked(world: World, game: Game) -> set[str]:
    """The reps of its teams, but for those without access and who are away all the time; in a duel its two."""
    if game.duel_with:
        return {game.maker, game.duel_with}
    if game.kind == "teams":
        return set(game.teams)
    today = on(game.sent_at)
    return {each.name for each in world.people if each.team_on(today) in game.teams and takes_part(each, game, today)}


def takes_part(person: Person, game: Game, today: date) -> bool:
    days = [game.starts + n * DAY for n in range((game.ends - game.starts).days + 1)]
    return person.has_access(today) and not all(map(person.is_on_leave, days))


def void_at(world: World, game: Game) -> datetime | None:
    """A duel that was declined, or not accepted within 72 hours; anything that too few are in at half-time."""
    half_time_is_over = midnight(game.half_time + DAY)
    if game.duel_with:
        said_at, accepts = game.answers.get(game.duel_with, (game.sent_at + DUEL_WAITS, False))
        if not accepts or said_at > half_time_is_over:
            return min(said_at, half_time_is_over)
    fewest = 1 if game.kind in MADE else 2
    return half_time_is_over if len(game.inside(half_time_is_over)) < fewest else None


def grace_ends(world: World, game: Game) -> datetime:
    """Two whole days after the last, or when its month closed for its teams, if that was earlier."""
    closes = max(world.closes_at(team, first_of(game.ends)) for team in game.teams)
    return max(midnight(game.ends + DAY), min(midnight(game.ends + DAY + GRACE), closes))


def results(world: World, game: Game, at: datetime, *, again: bool = False) -> dict[str, Result]:
    """How it stands at a moment; at the end of the grace that is the result, and `again` that after corrections."""
    progress = progress_of(world, game, at, again=again)
    if game.kind in MADE:
        days = sorted(each.made_on for each in progress.values() if each.made_on)
        return {
            name: Result(
                days.index(each.made_on) + 1 if each.made_on else None,
                each.made_on is not None,
                each.start,
                each.end,
                each.made_on,
            )
            for name, each in progress.items()
        }
    figures = {name: each.end if game.kind == "highest" else each.gained for name, each in progress.items()}
    return {name: _compared(game, figures, name, progress[name]) for name in figures}


def debts(game: Game, results: Mapping[str, Result], progress: Mapping[str, Progress]) -> set[tuple[str, str]]:
    """Who owes whom: the maker each winner, in some duels the loser the winner; nobody themselves."""
    winners = {person for name, each in results.items() if each.won for person in progress[name].people}
    losers = set(results) - winners
    owing = {"none": set(), "loser": losers, "on_me": {game.maker}, "prize": {game.maker}}[game.stake]
    return {(debtor, winner) for debtor in owing for winner in winners if debtor != winner}


def progress_of(
    world: World, game: Game, at: datetime, *, again: bool = False, shifts_at: datetime | None = None
) -> dict[str, Progress]:
    """How far each who is in has come, with the readings known at a moment; `again` as they were corrected."""
    until = game.settled_again_at if again else at
    people = {person.name: person for person in world.people}
    if game.kind == "teams":
        return {team: _team_progress(world, game, team, accepted, at) for team, accepted in game.inside(at).items()}
    found = {}
    for name, accepted in game.inside(at).items():
        readings = [each for each in people[name].counting(until) if each.known_at < at]
        values = {each: _value(world, game, each, shifts_at or until) for each in readings}
        found[name] = _progress(game, name, readings, values, accepted)
    return found


def _progress(
    game: Game, name: str, readings: list[Reading], values: Mapping[Reading, Decimal], accepted: datetime
) -> Progress:
    """From the latest reading of the fortnight up to the start that they accepted with; else from the first after."""
    earliest = game.starts - FORTNIGHT
    known = [each for each in readings if each.known_at < accepted and earliest <= each.taken_on <= game.starts]
    later = [
        each
        for each in readings
        if each.known_at >= accepted and max(on(accepted), earliest) <= each.taken_on <= game.ends
    ]
    start = known[-1] if known else later[0] if later else None
    played = [each for each in readings if game.starts <= each.taken_on <= game.ends]
    if game.kind in ("gain", "improved"):
        played = played[:0] if start is None else [each for each in played if _order(each) > _order(start)]
    first = None if start is None else values[start]
    target = Decimal(game.points) if game.kind == "reach" else None if first is None else first + game.points
    made = [each.taken_on for each in played if game.kind in MADE and target is not None and values[each] >= target]
    return Progress(first, tuple(values[each] for each in played), made[0] if made else None, (name,))


def _team_progress(world: World, game: Game, team: str, accepted: datetime, at: datetime) -> Progress:
    """The mean of those who are there from the start to the end, with a score at both; a silent one keeps theirs."""
    starts, ends, names = [], [], []
    oldest = min(game.starts - FORTNIGHT, back(first_of(game.starts), 3))
    last = min(game.ends, max(on(at), game.starts))
    reps = [each for each in world.people if each.team_on(game.starts) == each.team_on(last) == team]
    reps = [each for each in reps if takes_part(each, game, last)]
    for person in reps:
        readings = [each for each in person.counting(at) if oldest <= each.taken_on <= game.ends]
        before = [
            each
            for each in readings
            if each.taken_on < game.starts or (each.taken_on == game.starts and each.known_at < accepted)
        ]
        if before:
            names.append(person.name)
            starts.append(before[-1].total)
            ends.append(readings[-1].total)
    if 10 * len(names) < 6 * len(reps) or not names:
        return Progress(None)
    return Progress(_mean(starts), (_mean(ends),), None, tuple(names))


def _compared(game: Game, figures: Mapping[str, Decimal | None], name: str, progress: Progress) -> Result:
    """The best three with ties; in a duel and among teams the better one, and equal is a draw."""
    own, known = figures[name], [each for each in figures.values() if each is not None]
    face_to_face = bool(game.duel_with) or game.kind == "teams"
    is_draw = face_to_face and len(known) == len(figures) and len(set(known)) == 1
    place = None if own is None else 1 + sum(other > own for other in known)
    gained = face_to_face or game.kind == "highest" or (own is not None and own > 0)
    won = place is not None and place <= (1 if face_to_face else 3) and gained and not is_draw
    return Result(place, won, progress.start, progress.end)


def _value(world: World, game: Game, reading: Reading, at: datetime) -> Decimal:
    is_shifted = game.shifted_at <= at and reading.taken_on < game.shifted
    shift = world.shift(game.shifted, at) if is_shifted else 0
    return Decimal(reading.total + shift)


def _order(reading: Reading) -> tuple[date, datetime]:
    return reading.taken_on, reading.typed_at


def _mean(totals: list[int]) -> Decimal:
    return (Decimal(sum(totals)) / len(totals)).quantize(Decimal("0.1"), ROUND_HALF_UP)
