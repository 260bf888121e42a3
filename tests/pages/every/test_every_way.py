"""One question by every way in and out: whose place and score on a team's board is told to whom?

What may be told comes from the pure rules of `teams/rules/visibility.py`; what is told is read off each answer as a
person or a program would, and nothing else in the answer may name anybody or any score.
"""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from teams.actions.api_tokens import make_token
from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.calendar_feeds import make_calendar_address
from teams.actions.endpoints import add_endpoint
from teams.actions.slack import Asker
from teams.actions.webhooks import tell_endpoints
from teams.live.memoized import MEMOIZED
from teams.live.newest import WALLS
from teams.models import Delivery, Member, SlackUser
from teams.rules.api import Scope
from teams.rules.messages.webhooks import WebhookEvent
from teams.rules.visibility import Audience, audience, sees_mean, wall_name, wall_size
from teams.slack.commands import answer
from tests.makers import (
    accept,
    make_admin,
    make_challenge,
    make_display,
    make_manager,
    make_organization,
    make_rep,
    make_share_link,
    make_slack_user,
    make_submission,
    make_team,
    make_viewer,
    this_month,
)
from tests.pages.board.test_exports import rows_of
from tests.pages.reading import first_table

SCORES = {"Ada Lovelace": 84, "Ben Babbage": 79, "Cleo Curie": 74, "Dora Dirac": 69}
"""North's four reps by place. A month has no such day, a year no such number."""
BOARD = {(place, name, score) for place, (name, score) in enumerate(SCORES.items(), 1)}
MEAN = (None, "mean", 76.5)
"""Of four, which are too few to tell it to those who see no figures of others."""


@dataclass(frozen=True)
class Reader:
    """Somebody who asks, as the rules know them."""

    belongs: bool = True
    competes: bool = False
    manages: bool = False
    sees_ranks: bool = True


READERS = {
    "Ada Lovelace": Reader(competes=True),
    "Ben Babbage": Reader(competes=True, sees_ranks=False),
    "Vera": Reader(),
    "Grace": Reader(manages=True),
    "Gus": Reader(manages=True, sees_ranks=False),
    "Alan": Reader(manages=True),
    "Sue": Reader(belongs=False),
    "Gina": Reader(belongs=False),
    "nobody": Reader(belongs=False),
}
"""Two reps, the second without places; a viewer; two managers; the admin; the managers of South and of another company;
whoever is not signed in.
"""
SETTINGS = [
    ("all", "", "all"),
    ("own", "", "own"),
    ("none", "", "none"),
    ("all", "own", "own"),
    ("own", "none", "none"),
]
"""The company's, the team's own where it has one, and what holds: the stricter."""


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def make_world():
    acme, globex = make_organization("Acme"), make_organization("Globex")
    north, south = make_team("North", acme), make_team("South", acme)
    east = make_team("East", globex)
    people = {name: make_rep(north, name, total=total) for name, total in SCORES.items()}
    people |= {"Vera": make_viewer(north), "Grace": make_manager(north), "Gus": make_manager(north, "Gus")}
    people |= {"Alan": make_admin(acme), "Sue": make_manager(south, "Sue"), "Gina": make_manager(east, "Gina")}
    hidden = [people[name].pk for name, reader in READERS.items() if not reader.sees_ranks]
    Member.objects.filter(pk__in=hidden).update(sees_ranks=False)
    rank_stale_boards()
    make_display(north, people["Grace"], token="d" * 43)
    make_share_link(north, people["Grace"], token="s" * 43)
    app = make_slack_user(people["Ada Lovelace"]).app
    SlackUser.objects.all().delete()
    ends = timezone.now() + timedelta(days=1)
    secrets = {}
    for name, member in people.items():
        if name != "Gina":  # whose company has no app
            SlackUser.objects.create(app=app, workspace="T1", slack_user=user_in_slack(name), name=name, member=member)
        secrets[name] = make_token(member, "Program", [Scope.READ], ends)[1]
    return SimpleNamespace(
        acme=acme, north=north, month=this_month(acme), people=people, secrets=secrets, app=app.organization_id
    )


def user_in_slack(name):
    return name.replace(" ", "")


@pytest.fixture
def acme(made, db, monkeypatch):
    cache.clear()
    MEMOIZED.clear()
    monkeypatch.setattr(WALLS, "latest", 0)
    return made


def show_to(world, company, team=""):
    world.acme.rank_visibility, world.north.rank_visibility = company, team
    world.acme.save()
    world.north.save()


# What may be told.


def of_board(name, reader, visibility):
    """By the page, the API and Slack: places as far as one's audience sees them, and the mean."""
    if not reader.belongs:
        return set()
    seen = audience(visibility, manages=reader.manages, competes=reader.competes, sees_ranks=reader.sees_ranks)
    own = {row for row in BOARD if row[1] == name}
    places = {Audience.RANKS: BOARD, Audience.OWN: own}.get(seen, set())
    return places | ({MEAN} if sees_mean(visibility, len(SCORES), manages=reader.manages) else set())


def of_download(name, reader, visibility):
    """A file has all places, or is not there: one's own alone is no file. It has no mean."""
    told = of_board(name, reader, visibility) - {MEAN}
    return told if told == BOARD else set()


def of_export(_name, reader, _visibility):
    """A manager takes their team's data out, whatever the setting: also one who does not want to be shown places."""
    return BOARD if reader.manages else set()


def of_readings(name, reader, _visibility):
    """Readings are of oneself and those one manages, whatever the setting; they know no places."""
    return {(None, each, score) for each, score in SCORES.items() if reader.manages or each == name}


def of_wall(policy, choice, visibility):
    """The upper half alone, since an office walks past; each named as the company and they themselves want it."""
    if audience(visibility, manages=False, competes=False, sees_ranks=True) != Audience.RANKS:
        return set()
    upper = sorted(BOARD)[: wall_size(len(BOARD))]
    named = [(place, wall_name(name, policy, choice if place == 1 else "name"), score) for place, name, score in upper]
    return {row for row in named if row[1]}


# What is told: the rows of an answer, and its text, in which nothing else may stand.


def on_page(browser, name, world):
    response = browser.get(f"/board/north/{world.month}/")
    text = text_of(response)
    own = re.search(r"You are (\d)\w\w with (\d+)\.", text)
    rows = {(int(own[1]), name, int(own[2]))} if own else set()
    if response.status_code == 200 and "<table" in response.content.decode():
        rows |= rows_under(first_table(response))
    return rows | mean_in(text), text


def on_api(browser, name, world):
    data = asked_by_program(browser, name, world, f"/api/v1/boards/north/{world.month}")
    rows = {(row["rank"], row["name"], row["total"]) for row in data.get("standings", [])}
    return rows | ({(None, "mean", data["mean"])} if data.get("mean") else set()), words_of(data)


def on_slack(_browser, name, world):
    payload = answer(Asker(world.app, "T1", user_in_slack(name), name, "acme"), "board").payload()
    text = words_of(payload)
    rows = re.findall(r"^ *(\d+)  (\w+ \w+) +(\d+)$", text, re.MULTILINE)
    return {(int(place), each, int(score)) for place, each, score in rows} | mean_in(text), text


def in_file(address):
    return lambda browser, _name, world: from_file(browser.get(address.format(month=world.month)))


def on_readings(browser, name, world):
    data = asked_by_program(browser, name, world, "/api/v1/readings")
    named = {member.pk: each for each, member in world.people.items()}
    readings = data if isinstance(data, list) else []
    return {(None, named[each["member"]], each["total"]) for each in readings}, words_of(data)


def on_look(address):
    def ask(browse):
        screen = browse()
        screen.cookies["display"] = "d" * 43
        return from_walls_page(screen.get(address))

    return ask


BOARDS = {"page": (on_page, of_board), "API": (on_api, of_board), "Slack": (on_slack, of_board)}
FILES = {
    "download": (in_file("/board/north/{month}/csv/"), of_download),
    "CSV": (in_file("/team/north/export/?what=board&as=csv"), of_export),
    "Excel": (in_file("/team/north/export/?what=board&as=xlsx"), of_export),
    "readings": (on_readings, of_readings),
}
LOOKS = {
    "wall": on_look("/display/"),
    "share link": on_look(f"/share/{'s' * 43}/"),
    "embed": on_look(f"/share/{'s' * 43}/embed/"),
}


def asked_by_program(browser, name, world, address):
    """The JSON of an answer to somebody's token; to nobody's where they have none."""
    secret = world.secrets.get(name)
    response = browser.get(address, headers={"Authorization": f"Bearer {secret}"} if secret else {})
    return json.loads(response.content)


def words_of(data):
    """Every text and number in JSON, a line each, but ids."""
    if isinstance(data, dict):
        return "\n".join(words_of(value) for key, value in data.items() if key not in ("id", "member", "typed_by"))
    if isinstance(data, list):
        return "\n".join(map(words_of, data))
    return str(data)


def text_of(response):
    """What one reads or hears on a page, without its scripts."""
    page = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    heard = re.findall(r'(?:aria-label|title|alt|data-news)="([^"]*)"', page)
    return " ".join(unescape(" ".join([re.sub(r"<[^>]+>", " ", page), *heard])).split())


def mean_in(text):
    found = re.search(r"Mean (\d+\.\d)", text)
    return {(None, "mean", float(found[1]))} if found else set()


def rows_under(table):
    """Rows of a table by its heading, where a name may stand behind the initials that stand for a face."""
    place, name, score = (table[0].index(heading) for heading in ("Place", "Name", "Score"))
    return {(int(row[place].split()[0]), row[name], int(row[score].split()[0])) for row in table[1:]}


def from_file(response):
    if response.status_code != 200:
        return set(), text_of(response)
    if not response.streaming:
        response.streaming_content = [response.content]
    rows = rows_of(response)
    return {(int(place), name, int(score)) for place, name, score, *_ in rows[1:]}, words_of(rows)


def from_walls_page(response):
    rows = rows_under(first_table(response)) if "<table" in response.content.decode() else set()
    return rows, text_of(response)


def strays(text, rows, own=""):
    """The names and scores that stand in an answer without being in its rows; one's own name is on each page."""
    numbers = set(re.findall(r"(?<![\w.,:-])\d+(?![\w:-]|[.,]\d)", text))
    names = {name for name in SCORES if name in text} - {name for _, name, _ in rows} - {own}
    return names | {score for score in SCORES.values() if str(score) in numbers} - {score for *_, score in rows}


def compare(ways, visibility, world, browse):
    """What each reader is told by each way, what they may be told, and what else stood there."""
    told, allowed, besides = {}, {}, {}
    for name, reader in READERS.items():
        browser = browse(world.people.get(name))
        for way, (ask, may_be_told) in ways.items():
            rows, text = ask(browser, name, world)
            told[way, name], allowed[way, name] = rows, may_be_told(name, reader, visibility)
            if found := strays(text, rows, name):
                besides[way, name] = found
    return told, allowed, besides


@pytest.mark.parametrize(("company", "team", "visibility"), SETTINGS)
def test_page_api_and_slack_tell_everybody_the_same_of_a_board_and_no_more(acme, browse, company, team, visibility):
    show_to(acme, company, team)

    told, allowed, besides = compare(BOARDS, visibility, acme, browse)

    assert told == allowed
    assert besides == {}


@pytest.mark.parametrize("visibility", ["all", "none"])
def test_files_and_readings_tell_it_to_those_who_manage_or_see_all(acme, browse, visibility):
    show_to(acme, visibility)

    told, allowed, besides = compare(FILES, visibility, acme, browse)

    assert told == allowed
    assert besides == {}


@pytest.mark.parametrize(
    ("visibility", "policy", "choice"),
    [
        ("all", "name", "name"),
        ("all", "initials", "name"),
        ("all", "name", "initials"),
        ("all", "name", "out"),
        ("own", "name", "name"),
        ("none", "name", "name"),
    ],
)
def test_wall_share_link_and_embed_tell_the_upper_half_to_whoever_looks(acme, browse, visibility, policy, choice):
    acme.acme.wall_names = policy
    show_to(acme, visibility)
    Member.objects.filter(name="Ada Lovelace").update(wall_name=choice)

    answers = {way: ask(browse) for way, ask in LOOKS.items()}

    allowed = of_wall(policy, choice, visibility)
    assert {way: rows for way, (rows, _) in answers.items()} == dict.fromkeys(LOOKS, allowed)
    assert [strays(text, rows) for rows, text in answers.values()] == [set(), set(), set()]


def test_a_calendar_names_nobody_else_and_no_score_even_where_they_play_against_each_other(acme, browse):
    ada, ben = acme.people["Ada Lovelace"], acme.people["Ben Babbage"]
    accept(make_challenge(acme.north, ada, kind="highest", opponent=ben, title="Duel"), ben)
    accept(make_challenge(acme.north, acme.people["Grace"], kind="highest", title="All of us"), ada, ben)

    texts = {}
    for name in ("Ada Lovelace", "Ben Babbage", "Vera", "Grace", "Alan"):
        member = acme.people[name]
        address = f"/calendar/{make_calendar_address(member, timezone.now()).token}.ics"
        texts[name] = browse().get(address).content.decode().replace("\r\n ", "")

    assert [name for name, text in texts.items() if strays(text, set())] == []
    assert texts["Ada Lovelace"].count("/challenges/") >= 2


@pytest.mark.parametrize("visibility", ["all", "own", "none"])
def test_a_webhook_tells_managers_what_happened_and_never_a_name_or_a_score(acme, chat, visibility):
    show_to(acme, visibility)
    north, now = acme.north, timezone.now()
    teams = {"Grace": north, "Gus": north, "Alan": None, "Sue": team_of(acme, "Sue"), "Gina": team_of(acme, "Gina")}
    told_to = {
        name: add_endpoint(acme.people[name], team, chat.url, list(WebhookEvent), now)[0]
        for name, team in teams.items()
    }
    for name, score in SCORES.items():
        make_submission(acme.people[name], score)
    accept(make_challenge(north, acme.people["Grace"], kind="highest", title="All of us"), acme.people["Ada Lovelace"])

    tell_endpoints(timezone.now())

    reps = {acme.people[name].pk for name in SCORES}
    for name, endpoint in told_to.items():
        bodies = [each.notice for each in Delivery.objects.filter(endpoint=endpoint)]
        named = {body["data"]["member"] for body in bodies if body["type"] == "reading.submitted"}
        assert named == (reps if READERS[name].manages else set()), name
        assert strays(json.dumps([without_ids(body) for body in bodies]), set()) == set(), name


def team_of(world, name):
    return world.people[name].memberships.get().team


def without_ids(body):
    """What a webhook's body says beside ids and the address to ask, whose numbers may be any."""
    told = {key: value for key, value in body["data"].items() if not isinstance(value, int) and key != "url"}
    return body["type"], told
