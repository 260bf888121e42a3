"""What the twenty people play for in their three months."""

from contextlib import suppress
from datetime import date, time, timedelta

from django.utils import timezone

from teams.actions.boards.recalibrations import mark_recalibration
from teams.actions.challenges import lifecycle, settling
from teams.actions.challenges.recalibration import choose
from teams.models import Challenge, Debt, Entry, Recalibration
from teams.rules.challenges.terms import ChallengeKind, default_winners
from teams.rules.errors import Refused
from tests.quarter.life import Life
from tests.quarter.model.games import Game
from tests.quarter.model.people import DAY, HOUR, last_day


class Playing:
    """Challenges of both teams, each noted for the model by its title."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.games: dict[str, Game] = {}
        self.challenges: dict[str, Challenge] = {}
        self.ticks = "Plus four"
        self.ticked: set[tuple[str, str]] = set()
        """Whom a debt was ticked between, before a second settlement."""
        self._plan_challenges()
        self._plan_duels()
        self._plan_the_new_formula()

    def _plan_challenges(self) -> None:
        day, months = self.life.day, self.life.months
        self._plan(day(1, 6), "Plus four", "gain", day(1, 8), day(1, 22), ["North"], points=4, stake="on_me")
        self._then(day(1, 25), 12, self._tick_a_debt, "Plus four")
        self._then(day(1, 26), 11, self._correct_and_settle_again, "Plus four")
        self._plan(day(1, 7), "Series 1", "highest", day(1, 10), day(1, 24), ["South"], repeats=True, yes=0.1)
        for month in (2, 3, 4):
            self._then(day(month, 7), 8, self._answer_next_edition, month)
        self._plan(day(2, 4), "Climbers", "improved", day(2, 7), last_day(months[1]), ["North"], stake="prize")
        self._plan(day(2, 3), "Derby", "teams", day(2, 5), day(2, 25), ["North", "South"], stake="prize")
        self._plan(day(3, 5), "Summit", "highest", day(3, 8), day(3, 22), ["North"], stake="on_me")
        self._plan(day(3, 6), "Sixty", "reach", day(3, 8), day(3, 24), ["South"], points=60)

    def _plan_duels(self) -> None:
        """One is played, one not answered, one declined, one played across a new formula."""
        day = self.life.day
        self._plan(day(1, 7), "Ada and Cem", "improved", day(1, 9), day(1, 20), duel=("Ada", "Cem"), stake="loser")
        self._plan(day(1, 7), "No answer", "highest", day(1, 9), day(1, 20), duel=("Ben", "Dag"), yes=None)
        self._plan(day(1, 7), "Declined", "highest", day(1, 9), day(1, 20), duel=("Fay", "Hal"), yes=0)
        self._plan(day(3, 7), "Across", "improved", day(3, 9), day(3, 25), duel=("Eva", "Cem"), stake="loser")

    def _plan_the_new_formula(self) -> None:
        """It changes in the midst of the third month and is marked later; one challenge is shifted by its manager."""
        self._plan(day := self.life.day(3, 6), "Shifted", "gain", day + 2 * DAY, day + 19 * DAY, ["South"], points=3)
        self._then(self.life.day(3, 19), 8, self._mark)
        self._then(self.life.day(3, 20), 8, self._shift, "Shifted")

    def _then(self, day: date, hour: int, do, *given: object) -> None:
        self.life.then(self.life.at(day, time(hour, 30)), do, *given)

    def _plan(self, day: date, title: str, kind: str, starts: date, ends: date, teams=(), **how: object) -> None:
        self._then(day, 11, self._send, title, kind, starts, ends, list(teams), how)

    # What they do

    def _send(self, title: str, kind: str, starts: date, ends: date, teams: list[str], how: dict) -> None:
        """Ask people to it; each answers within two days, or does not. `yes`: the share that says so."""
        life, now, duel = self.life, timezone.now(), how.get("duel", ())
        maker = life.members[duel[0] if duel else f"Head of {teams[0]}"]
        winners, count = default_winners(ChallengeKind(kind), is_duel=bool(duel))
        stake = how.get("stake", "none")
        challenge = Challenge(
            organization=life.organization, maker=maker, title=title, kind=kind, is_duel=bool(duel),
            points=how.get("points"), starts_on=starts, ends_on=ends, winners=winners, winner_count=count,
            stake_kind=stake, stake="" if stake == "none" else "lunch", repeats_monthly=how.get("repeats", False),
        )  # fmt: skip
        teams = teams or [life.by_name[duel[0]].team_on(starts)]
        opponent = life.members[duel[1]] if duel else None
        challenge = lifecycle.make_and_send(challenge, [life.teams[team] for team in teams], opponent, now)
        game = Game(title, kind, starts, ends, maker.name, teams, now, how.get("points") or 0, stake)
        game.duel_with = duel[1] if duel else ""
        self._note(challenge, game)
        self._plan_answers(challenge, game, how.get("yes", 0.8))

    def _note(self, challenge: Challenge, game: Game) -> None:
        self.games[game.title], self.challenges[game.title] = game, challenge
        for entry in challenge.entries.accepted():
            game.answers[str(entry)] = entry.answered_at, True

    def _plan_answers(self, challenge: Challenge, game: Game, yes: float | None) -> None:
        """Of the people; a team's manager says yes."""
        random = self.life.random
        for entry in challenge.entries.filter(answer="invited"):
            hours = random.randint(1, 40)
            accepts = entry.team_id is not None or random.random() < (0 if yes is None else yes)
            declines = not accepts and yes is not None and (game.duel_with or random.random() < 0.5)
            if accepts or declines:
                self.life.then(timezone.now() + hours * HOUR, self._answer, entry, game, accepts)

    def _answer(self, entry: Entry, game: Game, accepts: bool) -> None:
        """By themselves, or by a manager for somebody without a login."""
        head = self.life.members[f"Head of {entry.team or game.teams[0]}"]
        by = entry.member if entry.member and entry.member.user else head
        try:
            lifecycle.answer(entry, by, timezone.now(), accepts=accepts)
        except Refused as refused:
            self.life.differences.append(f"{entry} could not answer to {game.title}: {refused}")
        game.answers[str(entry)] = timezone.now(), accepts

    def _answer_next_edition(self, month: int) -> None:
        """Three days before its start everybody was asked to the next edition by the clock."""
        before = self.challenges[f"Series {month - 1}"]
        challenge = Challenge.objects.get(repeats=before)
        asked_at = self.life.at(challenge.starts_on - 3 * DAY, time())
        if not timedelta() <= challenge.sent_at - asked_at < timedelta(minutes=1):
            self.life.differences.append(f"{challenge} was sent at {challenge.sent_at}, not {asked_at}")
        first, last = self.life.day(month, 10), self.life.day(month, 24)
        game = Game(f"Series {month}", "highest", first, last, "Head of South", ["South"], challenge.sent_at)
        self._note(challenge, game)
        self._plan_answers(challenge, game, 0.8)

    def _tick_a_debt(self, title: str) -> None:
        debts = Debt.objects.filter(settlement__challenge=self.challenges[title]).order_by("creditor__name")
        if debt := debts.first():
            settling.close_debt(debt, timezone.now(), forgiven=False)
            self.ticked.add((debt.debtor.name, debt.creditor.name))

    def _correct_and_settle_again(self, title: str) -> None:
        """Two who were in find that they misread: one had much more, one much less."""
        life, game = self.life, self.games[title]
        for name, more in zip(sorted(game.inside(timezone.now()))[:2], (8, -8), strict=False):
            person = life.by_name[name]
            played = [each for each in person.counting(timezone.now()) if game.starts <= each.taken_on <= game.ends]
            if played:
                life.correct(person, played[-1], played[-1].total + more)
        game.settled_again_at = timezone.now()
        challenge = Challenge.objects.get(pk=self.challenges[title].pk)
        with suppress(Refused):  # where nothing changed
            settling.settle_again(challenge, challenge.maker, timezone.now())

    def _mark(self) -> None:
        day = self.life.day(3, 15)
        self.life.world.formulas.append((day, timezone.now()))
        mark_recalibration(self.life.organization, day, self.life.organization.today())

    def _shift(self, title: str) -> None:
        challenge = self.challenges[title]
        choose(challenge, Recalibration.objects.get(), "shift", challenge.maker, timezone.now())
        self.games[title].shifted, self.games[title].shifted_at = self.life.day(3, 15), timezone.now()
