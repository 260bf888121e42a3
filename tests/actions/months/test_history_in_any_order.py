"""Months imported in any order, and imports taken back, give the boards that plain Python makes of what is left."""

from collections import defaultdict
from random import Random

import pytest

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.imports import storing
from teams.models import Board
from tests.actions.imports.test_imports import months, receive, store
from tests.makers import make_admin, make_organization, make_rep, make_team

NAMES = ["Ada", "Ben", "Cy", "Di", "Ed", "Flo"]
LENGTH = 9
REACH = 3


class Model:
    """What the boards of a team show after some files; each file is {(name, place of the month): score}."""

    def __init__(self, files, joined):
        self.scores = {key: total for file in files for key, total in file.items()}
        self.joined = dict(joined)
        for name, month in self.scores:
            self.joined[name] = min(month, self.joined.get(name, month))

    def board(self, month):
        """(submitted, expected, {name: (place, score, climb, the month compared with)})."""
        here = [name for name, joined in self.joined.items() if joined <= month]
        totals = {name: self.scores[name, month] for name in here if (name, month) in self.scores}
        both = [name for name in totals if (name, month - 1) in self.scores and self.joined[name] < month]
        before = {name: self.scores[name, month - 1] for name in both}
        rows = {}
        for name, total in totals.items():
            earlier = [month - back for back in range(1, REACH + 1) if (name, month - back) in self.scores]
            climb = None
            if name in both:
                climb = place(before, name) - place({other: totals[other] for other in both}, name)
            rows[name] = (place(totals, name), total, climb, earlier[0] if earlier else None)
        return len(totals), len(here), rows


def place(totals, name):
    return 1 + sum(total > totals[name] for total in totals.values())


def shown(team):
    """The boards as they are stored, by the place of their month."""
    first = months(team, LENGTH)[0]
    boards = {}
    for board in Board.objects.filter(team=team):
        rows = {
            row.member.name: (
                row.rank,
                row.total,
                row.climb,
                row.previous and row.previous.month.since(first),
            )
            for row in board.standings.select_related("member", "previous")
        }
        boards[board.month.since(first)] = (board.submitted, board.expected, rows)
    return boards


def files_of(random):
    """Scores of nine months, cut into files of a month or two that hold nothing twice."""
    files = defaultdict(dict)
    for name in NAMES:
        began, ends = sorted(random.sample(range(LENGTH + 1), 2))
        for month in range(began, ends):
            if random.random() < 0.8:
                files[random.choice([month, month // 2, "rest"])][name, month] = random.randrange(30, 70)
    return list(files.values())


def as_csv(team, file):
    columns = months(team, LENGTH)
    lines = [
        ";".join([name, *(str(file.get((name, place), "")) for place in range(LENGTH))])
        for name in sorted({name for name, _ in file})
    ]
    return "\n".join([f"Name;{';'.join(map(str, columns))}", *lines])


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 12))])
@pytest.mark.django_db
def test_whatever_comes_in_whichever_order_and_is_taken_back_the_boards_are_the_models(seed):
    random = Random(seed)
    team = make_team("North", make_organization())
    alan = make_admin(team.organization)
    first = months(team, LENGTH)[0]
    joined = {"Ada": LENGTH - 2}
    make_rep(team, "Ada", login=False, joined_on=(first + joined["Ada"]).first_day)
    files = files_of(random)
    random.shuffle(files)

    stored = [(file, store(receive(team, alan, as_csv(team, file)))) for file in files]
    model = Model(files, joined)
    assert shown(team) == {month: model.board(month) for month in shown(team)}
    assert {month for _, month in model.scores} <= set(shown(team))

    random.shuffle(stored)
    while stored:
        storing.take_back(stored.pop()[1], alan)
        rank_stale_boards()
        model = Model([file for file, _ in stored], joined)
        assert shown(team) == {month: model.board(month) for month in shown(team)}
