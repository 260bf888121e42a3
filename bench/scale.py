"""What a million reps cost the database: ranking, closing, places and reminders, each against a bare statement."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

import psycopg
from django.utils import timezone

from bench.compare import Comparison
from bench.processor import cost, execute
from bench.site import Site
from leaderboard.local import postgres
from leaderboard.local.site import ROOT
from teams.actions.boards.ranking import AT_ONCE, RANK_BOARDS, RULES, count_anew, rank_boards
from teams.actions.demo.populate import Size, populate
from teams.actions.months.closing import close_months
from teams.actions.reminders.reminders import remind_due
from teams.models import Board, Delivery, Membership, MessageKind, Organization, ScoreCount, Standing
from teams.rules.messages.reminders import Policy, upcoming
from teams.rules.months import Month
from teams.tasks.months import AT_ONCE as CLOSED_AT_ONCE

TEAMS = 1_000
"""So many teams are ranked and closed at a time, each round the next ones."""
DUE, READ, FEW = 1_000, 300, 100
WITH_PEOPLE = ["member__user", "member__organization", "team__organization"]
KEEP = """
CREATE TEMPORARY TABLE kept AS
SELECT board_id, member_id, rank, total, climb, submission_id, previous_id
FROM teams_standing WHERE board_id = ANY(%s)
"""
WRITE = """
INSERT INTO teams_standing (board_id, member_id, rank, total, climb, submission_id, previous_id)
SELECT board_id, member_id, rank, total, climb, submission_id, previous_id FROM kept
"""
READING = """
INSERT INTO teams_submission
    (member_id, typed_by_id, month, taken_on, typed_at, total, note, source, reason)
SELECT member_id, member_id, %(month)s, now()::date, now(), 30 + 60 * random(), '', 'typed', ''
FROM teams_standing WHERE board_id = %(board)s LIMIT 1
"""

cost_of = partial(Comparison, unit="ms of a core", at_least=False)


def comparisons(site: Site) -> Iterator[Comparison]:
    """On a site of its own that is thrown away: most of them write what they measure."""
    if not Organization.objects.exists():
        populate(Size(site.reps, 1, 2, 1), timezone.now(), lambda line: print(line, file=sys.stderr))
    company = Organization.objects.get()
    month = Month.of(company.today())
    boards = list(Board.objects.filter(month=month).order_by("pk").values_list("pk", flat=True))
    reps = f"{Standing.objects.filter(board__month=month).count():,} reps"
    yield from _of_months(boards, reps)
    count_anew(company.pk, month)
    yield from _of_one(site, company, month, boards, reps)
    yield from _of_reminders(company, month)


def _of_months(boards: list[int], reps: str) -> Iterator[Comparison]:
    """Whole months, ranked and closed."""
    parts = cycle(_chunks(boards, TEAMS))
    yield cost_of(
        what=f"Ranking a thousand of {len(boards):,} teams, of {reps} in all",
        limit="one INSERT … SELECT of the same rows, with the same indexes and foreign keys",
        goal=2,
        measure=lambda: _ranking(next(parts)),
        measure_limit=lambda: _writing(next(parts)),
        rounds=8,
    )
    yield cost_of(
        what=f"Closing a thousand of {len(boards):,} teams",
        limit="ranking them",
        goal=2,
        measure=lambda: _closing(next(parts)),
        measure_limit=lambda: _ranking(next(parts)),
        rounds=8,
    )


def _of_one(site: Site, company: Organization, month: Month, boards: list[int], reps: str) -> Iterator[Comparison]:
    """One board, and one rep, among all."""
    large = _one_board(site.env["DATABASE_URL"])
    small = _one_board(_few_reps(site))
    yield cost_of(
        what=f"Ranking one board of 25 after a submission, among {reps}, whichever board",
        limit=f"the same among {FEW}",
        goal=1.2,
        measure=large,
        measure_limit=small,
    )
    rows = list(Standing.objects.filter(board__in=boards[:READ]).values_list("board_id", "member_id")[:READ])
    yield cost_of(
        what=f"A rep's place in an organization of {reps}",
        limit="reading one row by its primary key",
        goal=3,
        measure=lambda: _each(rows, lambda _row: ScoreCount.objects.places(company, month)),
        measure_limit=lambda: _each(
            rows, lambda row: list(Standing.objects.filter(board=row[0], member=row[1]).values_list("total"))
        ),
    )


def _of_reminders(company: Organization, month: Month) -> Iterator[Comparison]:
    """The sweep of reminders, with some that are due among all members."""
    members = list(Membership.objects.filter(competing=True).order_by("pk").values_list("pk", flat=True))
    due = members[:: max(1, len(members) // DUE)][:DUE]
    Membership.objects.update(remind_at=timezone.now() + timedelta(days=365))
    execute("VACUUM ANALYZE teams_membership")
    moment = _first_reminder_of(company, month + 1)
    for limit, read in [
        ("reading these with their people by index, as objects", lambda: _objects(due)),
        ("reading their bare rows by index, without Django", lambda: execute(BARE, due)),
    ]:
        yield cost_of(
            what=f"The sweep of reminders among {len(members):,} members, {len(due):,} due, none of whom has submitted",
            limit=limit,
            goal=5,
            measure=lambda: _reminding(due, moment),
            measure_limit=lambda read=read: cost(read),
        )


BARE = "SELECT * FROM teams_membership WHERE id = ANY(%s)"


def _empty(boards: list[int]) -> None:
    """Nothing is stored of the boards, as when their month begins, and all are stale."""
    Board.objects.filter(pk__in=boards).update(stale_since=timezone.now(), closed_at=None)
    execute("DELETE FROM teams_standing WHERE board_id = ANY(%s)", boards)
    execute("VACUUM teams_standing")


def _ranking(boards: list[int]) -> float:
    """By as many at once as the sweep takes."""
    _empty(boards)
    return cost(lambda: [rank_boards(chunk) for chunk in _chunks(boards, AT_ONCE)])


def _closing(boards: list[int]) -> float:
    """By as many at once as a task takes."""
    _empty(boards)
    now = timezone.now()
    took = cost(lambda: [close_months(chunk, now) for chunk in _chunks(boards, CLOSED_AT_ONCE)])
    Board.objects.filter(pk__in=boards).update(closed_at=None)
    return took


def _writing(boards: list[int]) -> float:
    """The rows that ranking them writes, by one statement."""
    execute("DROP TABLE IF EXISTS kept")
    execute(KEEP, boards)
    _empty(boards)
    return cost(lambda: execute(WRITE))


def _chunks(boards: list[int], size: int) -> list[list[int]]:
    return [boards[first : first + size] for first in range(0, len(boards), size)]


def _one_board(url: str) -> Callable[[], float]:
    """Measures ranking one of a site's boards after one submission, in a database of its own connection."""
    planned_once = {"prepare_threshold": 2, "options": "-c plan_cache_mode=force_generic_plan"}  # as the site has it
    site = psycopg.connect(url, autocommit=True, **planned_once)
    found = site.execute("SELECT id, month FROM teams_board WHERE closed_at IS NULL AND submitted > 1").fetchall()
    order = Random(1)

    def once() -> float:
        board, month = order.choice(found)
        with site.transaction():  # undone, it would forget the plan
            site.execute(READING, {"board": board, "month": month})
            ranked = {"boards": [board], "away_members": [], "away_months": [], **RULES}
            return cost(lambda: site.execute(RANK_BOARDS, ranked), site.info.backend_pid)

    return lambda: median(once() for _ in range(40))


def _few_reps(site: Site) -> str:
    """The address of a second database, with a hundred reps."""
    execute("DROP DATABASE IF EXISTS few")
    execute("CREATE DATABASE few")
    url = postgres.url(site.var, "few")
    for command in (["migrate", "--noinput"], ["populate", f"--reps={FEW}", "--months=2"]):
        env = os.environ | site.env | {"DATABASE_URL": url}
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, capture_output=True)
    with psycopg.connect(url, autocommit=True) as few:
        few.execute("VACUUM ANALYZE")  # what PostgreSQL does by itself within a minute or two
    return url


def _each(rows: list[tuple[int, int]], read: Callable[[tuple[int, int]], object]) -> float:
    return cost(lambda: [read(row) for row in rows]) / len(rows)


def _objects(memberships: list[int]) -> list[Membership]:
    return list(Membership.objects.filter(pk__in=memberships).select_related(*WITH_PEOPLE))


def _first_reminder_of(company: Organization, month: Month) -> datetime:
    began = datetime.combine(month.first_day, datetime.min.time(), ZoneInfo(company.time_zone))
    return next(
        moment for moment, step in upcoming(began, ZoneInfo(company.time_zone), Policy()) if step.month == month
    )


def _reminding(due: list[int], now: datetime) -> float:
    """With its commits, in which the foreign keys are checked."""
    Membership.objects.filter(pk__in=due).update(remind_at=now)
    Delivery.objects.filter(kind=MessageKind.REMINDER).delete()
    execute("VACUUM teams_membership, teams_delivery")
    return cost(lambda: list(iter(lambda: remind_due(now), 0)))
