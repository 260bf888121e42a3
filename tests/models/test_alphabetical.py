"""Lists of people are in the order in which their readers look for somebody: Ä beside A, small letters beside large."""

import re

from django.db import connection

from teams.models import Member
from teams.queries.boards.month_table import month_readings
from teams.queries.boards.table import board_table
from teams.rules.people.names import sort_key
from tests.browser.chromium import ROOT
from tests.makers import (
    make_import,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    ranked_board,
)
from tests.test_font import NAMES

PLAIN = re.compile(
    r'''(?:order_by\([^)]*|ordering = \[[^\]]*)"(?:\w+__)?member__name"'''
    r"""|reps\b.*order_by\("name"|key=lambda[^\n]*(?<!sort_key\()\b\w+\.member\.name"""
)
"""An order by the letters as a computer numbers them."""
IN_ORDER = ["Änne", "berg", "Émile", "Ludwig", "Łukasz", "Øystein", "Zoe"]


def test_the_database_puts_names_in_the_order_of_the_rule(db):
    names = [*NAMES, *IN_ORDER, "Straße", "STRAẞE", "Æsa", "Œuvrard", "Þóra", "ΣΊΣΥΦΟΣ", "İpek", "Nguyễn", "王芳"]

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, teams_alphabetical(name) FROM unnest(%s::text[]) AS name", [names])
        found = dict(cursor.fetchall())

    assert found == {name: sort_key(name) for name in names}
    assert sorted({*IN_ORDER}, key=sort_key) == IN_ORDER


def test_every_list_of_people_is_in_that_order(db):
    team = make_team("North", make_organization())
    reps = [make_rep(team, name) for name in reversed(IN_ORDER)]
    for rep in reps:
        make_submission(rep, 50)
    make_rep(team, "Ärmel")
    make_rep(team, "Zora")
    grace = make_manager(team, "Grace")
    board = ranked_board(team)
    table = board_table(board)
    upload = make_import(team, grace, f"Name,{board.month}\nZacharias,1\nÅse,2\nYves,3\n")

    lists = {
        "members": list(Member.objects.exclude(pk=grace.pk).filter(submissions__isnull=False)),
        "ties": [row.member for row in table.rows],
        "readings": [row.member for row in month_readings(board)],
        "standings": [standing.member for standing in board.standings.all()],
    }

    orders = {where: [str(member) for member in people] for where, people in lists.items()}
    assert orders == dict.fromkeys(lists, IN_ORDER)
    assert [str(absent.member) for absent in table.silent] == ["Ärmel", "Zora"]
    assert [str(person) for person in upload.people.all()] == ["Åse", "Yves", "Zacharias"]


def test_nowhere_are_people_ordered_by_their_plain_name():
    sources = [path for path in (ROOT / "teams").rglob("*.py") if "migrations" not in path.parts]

    assert [path.name for path in sources if PLAIN.search(path.read_text())] == []
