"""`python -m tests.roles`: who may do what, as docs/roles.md, from the table that test_access.py goes through."""

import os
import re

from django.urls import URLResolver, get_resolver

from leaderboard.local.site import ROOT

ROLES = {
    "stranger": "nobody",
    "gil": "rep of another organization",
    "gina": "manager of another organization",
    "sam": "rep of another team",
    "sue": "manager of another team",
    "vera": "viewer",
    "ben": "rep",
    "ada": "rep, of themself",
    "grace": "manager",
    "alan": "admin",
}
"""The people of the tests' world by what they are, seen from a team and one of its reps."""
FILE = ROOT / "docs" / "roles.md"
HEAD = """# Who may do what

Each row is an address of the site, each column somebody who asks for it: about a team, or about one of its reps.
● opens or does it; an empty cell is refused: by the sign-in page for nobody, by “nothing here” for everybody else,
so that nobody learns what exists. Where a page is about oneself or one's own organization, ● means one's own.

This file is written by `python -m tests.roles` from the table in `tests/pages/every/test_access.py`, which asks every
address by GET and by POST as each of these people. What opens by a secret (a wall screen's cookie, a reminder's link,
an invitation, unsubscribing) opens for whoever has the secret, and does one thing.

"""
TOKENS = """
## By a token of the API

The same people ask `/api/v1/` with a token of theirs that is for what the row says; without one, with one for
something else, or with a session instead nothing opens.

"""


def addresses():
    """Every address of a page, the urls of each folder included; the API has a table of its own."""
    entries = get_resolver("teams.urls").url_patterns
    return [pattern for entry in entries if not getattr(entry, "namespace", None) for pattern in _within(entry)]


def _within(entry):
    return entry.url_patterns if isinstance(entry, URLResolver) else [entry]


def written(pages, patterns):
    """The whole file, from who is let in by the name of each address, and the addresses' own words."""
    views = {pattern.name: pattern.callback for pattern in patterns}
    lines = [f"| what | {' | '.join(ROLES.values())} |", "|---" * (len(ROLES) + 1) + "|"]
    for name, (_, allowed) in pages.items():
        said = re.split(r"(?<=[.;:])\s", views[name].__doc__.strip())[0].rstrip(".;:")
        cells = " | ".join("●" if person in allowed else "" for person in ROLES)
        lines.append(f"| {name.replace('_', ' ')}: {said} | {cells} |")
    return HEAD + "\n".join(lines) + "\n"


def written_of_tokens(operations):
    """The part about the API: by the scope that a token needs, whose token opens each operation."""
    people = {person: role for person, role in ROLES.items() if person != "stranger"}
    lines = [f"| what | scope | {' | '.join(people.values())} |", "|---" * (len(people) + 2) + "|"]
    for name, (scope, allowed) in operations.items():
        cells = " | ".join("●" if person in allowed else "" for person in people)
        lines.append(f"| `{name}` | {scope} | {cells} |")
    return TOKENS + "\n".join(lines) + "\n"


if __name__ == "__main__":
    os.environ |= {"SECRET_KEY": "for a table", "DJANGO_SETTINGS_MODULE": "leaderboard.settings"}
    import django

    django.setup()
    from tests.pages.api.test_api_access import OPERATIONS
    from tests.pages.every.test_access import PAGES

    FILE.write_text(written(PAGES, addresses()) + written_of_tokens(OPERATIONS))
