"""A site of made-up people, as large as one asks for, to see how fast it is. The same seed makes the same figures."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.people.logins import make_login
from teams.models import Board, Member, Membership, Organization, Role, Team
from teams.rules.errors import Refused
from teams.rules.measure import PILLAR_MOST, Pillar, rounded
from teams.rules.months import Month, months_between
from teams.rules.people.passwords import passphrase
from teams.rules.standings import VERSION

# ruff: noqa: S311 - nothing that Random decides is secret

REPS_A_TEAM = 25
TEAMS_AT_ONCE = 400
SILENT_SHARE = 0.04
MIDDLE, SPREAD, MOST = 45, 13, 96
"""Of everybody's score in the first month: its mean and deviation; and what nobody goes beyond."""
GROWTH = 0.8
"""Points that a rep gains in a month, in the middle."""
DOMAIN = "populated.example"
FIRST_NAMES = [
    "Ada",
    "Ben",
    "Cleo",
    "Dan",
    "Eve",
    "Finn",
    "Gwen",
    "Hugo",
    "Ines",
    "Jon",
    "Kira",
    "Liam",
    "Mina",
    "Nils",
]
LAST_NAMES = [
    "Adler",
    "Berger",
    "Costa",
    "Dahl",
    "Engel",
    "Farkas",
    "Grant",
    "Ito",
    "Keller",
    "Moreau",
    "Novak",
    "Rossi",
]

READING = ["member_id", "typed_by_id", "month", "taken_on", "typed_at", "total", *Pillar, "note", "source", "reason"]


class Size(NamedTuple):
    """How much there is to be: reps in all, organizations that they are shared out to, months up to this one."""

    reps: int
    organizations: int
    months: int
    seed: int


class SignIn(NamedTuple):
    """How one signs in as somebody of a populated site."""

    email: str
    password: str


def populate(size: Size, now: datetime, say: Callable[[str], Any]) -> list[SignIn]:
    """Fill an empty site; its sign-ins: each organization's admin, who manages its first team, and its first rep.

    Each part is stored as soon as it is made; `say` hears how far it is. Refused where others can reach the site,
    and where there is somebody already.
    """
    if not settings.LOCAL:
        raise Refused("Made-up people are for trying out only: set SITE_URL to an address of this machine.")
    if Organization.objects.exists():
        raise Refused("There is somebody already. Start an empty site with DEMO=0 and another LEADERBOARD_VAR.")
    months = months_between(Month.of(now.date()) - (size.months - 1), Month.of(now.date()))
    sign_ins = []
    for number in range(1, size.organizations + 1):
        share = size.reps * number // size.organizations - size.reps * (number - 1) // size.organizations
        sign_ins += _fill(number, share, months, now, size.seed, say)
    with connection.cursor() as cursor:  # the planner should know what it ranks
        cursor.execute("ANALYZE")
    _rank(say)
    for month in months[:-1]:
        closed_at = Organization.objects.earliest("pk").closes(month)
        if closed_at <= now:
            Board.objects.filter(month=month).update(closed_at=closed_at, rules_version=VERSION)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return sign_ins


def _fill(
    number: int, reps: int, months: list[Month], now: datetime, seed: int, say: Callable[[str], Any]
) -> list[SignIn]:
    """One organization with its teams; the sign-ins of its first two people."""
    organization = Organization.objects.create(name=f"Company {number}")
    Organization.objects.filter(pk=organization.pk).update(created_at=now - timedelta(days=31 * len(months)))
    teams = [min(REPS_A_TEAM, reps - start) for start in range(0, reps, REPS_A_TEAM)]
    for start in range(0, len(teams), TEAMS_AT_ONCE):
        chunk = teams[start : start + TEAMS_AT_ONCE]
        _store(organization, dict(enumerate(chunk, start + 1)), months, now, Random(f"{seed} {number} {start}"))
        say(f"{organization}: {start + len(chunk):,} of {len(teams):,} teams")
    return _make_sign_ins(organization, number)


@transaction.atomic
def _store(
    organization: Organization, teams: dict[int, int], months: list[Month], now: datetime, random: Random
) -> None:
    """Some teams, by number with how many reps each has, and everything in them; by COPY."""
    today, long_ago = organization.local(now).date(), months[0].first_day - timedelta(days=400)
    team_ids = _ids("teams_team", len(teams))
    homes = [team for team, reps in zip(team_ids, teams.values(), strict=True) for _ in range(reps)]
    _copy(
        "teams_team",
        ["id", "organization_id", "name", "slug", "rank_visibility", "reminds", "reminder_steps", "reminder_hour"],
        (
            (team, organization.pk, f"Team {number}", f"team-{number}", "", True, [-5, -3, -1, 0, 1], 9)
            for team, number in zip(team_ids, teams, strict=True)
        ),
    )
    member_ids = _store_people(organization, len(homes), now, random)
    _copy(
        "teams_membership",
        ["member_id", "team_id", "role", "competing", "joined_on"],
        ((member, team, "rep", True, long_ago) for member, team in zip(member_ids, homes, strict=True)),
    )
    _copy(
        "teams_submission",
        READING,
        (row for member in member_ids for row in _readings(member, months, today, now, random)),
    )
    _copy(
        "teams_board",
        ["team_id", "month", "version", "submitted", "expected", "stale_since"],
        ((team, month.first_day, 0, 0, 0, now) for team in team_ids for month in months),
    )


def _store_people(organization: Organization, count: int, now: datetime, random: Random) -> list[int]:
    """Members who can sign in, by their numbers."""
    user_ids, member_ids = (_ids(table, count) for table in ("teams_user", "teams_member"))
    names = [f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}" for _ in member_ids]
    _copy(
        "teams_user",
        ["id", "email", "password", "is_active", "date_joined"],
        ((user, f"user-{user}@{DOMAIN}", "!", True, now) for user in user_ids),
    )
    _copy(
        "teams_member",
        ["id", "organization_id", "user_id", "name", "is_admin", "plan", "sees_ranks", "time_zone"],
        (
            (member, organization.pk, user, name, False, "free", True, "")
            for member, user, name in zip(member_ids, user_ids, names, strict=True)
        ),
    )
    return member_ids


def _readings(
    member: int, months: list[Month], today: date, now: datetime, random: Random
) -> Iterator[tuple[Any, ...]]:
    """A rep's submissions, one a month but for the silent; in points that grow slowly."""
    strength = random.gauss(MIDDLE, SPREAD)
    for month in months:
        strength += random.gauss(GROWTH, 1.5)
        if random.random() < SILENT_SHARE:
            continue
        level = min(max(strength, 4), MOST)
        hundredths = [min(100 * PILLAR_MOST, int(PILLAR_MOST * level * (0.8 + 0.4 * random.random()))) for _ in Pillar]
        last = min(today, month.last_day)
        taken_on = month.first_day + timedelta(days=int(random.random() * last.day))
        pillars = [points / 100 for points in hundredths]
        total = rounded(Decimal(sum(hundredths)) / 100)
        yield (member, member, month.first_day, taken_on, now, total, *pillars, "", "typed", "")


def _make_sign_ins(organization: Organization, number: int) -> list[SignIn]:
    """Passwords for the first rep, and for an admin who manages the first team."""
    random = Random(organization.name)
    admin, rep = (SignIn(f"{role}-{number}@{DOMAIN}", passphrase(random.randbytes(4))) for role in ("admin", "rep"))
    first = Team.objects.filter(organization=organization).earliest("pk")
    boss = Member.objects.create(
        organization=organization, user=make_login(*admin), name=f"Admin {number}", is_admin=True
    )
    Membership.objects.create(
        member=boss, team=first, role=Role.MANAGER, competing=False, joined_on=organization.today()
    )
    Member.objects.filter(pk=Member.objects.filter(memberships__team=first).earliest("pk").pk).update(
        user=make_login(*rep)
    )
    return [admin, rep]


def _rank(say: Callable[[str], Any]) -> None:
    ranked = 0
    while boards := rank_stale_boards():
        ranked += len(boards)
        say(f"{ranked:,} boards ranked")


def _ids(table: str, count: int) -> list[int]:
    """New ids for so many rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [row for (row,) in cursor.fetchall()]


def _copy(table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
