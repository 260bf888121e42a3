"""Which mail comes when: what nobody asked for at the next nine of a working day where its reader lives.

The clock looks each hour at what happened; what is not so any more in the morning is not said.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.quarter.model.games import Game, asked, grace_ends, progress_of, results, void_at
from tests.quarter.model.goals import Goal, reached
from tests.quarter.model.people import A_MOMENT, DAY, END_OF_TIME, Person, World, last_day, midnight, on, tick
from tests.quarter.model.reminders import steps

FIRST_ZONE = ZoneInfo("Etc/GMT-14")
"""Where a day begins before it does anywhere else."""
Letter = tuple[str, str, date]
"""Who reads it, what it is about, and on which day of theirs it comes."""


@dataclass
class Post:
    """Everything that is told of."""

    world: World
    months: list[date]
    games: Iterable[Game]
    goals: Iterable[Goal]
    end: datetime

    def letters(self) -> Counter[Letter]:
        parts = [
            *(self._month(month) for month in self.months),
            *(self._goal(goal) for goal in self.goals),
            *(self._game(game) for game in self.games),
            self._old_readings(),
        ]
        return Counter((reader.name, about, on_day(reader, at)) for part in parts for reader, about, at in part)

    def morning(self, reader: Person, moment: datetime, from_day: date = date.min) -> datetime:
        """The next nine of a working day where they live, and not before a day."""
        day = max(moment.astimezone(reader.zone).date(), from_day)
        while not self.world.works(day) or datetime.combine(day, time(9), reader.zone) < moment:
            day += DAY
        return datetime.combine(day, time(9), reader.zone)

    def _person(self, name: str) -> Person:
        return next(each for each in [*self.world.people, *self.world.managers.values()] if each.name == name)

    def _to(self, names: Iterable[str], about: str, seen: datetime) -> Iterator[tuple[Person, str, datetime]]:
        for person in {self._person(name) for name in names}:
            at = self.morning(person, seen)
            if person.has_login and at < self.end:
                yield person, about, at

    def _month(self, month: date) -> Iterator[tuple[Person, str, datetime]]:
        """To managers: who is silent on the last day, and that it is closed."""
        [day] = [day for day, step in steps(self.world, month).items() if step == 0]
        for team, manager in self.world.managers.items():
            at = datetime.combine(day, time(9), manager.zone)
            if self._silent(team, month, at):
                yield manager, f"digest {team} {month:%Y-%m}", at
            closed = self.world.closes_at(team, month)
            yield from self._to([manager.name], f"month_result {team} {month:%Y-%m}", tick(closed))

    def _silent(self, team: str, month: date, at: datetime) -> list[Person]:
        end, today = last_day(month), on(at)
        there = [each for each in self.world.people if each.team_on(end, known_on=today) == team]
        there = [each for each in there if each.has_access(end, known_on=today)]
        return [each for each in there if not each.reading(month, at) and not self.world.is_away(each, month)]

    def _goal(self, goal: Goal) -> Iterator[tuple[Person, str, datetime]]:
        """To whom it belongs, once: in the first morning in which it is still so."""
        reader = self.world.managers.get(goal.whose) or self._person(goal.whose)
        for seen in reached(self.world, goal, self.end).seen_at:
            for person, about, at in self._to([reader.name], f"goal_reached {goal.label}", seen):
                if reached(self.world, goal, at).on:
                    yield person, about, at
                    return

    def _game(self, game: Game) -> Iterator[tuple[Person, str, datetime]]:
        yield from self._invitations(game)
        if game.kind != "teams":
            yield from self._still_needed(game)
        yield from self._moved_starts(game)
        if over := void_at(self.world, game):
            readers = {game.maker, *self._readers(game, game.inside(over))}
            yield from self._to(readers, f"challenge_news {game.title} void", tick(over))
            return
        settles = grace_ends(self.world, game)
        first = results(self.world, game, settles)
        if settles < self.end:
            yield from self._to(self._readers(game, first), f"challenge_result {game.title}", tick(settles + A_MOMENT))
        if game.settled_again_at:
            second = results(self.world, game, settles, again=True)
            changed = [name for name in second if second[name] != first[name]]
            seen = tick(game.settled_again_at)
            yield from self._to(self._readers(game, changed), f"challenge_result {game.title} 2", seen)

    def _readers(self, game: Game, names: Iterable[str]) -> set[str]:
        """Who hears for those who are in: for a team its manager."""
        return {self.world.managers[name].name if game.kind == "teams" else name for name in names}

    def _is_over(self, game: Game, at: datetime) -> bool:
        return at >= (void_at(self.world, game) or grace_ends(self.world, game))

    def _invitations(self, game: Game) -> Iterator[tuple[Person, str, datetime]]:
        """To whoever was asked and has not answered by the morning, as long as one may join."""
        seen = tick(game.sent_at)
        names = {name for name in asked(self.world, game) if name not in game.inside(seen)}
        for name in names:
            for person, about, at in self._to(self._readers(game, [name]), f"challenge_invitation {game.title}", seen):
                answered_at = game.answers.get(name, (END_OF_TIME, False))[0]
                if at < answered_at and at < midnight(game.half_time + DAY) and not self._is_over(game, at):
                    yield person, about, at

    def _still_needed(self, game: Game) -> Iterator[tuple[Person, str, datetime]]:
        """At half-time, and once in the last two days, to who is in and not there yet."""
        last_days = game.ends - 2 * DAY
        parts = [("challenge_last_days", last_days, game.ends)]
        if game.half_time < last_days:
            parts.append(("challenge_half_time", game.half_time, last_days - DAY))
        for kind, day, last in parts:
            seen = tick(midnight(day, FIRST_ZONE))
            if game.duel_with and len(game.inside(seen)) < 2:
                continue
            for person in map(self._person, game.inside(seen)):
                at = self.morning(person, seen, day)
                is_there = results(self.world, game, at + A_MOMENT)[person.name].won
                told = not is_there and at < midnight(last + DAY) and not self._is_over(game, at)
                if person.has_login and told and at < self.end:
                    yield person, f"{kind} {game.title}", at

    def _moved_starts(self, game: Game) -> Iterator[tuple[Person, str, datetime]]:
        """To everybody in, when a start that they knew is corrected or withdrawn."""
        if game.kind in ("reach", "highest"):
            return
        until = grace_ends(self.world, game)
        for at in sorted({each.gone_at for person in self.world.people for each in person.readings}):
            if not game.sent_at <= at < until or self._is_over(game, tick(at)):
                continue
            before = progress_of(self.world, game, at - timedelta(microseconds=1), shifts_at=at)
            after = progress_of(self.world, game, at)
            for name, was in before.items():
                if was.start is not None and was.start != after[name].start:
                    yield from self._to(self._readers(game, after), f"challenge_news {game.title} start", tick(at))

    def _old_readings(self) -> Iterator[tuple[Person, str, datetime]]:
        """To whose latest reading of the month is in the old formula's points, once, if it still is so then."""
        for day, marked_at in self.world.formulas:
            month = day.replace(day=1)
            for person in self.world.people:
                moments = [marked_at, *(at for each in person.readings for at in (each.typed_at, each.gone_at))]
                old = (at for at in sorted(moments) if at >= marked_at and self._is_old(person, day, tick(at)))
                seen = next((tick(at) for at in old if on(tick(at)) <= last_day(month)), None)
                if (
                    seen is None
                    or not person.has_login
                    or person.unsubscribed
                    or not person.has_access(last_day(month))
                ):
                    continue
                hour = self.world.reminder_hours.get((person.team_on(on(seen)), month), 9)
                at = self._reminded_at(person, seen, hour)
                if at < midnight(last_day(month) + DAY, person.zone) and self._is_old(person, day, at):
                    yield person, "read_again", at

    def _is_old(self, person: Person, day: date, at: datetime) -> bool:
        reading = person.reading(day.replace(day=1), at)
        return reading is not None and reading.taken_on < day and person.team_on(on(at)) is not None

    def _reminded_at(self, person: Person, seen: datetime, hour: int) -> datetime:
        day = seen.astimezone(person.zone).date()
        while not self.world.works(day) or datetime.combine(day, time(hour), person.zone) < seen:
            day += DAY
        return datetime.combine(day, time(hour), person.zone)


def on_day(reader: Person, at: datetime) -> date:
    return at.astimezone(reader.zone).date()
