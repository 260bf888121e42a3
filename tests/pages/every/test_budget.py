"""What each page may ask of the database: queries and rows, as `budget.toml` has it.

A page that needs more has a reason, and gets it there.
"""

import tomllib
from pathlib import Path

from django.db import connection

from tests.pages.every.test_access import PAGES, address
from tests.pages.every_page import FOR_STRANGERS, NOT_PAGES

BUDGET = Path(__file__).parents[1] / "budget.toml"
WHO_SEES_MOST = ["alan", "grace", "ada", "gil", "gina", "sue", "sam", "ben", "vera"]


def spent(browser, path):
    """How many queries a page asks and how many rows it gets; None for what only takes a form."""
    counted = {"queries": 0, "rows": 0}

    def count(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        counted["queries"] += 1
        counted["rows"] += max(context["cursor"].rowcount, 0)
        return result

    with connection.execute_wrapper(count):
        status = browser.get(path).status_code
    return None if status == 405 else counted


def every_spent(world, browse):
    """The same of every page, by the name of its address, as whoever sees most of it asks for it."""
    browsers = {who: browse(world.people[who]) for who in WHO_SEES_MOST}
    found = {path: spent(browse(), path) for path in FOR_STRANGERS}
    for name, (arguments, allowed) in PAGES.items():
        who = next((who for who in WHO_SEES_MOST if who in allowed), None)
        if who and (name not in NOT_PAGES or name in ("own_part", "board_csv")):
            found[name] = spent(browsers[who], address(name, arguments, world))
    found["display"] = spent(browse(), "/display/")
    return {name: each for name, each in found.items() if each}


def as_toml(found):
    return "".join(f'"{name}" = {{ queries = {each["queries"]}, rows = {each["rows"]} }}\n' for name, each in found)


def test_no_page_asks_more_of_the_database_than_its_budget(world, browse):
    found, budget = every_spent(world, browse), tomllib.loads(BUDGET.read_text())

    over = {
        name: each
        for name, each in found.items()
        if name not in budget or any(each[what] > budget[name][what] for what in ("queries", "rows"))
    }

    assert over == {}, f"What they need now:\n{as_toml(over.items())}"
    assert set(budget) == set(found)
