"""Names that earlier releases stored as they were typed become one spelling, and so are found and compared."""

from importlib import import_module

import pytest
from django.db import connection

from teams.fields import FORMER
from teams.models import Member
from teams.rules.people.names import normalized_name
from tests.makers import make_rep, make_team

pytestmark = pytest.mark.django_db
NAMES = import_module("teams.migrations.0008_names_in_one_way").NAMES
TYPED = [
    "Zoe\u0308 Bro\u0308mmel",
    "Greta\N{ZERO WIDTH SPACE} Ohlsen",
    " Jane\N{NO-BREAK SPACE}\N{EM SPACE}Doe\t",
    "Nguye\u0302\u0303n Thi\u0323 Hoa",
    "\N{LEFT-TO-RIGHT MARK}\N{ZERO WIDTH NO-BREAK SPACE}Lars\N{SOFT HYPHEN}son\x7f",
    "\u0939\u093f\u0928\u094d\u0926\u0940",
    "\u3000\u5c71\u7530\u3000\u592a\u90ce",
    "Ada Lovelace",
    FORMER,
]


def store(member, name):
    """As a release did that wrote names as they came."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE teams_member SET name = %s WHERE id = %s", [name, member.pk])


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM teams_member ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def migrate():
    with connection.cursor() as cursor:
        cursor.execute(NAMES)


def test_each_is_written_as_it_would_be_today():
    team = make_team()
    for name in TYPED:
        store(make_rep(team, "Somebody", login=False), name)

    migrate()

    assert stored() == [normalized_name(name) if name != FORMER else FORMER for name in TYPED]
    assert Member.objects.get(name="Zoë Brömmel").former_names.filter(name=TYPED[0]).exists()


def test_a_name_of_nothing_but_what_nobody_sees_is_left_alone():
    store(make_rep(make_team(), "Somebody"), "\N{ZERO WIDTH SPACE}")

    migrate()

    assert stored() == ["\N{ZERO WIDTH SPACE}"]
