"""What each page costs that a person opens, against a plain list, in one run in which they take turns.

A team of 25, as a rep and as a manager, everything warm; then the same pages of teams of 100 and of 400 against
themselves at 25, and the first view after a reading came in against the same page unchanged. Processor time is that
of Python and of the connection's PostgreSQL together.
"""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils.module_loading import import_string

from bench.busy import Busy, make_busy
from bench.compare import SEED, Row, Series
from bench.processor import cost
from bench.site import Site
from bench.world import cookies_of
from teams.actions.boards.ranking import rank_stale_boards
from teams.models import Member
from tests.makers import make_submission

PLAIN = "a plain list"
GOAL, GROWTH, FIRST = 3, 4, 2
"""Plain lists a page may cost; how much more it may where lists are full; and the first view after a change."""
SIZES = (25, 100, 400)
ROUNDS, TIMES = 9, 1
"""How many rounds there are, and how often a page is opened in each."""
CHANGING = ["Today", "Board", "Goals", "Challenges", "Team"]
"""The pages that a new reading changes."""


@dataclass(frozen=True)
class Page:
    """A page, and who opens it in a team of which size."""

    name: str
    role: str
    size: int
    path: str
    reader: Member

    @property
    def title(self) -> str:
        return f"{self.name}, as a {self.role}"


def pages_of(team: Busy, size: int) -> Iterator[Page]:
    """What the reps and the manager of a team open."""
    slug, rep, month = team.team.slug, team.reps[0], team.board.month
    both = {
        "Today": reverse("today"),
        "Board": reverse("board", args=[slug]),
        "Goals": reverse("goals"),
        "Past goals": reverse("past_goals"),
        "Challenges": reverse("challenges"),
        "Challenges that are over": reverse("challenges_over"),
        "A challenge": reverse("challenge", args=[team.challenge.pk]),
        "A rep": reverse("rep", args=[rep.pk]),
        "Company": reverse("organization"),
        "Hall of fame": reverse("hall_of_fame", args=[slug]),
        "My settings": reverse("me"),
    }
    of_reps = both | {"Submit": reverse("submit"), "Why": reverse("why", args=[slug, month, rep.pk])}
    of_managers = both | {
        "Team": reverse("team", args=[slug]),
        "A month": reverse("team_month", args=[slug, month]),
        "A month's scores": reverse("enter_scores", args=[slug, month]),
        "Insights": reverse("insights", args=[slug]),
        "Figures": reverse("figures", args=[slug]),
        "Reminders": reverse("reminders", args=[slug]),
        "Imports": reverse("imports", args=[slug]),
    }
    for role, paths, reader in [("rep", of_reps, rep), ("manager", of_managers, team.manager)]:
        yield from (Page(name, role, size, path, reader) for name, path in paths.items())


def comparisons(site: Site) -> Iterator[Series]:
    settings.ROOT_URLCONF = "bench.plain_list"
    teams = {size: make_busy(f"Team{size}", size) for size in SIZES}
    pages = [page for size, team in teams.items() for page in pages_of(team, size)]
    opened = {(page.name, page.role, page.size): opener(page.path, page.reader) for page in pages}
    opened[PLAIN] = opener("/plain-list/", teams[25].reps[0])
    for view in opened.values():
        view()
    gc.collect()
    gc.freeze()  # as the process does that serves pages: people who were made up for this are no garbage
    asked = {key: queries(view) for key, view in opened.items()}
    yield Series(
        {key: lambda view=view: repeated(view) for key, view in opened.items()},
        [
            Row(f"{page.title}, {asked[key]} queries", key, PLAIN, PLAIN, GOAL)
            if page.size == SIZES[0]
            else Row(f"{page.title}, {page.size} in the team, {asked[key]} queries", key, "with 25", of_25, GROWTH)
            for page in pages
            for key, of_25 in [((page.name, page.role, page.size), (page.name, page.role, SIZES[0]))]
        ],
        unit="ms of a core",
        rounds=ROUNDS,
    )
    yield after_a_change(teams[25], {key: view for key, view in opened.items() if key[0] in CHANGING and key[2] == 25})


def after_a_change(team: Busy, opened: dict[Any, Callable[[], None]]) -> Series:
    """The first view of each page after somebody's reading was ranked, and the view after that."""
    today, random = team.team.organization.today(), Random(SEED)

    def change() -> None:
        make_submission(random.choice(team.reps), random.randint(20, 90), taken_on=today)
        rank_stale_boards()

    def first(view: Callable[[], None]) -> float:
        spent = 0.0
        for _ in range(TIMES):
            change()
            spent += cost(view)
        return spent / TIMES

    def again_after(view: Callable[[], None]) -> float:
        view()  # another page's turn may have changed what this one shows
        return repeated(view)

    again = {(key, "again"): lambda view=view: again_after(view) for key, view in opened.items()}
    new = {(key, "new"): lambda view=view: first(view) for key, view in opened.items()}
    rows = [
        Row(f"{key[0]}, as a {key[1]}, first view after a reading", (key, "new"), "unchanged", (key, "again"), FIRST)
        for key in opened
    ]
    return Series(again | new, rows, unit="ms of a core", rounds=ROUNDS)


def opener(path: str, reader: Member) -> Callable[[], None]:
    """What opens a page as a browser does that is signed in."""
    application = import_string("leaderboard.wsgi.application")
    browser = RequestFactory(headers={"Cookie": cookies_of(reader), "Host": "127.0.0.1", "Accept-Encoding": "gzip"})
    environ = browser.get(path).environ

    def view() -> None:
        said = []
        answer = application(dict(environ), lambda *status: said.append(status[0]))
        assert b"".join(answer)
        assert said == ["200 OK"], (path, said)
        answer.close()

    return view


def repeated(view: Callable[[], None]) -> float:
    """The processor time of one view, in ms."""
    return cost(lambda: [view() for _ in range(TIMES)]) / TIMES


def queries(view: Callable[[], None]) -> int:
    """How many statements it asks."""
    counted = []

    def count(execute, sql, params, many, context):
        counted.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        view()
    return len(counted)
