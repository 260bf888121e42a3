"""Whatever is typed into whichever field: never a fault of ours, and what is stored comes back as it was typed."""

import inspect
import re
from collections import Counter
from copy import deepcopy
from html.parser import HTMLParser
from random import Random
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import resolve
from django.utils.html import escape

from teams.actions.messages.links import make_submission_link
from teams.actions.people.invitations import make_invitation_link
from tests.pages.every.test_access import PAGES, address
from tests.pages.every.test_audit import ELSEWHERE, POSTS, QUIET, posted
from tests.pages.every_form import Form, forms_of
from tests.pages.every_page import FOR_STRANGERS, pages_of
from tests.pages.naughty import as_bytes, naughty_strings, random_text

ASKED = re.compile(
    r'request\.(GET|POST)(?:\.get\(|\.getlist\(|\[)"([\w-]+)"|"([\w-]+)" (?:not )?in request\.(GET|POST)'
)
"""Where a view reads a field without a form."""
TYPED = "application/x-www-form-urlencoded"
PLAIN = "Quite plain words"
ONLY_BUTTONS = {
    "reactivate", "remove_display", "end_membership", "decide_unconfirmed", "send_challenge", "join_challenge",
    "unsubscribe", "forget_second_factor", "import_take_back", "settle_again", "sign_in_link", "withdraw_invitation",
    "start", "set_access", "history", "import_invite", "confirm_address", "merge_member", "take_apart",
    "open_month", "put_steps_away", "put_offered_words_away", "set_playable", "undo_deactivation", "agree_to_thanks",
    "demo_sign_in", "end_calendar", "slack_link", "slack_command",
}  # fmt: skip
"""Those that read nothing that is typed, or that are there only before anybody else is, or after a closing by hand."""
READ = {"people", "holidays", "pasted"}
"""Texts that are read for what they say, and stored as that."""


def encoded(data):
    pairs = [(name, str(value)) for name, values in data.items() for value in values]
    return urlencode([(as_bytes(name), as_bytes(value)) for name, value in pairs])


def as_stored(text):
    """What a field takes: what is no UTF-8 is read as �, and the space around it is taken off."""
    return as_bytes(text).decode("utf-8", "replace").strip()


class Tags(HTMLParser):
    """How a page is built: each tag with the names of its attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = Counter()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found[tag, *sorted(name for name, _ in attributes if name not in ("value", "checked", "selected"))] += 1


class Site:
    """The world, and everybody in it with their cookies; whatever they do is undone."""

    def __init__(self, world, browse):
        self.world = world
        self.browsers = {"stranger": browse()} | {who: browse(world.people[who]) for who in ["alan", "grace", "ada"]}
        self.cookies = {who: deepcopy(browser.cookies) for who, browser in self.browsers.items()}
        self.columns = text_columns()

    def browser(self, who):
        cache.clear()
        self.browsers[who].cookies = deepcopy(self.cookies[who])
        return self.browsers[who]

    def sent(self, form, name, text):
        """(status, page that is shown then, where the text is stored) of a form with a text in one field."""
        data, browser = encoded(form.typed(name, text)), self.browser(form.who)
        with transaction.atomic():
            try:
                if form.method == "get":
                    return browser.get(f"{form.action.split('?')[0]}?{data}").status_code, "", []
                answer = browser.post(form.action.split("#")[0], data, content_type=TYPED)
                if name not in form.texts or answer.status_code != 302:
                    return answer.status_code, "", []
                return 302, browser.get(answer.url, follow=True).content.decode(), self.places_of(as_stored(text))
            finally:
                transaction.set_rollback(True)

    def places_of(self, text):
        """The columns that hold a text; PostgreSQL holds no NUL."""
        if "\0" in text:
            return []
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(self.columns), {"text": text})
            return sorted({column for (column,) in cursor.fetchall()})


def text_columns():
    """A question for each column of ours that holds text: whether it holds this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND table_name LIKE 'teams\\_%' AND data_type IN ('character varying', 'text') "
            "AND is_updatable = 'YES' ORDER BY 1, 2"
        )
        return [
            f"""SELECT '{table}.{column}' FROM "{table}" WHERE "{column}" = %(text)s"""
            for table, column in cursor.fetchall()
        ]


def every_form(site):
    """A form for each address and its fields: those on pages, those that need more to have happened, and queries."""
    found, looked_at = {}, set()
    for who in site.browsers:
        for page in FOR_STRANGERS if who == "stranger" else pages_of(who, site.world):
            route = route_of(page)
            if (who == "stranger", route) in looked_at:
                continue
            answer = site.browser(who).get(page)
            if answer.status_code != 404:
                looked_at.add((who == "stranger", route))
            if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                asked = asked_in(page, "get") | ({"next"} if who == "stranger" else set())
                for form in [*forms_of(who, page, answer.content.decode()), asking(who, page, asked)]:
                    found.setdefault((form.method, route_of(form.action), tuple(form.names())), form)
    for form in more_forms(site.world):
        found["more", form.method, form.action] = form
    covered = {route_of(form.action) for form in found.values() if form.method == "post"}
    for name in POSTS.keys() - covered:
        fields = tuple(posted(site.world, name).items())
        found["post", name] = Form(POSTS[name][0], "/", address(name, PAGES[name][0], site.world), "post", fields)
    covered |= POSTS.keys()
    assert {*POSTS, *ELSEWHERE, *QUIET} - covered <= ONLY_BUTTONS
    return list(found.values())


def route_of(url):
    return resolve(url.split("?")[0].split("#")[0]).url_name if "no-such" not in url else None


def asked_in(url, method):
    """The fields that a view reads by itself."""
    source = inspect.getsource(inspect.getmodule(inspect.unwrap(resolve(url.split("?")[0]).func)))
    return {one or other for kind, one, other, same in ASKED.findall(source) if method.upper() in (kind, same)}


def asking(who, page, names):
    """What may stand behind an address, as a form."""
    return Form(who, page, page, "get", tuple((name, "") for name in sorted(names)))


def more_forms(world):
    """Those for which a page has to be in a state that the world is not in."""
    link, invitation = make_submission_link(world.ada, world.month), make_invitation_link(world.jane.invitation)
    reading = ["pasted", "read", "total", "taken_on", "brand", "note"]
    said = [
        ("grace", f"/reps/{world.jane.pk}/invite/", ["invite-email"]),
        ("grace", f"/team/north/{world.month}/nudge/", ["member"]),
        ("grace", f"/challenges/{world.challenge.pk}/choose/", ["recalibration", "choice"]),
        ("grace", f"/imports/{world.upload.pk}/conflicts/", ["row", "replace", "all"]),
        ("grace", f"/imports/{world.upload.pk}/people/", ["person-1", "person-²", "person-" + "9" * 5000]),
        ("ada", "/thanks/", ["to", "text"]),
        ("grace", f"/thanks/north/{world.month}/{world.ada.pk}/", ["text"]),
        ("stranger", f"/submit/link/{link}/", reading),
        ("stranger", f"/invitation/{invitation}/", ["password"]),
    ]
    yield from (Form(who, url, url, "post", tuple((name, "") for name in names)) for who, url, names in said)
    machines = [("/display/", ["celebrated", "version", "code"]), ("/news/x:y:z/", ["version"])]
    yield from (Form("stranger", url, url, "get", tuple((name, "") for name in names)) for url, names in machines)


def fields(site):
    """Every field of every form."""
    return [(form, name) for form in every_form(site) for name in form.names()]


def wrong(site, form, name, texts):
    """What is wrong with what becomes of each of the texts in a field, one line each."""
    status, plain, stored = site.sent(form, name, PLAIN) if name in form.texts - READ else (0, "", [])
    for text in texts:
        said = f"{form.method} {route_of(form.action)} {name}={text[:60]!r}"
        try:
            answered, page, found = site.sent(form, name, text)
        except Exception as fault:
            yield f"{said}: {fault!r}"[:300]
            continue
        expected = as_stored(text)
        if answered >= 500:
            yield f"{said}: {answered}"
        if answered == 302 == status and expected:
            if not set(stored) <= set(found):
                yield f"{said}: is not stored as typed in {sorted(set(stored) - set(found))}"
            if PLAIN in plain and escape(expected) not in page:
                yield f"{said}: does not come back"
            if PLAIN in plain and Tags(page).found != Tags(plain).found:
                yield f"{said}: changes how the page is built"


@pytest.mark.django_db
def test_no_field_breaks_a_page_or_changes_what_is_typed(world, browse):
    site, random = Site(world, browse), Random(20261123)
    strings = [*naughty_strings(), *(random_text(random) for _ in range(50))]

    found = []
    for form, name in random.sample(fields(site), 60):
        found += wrong(site, form, name, [random.choice(strings)])

    assert found == []


@pytest.mark.soak
@pytest.mark.django_db
def test_no_string_in_any_field_breaks_a_page_or_changes_what_is_typed(world, browse):
    """Each field gets forty of them, each of them comes into some twenty fields."""
    site, random = Site(world, browse), Random(20261123)
    strings = [*naughty_strings(), *(random_text(random) for _ in range(50))]
    every_field = fields(site)

    found = [line for form, name in every_field for line in wrong(site, form, name, random.sample(strings, 40))]

    print(f"{len(every_field)} fields, {len(strings)} strings")
    assert found == []


FAR_OFF, NO_NUMBER, HUGE = "9999-12-31", "²", "9" * 5000


@pytest.mark.parametrize(
    ("method", "page", "asked", "status"),
    [
        ("post", "/team/north/{closed}/amend/{former.pk}/", {"withdraw": "1", "back-reason": "NUL \0"}, 200),
        ("post", "/organization/recalibrations/", {"day": "0001-01-01"}, 200),
        ("post", "/reps/{ada.pk}/leave/", {"starts_on": FAR_OFF, "ends_on": FAR_OFF}, 200),
        ("post", "/goals/new/north/", {"what": "mean", "target": "80", "due_on": FAR_OFF}, 200),
        ("get", "/challenges/new/", {"from": NO_NUMBER}, 200),
        ("get", "/challenges/new/", {"from": HUGE}, 200),
        ("get", "/displays/pair/", {"team": "\0"}, 200),
        ("post", "/challenges/{challenge.pk}/choose/", {"recalibration": HUGE}, 404),
        ("post", "/imports/{upload.pk}/people/", {"person-²": "add"}, 302),
        ("post", "/imports/{upload.pk}/conflicts/", {"row": [NO_NUMBER, HUGE]}, 302),
        ("get", "/team/north/export/", {"what": "board", "as": "csv", "month": "0001-01"}, 404),
        ("get", "/board/north/0001-01/", {}, 404),
    ],
)
def test_what_broke_a_page_once_is_refused(world, browse, method, page, asked, status):
    answer = getattr(browse(world.alan), method)(page.format(**vars(world)), asked)

    assert answer.status_code == status
    if method == "post" and status == 200:
        assert 'class="errorlist"' in answer.content.decode()
