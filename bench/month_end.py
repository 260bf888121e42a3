"""A month's last minute: everybody submits, while the walls ask for news, by one web process and one worker."""

import time
from collections.abc import Iterator
from threading import Thread

from bench.compare import Figure
from bench.load import load
from bench.news import wall_question
from bench.site import Site
from bench.submit import Forms
from bench.world import make_ranked, make_walls
from teams.actions.checks import differing_boards, differing_counts
from teams.models import Board, Submission

TEAMS, WALLS, EVERY = 20, 200, 3
"""Teams of 25, their walls, and the seconds between two questions of a wall."""
SUBMISSIONS, MINUTE = 5_000, 60
LATE = 3
"""Seconds after the minute within which all is stored and every board right."""
PATIENCE = 600


def comparisons(site: Site) -> Iterator[Figure]:
    teams = [make_ranked(f"Team{number}") for number in range(TEAMS)]
    web, forms = site.web(), Forms(teams)
    site.worker(1)
    tokens = make_walls(teams[0], WALLS)
    question = wall_question(web, teams[0])
    questions = [question.replace(teams[0].token.encode(), token.encode()) for token in tokens]

    def asked_by_walls() -> None:
        load(web.port, questions, status=[200, 204], every=EVERY / WALLS, seconds=MINUTE)

    def last_minute() -> float:
        """The seconds until all are stored and every board is right; an error where one is lost or wrong."""
        before = Submission.objects.count()
        posts = [forms.next(rep) for _ in range(SUBMISSIONS // len(forms.reps)) for rep in forms.reps]
        walls = Thread(target=asked_by_walls)
        walls.start()
        began = time.monotonic()
        load(web.port, posts, every=MINUTE / SUBMISSIONS, connections=64, status=302, once=True, seconds=PATIENCE)
        while Board.objects.stale().exists():
            time.sleep(0.1)
        took = time.monotonic() - began
        walls.join()
        assert Submission.objects.count() == before + SUBMISSIONS
        assert (list(differing_boards()), differing_counts()) == ([], [])
        return took

    what = (
        f"{SUBMISSIONS:,} submissions within {MINUTE} s beside {WALLS} walls, until all are stored and each board right"
    )
    yield Figure(what, "s", MINUTE + LATE, last_minute, rounds=1)
