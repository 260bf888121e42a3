"""Being erased: asked for with a password, a week to think again, then nothing names one any more."""

import json
import os
import re
from collections import Counter
from datetime import UTC, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.db.models import BinaryField, CharField, JSONField, TextField
from django.db.models.functions import Cast
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from redis import Redis

from teams.actions.api_tokens import make_token
from teams.actions.audit import record
from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.messages.account_mails import store_account_mail
from teams.actions.months.closing import close_month
from teams.actions.people import invitations
from teams.actions.privacy import erasures
from teams.actions.privacy.append_only import erasing
from teams.actions.privacy.scrubbing import TEXTS, scrub
from teams.actions.submissions import withdraw
from teams.fields import FORMER
from teams.models import (
    AccountMail,
    Act,
    AuditEntry,
    Board,
    Challenge,
    Delivery,
    Erasure,
    Goal,
    Import,
    Member,
    Organization,
    RememberedColumns,
    RememberedPerson,
    Submission,
    User,
)
from teams.rules.api import Scope
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.tasks import erase as erase_task
from tests.makers import (
    PASSWORD,
    make_challenge,
    make_counter,
    make_delivery,
    make_goal,
    make_import,
    make_manager,
    make_rep,
    make_submission,
    make_team,
    places,
)

pytestmark = pytest.mark.django_db
EXCUSED = {
    "AccountMail.email": "deleted with the erasure",
    "AccountMail.facts": "deleted with the erasure",
    "AccountMail.template": "a name of a file",
    "ApiAnswer.key": "kept for a day",
    "ApiAnswer.request_hash": "a hash",
    "ApiToken.token_hash": "a hash",
    "Board.absent": "ids, and codes of ours",
    "Board.away": "ids",
    "CalendarFeed.salt": "a random text",
    "CalendarFeed.told": "codes of ours, hashes and moments",
    "CalendarFeed.token_hash": "a hash",
    "Delivery.subject": "a code of ours",
    "Display.token_hash": "a hash",
    "Endpoint.former_secret": "encrypted",
    "Endpoint.secret": "encrypted",
    "Endpoint.url": "a program's own address",
    "Face.large": "deleted with the erasure",
    "Face.small": "deleted with the erasure",
    "FormerName.name": "deleted with the erasure",
    "Import.content": "deleted with the erasure where it names them, and not kept once it is stored",
    "Import.counts": "numbers by codes of ours",
    "Import.sha256": "a hash",
    "ImportRow.cell": "the address of a cell",
    "Invitation.email": "deleted with the erasure",
    "Invitation.token_hash": "a hash",
    "Logo.large": "of a company",
    "Logo.small": "of a company",
    "Member.face": "blanked",
    "Member.name": "blanked",
    "Merge.moved": "numbers and days",
    "Member.time_zone": "a name of a zone",
    "Organization.logo": "of a company",
    "Organization.time_zone": "a name of a zone",
    "Outcome.readings": "numbers and days",
    "RememberedPerson.key": "a hash",
    "RememberedTable.headings": "a hash",
    "ShareLink.token_hash": "a hash",
    "SlackApp.signing_secret": "encrypted, and a company's",
    "SlackUser.name": "deleted with the erasure",
    "SlackUser.slack_user": "deleted with the erasure",
    "SlackUser.workspace": "deleted with the erasure",
    "SubmissionLink.token_hash": "a hash",
    "Sweep.name": "a job of the clock",
    "Team.slug": "scrubbed as an address",
    "UnsubscribeLink.token_hash": "a hash",
    "User.email": "deleted with the erasure",
    "User.password": "deleted with the erasure",
    "Webhook.url": "a chat's own address",
    "AuditEntry.act": "a code of ours",
}
"""Columns that are not looked through when somebody is erased, each with its reason."""
NAME, EMAIL = "Zsuzsa O'Quist-Ó", "zsuzsa@quist.example"
WEEK = timedelta(days=7)
SEPTEMBER = Month(2021, 9)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def person(world):
    """Ada under a name that nobody else has, which stands wherever somebody wrote it."""
    ada = world.ada
    Member.objects.filter(pk=ada.pk).update(name=NAME)
    User.objects.filter(pk=ada.user_id).update(email=EMAIL, password=make_password(PASSWORD))
    ada.refresh_from_db()
    ada.user.refresh_from_db()
    ada.user.emailaddress_set.create(email=EMAIL, primary=True, verified=True)
    record(Act.SIGNED_IN, by=ada)
    make_goal(ada, 80, by=ada, text=f"{NAME} at 80")
    make_goal(world.north, 85, by=world.grace, text=f"{NAME} gets a cake")
    against_ben = {"kind": "improved", "opponent": world.ben, "stake_kind": "loser"}
    make_challenge(world.north, ada, title=f"{NAME} against Ben", stake="lunch with " + NAME, **against_ben)
    make_delivery(ada, notice={"title": f"Dear {NAME}", "lines": [], "links": []})
    make_delivery(world.grace, kind="month_result", notice={"title": "October", "lines": [f"1. {NAME}, 61", EMAIL]})
    make_import(world.north, world.grace, f"Name,E-mail,{world.month}\n{NAME},{EMAIL},70\n")
    make_team(f"Team of {NAME}", world.acme, slug="zsuzsa-o-quist-o")
    RememberedColumns.objects.create(organization=world.acme, kind="list", columns={f"read by {NAME}": "taken_on"})
    noted = make_submission(ada, 63, taken_on=world.acme.today(), note=f"{NAME} was here")
    withdraw(noted, world.grace, f"a typo of {NAME}")
    return ada


@pytest.fixture
def closed(world, person, now):
    """September, in which she was second of two and which is closed."""
    make_submission(person, 40, month=SEPTEMBER)
    make_submission(world.ben, 50, month=SEPTEMBER)
    board = Board.objects.get(team=world.north, month=SEPTEMBER)
    close_month(board.pk, now, world.grace)
    return board


def mentions(word):
    """Every column of the whole database that holds the word."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t"
            " USING (table_schema, table_name) WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'"
            " AND c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'bytea')"
        )
        for table, column in cursor.fetchall():
            text = f"encode(\"{column}\", 'escape')" if column == "content" else f'"{column}"::text'
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE position(lower(%s) IN lower({text})) > 0', [word])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return sorted(found)


def erase(member, by, now):
    erasures.ask(member, by, now - WEEK)
    return erasures.erase(member.pk, now)


def test_nothing_in_the_database_names_who_was_erased(world, person, closed, browse, now):
    browse(person).get("/me/")
    before = {table.partition(".")[0] for word in (NAME, EMAIL) for table in mentions(word)}
    assert before >= {
        "teams_member",
        "teams_user",
        "teams_goal",
        "teams_challenge",
        "teams_delivery",
        "teams_withdrawal",
    }
    assert before >= {"account_emailaddress", "teams_auditentry", "teams_importperson", "teams_submission"}

    erase(person, person, now)

    assert (mentions(NAME), mentions(EMAIL)) == ([], [])
    person.refresh_from_db()
    assert (person.name, person.user, person.deactivated_on) == ("Former member", None, world.acme.today())
    assert not User.objects.filter(email=EMAIL).exists()
    assert not Goal.objects.filter(member=person).exists()
    assert not AuditEntry.objects.filter(actor=person).exclude(address=None).exists()


def test_what_a_program_was_answered_names_nobody_who_was_erased(world, person, browse, now):
    secret = make_token(world.grace, "Program", [Scope.PEOPLE, Scope.SUBMIT], now + WEEK)[1]
    client, sent = browse(), {"team": "north", "name": 'Olga "Oll" Orwell', "email": "olga@example.org"}
    headers = {"Authorization": f"Bearer {secret}"}
    reading = {"taken_on": world.acme.today().isoformat(), "total": 46, "note": f"{NAME} told it"}

    def ask(path, body):
        keyed = headers | {"Idempotency-Key": path}
        return client.post(f"/api/v1/{path}", json.dumps(body), "application/json", headers=keyed)

    added = ask("members", sent)
    ask("readings", reading | {"member": world.ben.pk})
    ask("readings?", reading | {"member": world.ben.pk, "total": 47, "note": 'as "Orwell, Olga "Oll"" told it\\'})
    erase(Member.objects.get(pk=added.json()["id"]), world.grace, now)
    erase(person, person, now)

    assert [mentions(word) for word in ("Orwell", "olga@example.org", NAME)] == [[], [], []]
    assert ask("members", sent).status_code == 404
    assert not Member.objects.filter(name__contains="Orwell").exists()


def test_nothing_names_them_by_what_they_were_called_before(world, person, now):
    Member.objects.filter(pk=person.pk).update(name="Zsuzsa Married")
    User.objects.filter(pk=person.user_id).update(email="zsuzsa@married.example")
    person.refresh_from_db()
    person.user.refresh_from_db()
    assert mentions(NAME) != []

    erase(person, person, now)

    assert [mentions(word) for word in (NAME, EMAIL, "Married")] == [[], [], []]


def test_nothing_names_them_by_an_address_that_an_invitation_went_to(world, now):
    make_goal(world.north, 85, by=world.grace, text="Cake of jane@home.example and jane@work.example")
    invitations.withdraw(invitations.invite(world.jane, "jane@home.example", world.grace, now))
    invitations.invite(world.jane, "jane@work.example", world.grace, now)

    erase(world.jane, world.grace, now)

    assert [mentions(f"jane@{place}.example") for place in ("home", "work")] == [[], []]


def test_an_address_that_is_somebody_elses_now_stays_theirs(world, now):
    goal = make_goal(world.north, 85, by=world.grace, text="Cake of ben@example.org and hedy@home.example")
    for address in ("ben@example.org", "hedy@home.example"):
        world.jane.former_names.create(name=address)
    hedy = make_rep(world.north, "Hedy", login=False)
    invitations.invite(hedy, "hedy@home.example", world.grace, now)

    erase(world.jane, world.grace, now)

    goal.refresh_from_db()
    assert goal.text == "Cake of ben@example.org and hedy@home.example"


def test_mails_to_their_addresses_go_too_where_no_login_is_theirs(world, person, now):
    User.objects.filter(pk=person.user_id).update(email="zsuzsa@married.example")
    for email, user, facts in [
        ("Zsuzsa@Quist.example", None, {}),
        ("ben@example.org", world.ben.user, {"email": "zsuzsa@married.example"}),
        ("ben@example.org", world.ben.user, {"email": "benno@example.org"}),
    ]:
        store_account_mail("account/email/address_asked", email, user, facts, "en", now)

    erase(person, person, now)

    assert [mail.facts for mail in AccountMail.objects.all()] == [{"email": "benno@example.org"}]


def stored_in_valkey():
    """Every key and value of the cache and of the broker, as bytes."""
    for url in (os.environ["CACHE_URL"], os.environ["CELERY_BROKER_URL"].replace("redis+socket", "unix")):
        url = url.replace("redis://", "unix://").replace("virtual_host", "db")
        client = Redis.from_url(url)
        for key in client.scan_iter():
            yield key
            yield client.dump(key)


def test_nothing_in_the_cache_or_the_broker_names_them(world, person, browse, now, django_capture_on_commit_callbacks):
    client = browse()
    client.post("/accounts/login/", {"login": EMAIL, "password": "wrong"})
    client.post("/accounts/password/reset/", {"email": EMAIL})
    for url in ("/board/north/", "/challenges/", "/me/"):
        browse(world.grace).get(url)

    with django_capture_on_commit_callbacks(execute=True):
        erase(person, person, now)

    words = [word.encode() for word in (NAME, EMAIL, "Zsuzsa", "quist")]
    assert [word for entry in stored_in_valkey() for word in words if word.lower() in entry.lower()] == []


SPELLINGS = {
    "Zsuzsa O'Quist-Ó": [
        "lunch with ZSUZSA O’QUIST-Ó",
        "O'Quist-Ó, Zsuzsa is late",
        "scores_zsuzsa_oquist_o_2026.xlsx",
        "see Zsuzsa\u00a0O'Quist-O\u0301",
    ],
    "Jürgen Weiß": ["Juergen Weiss' lunch"],
    "Anna Schmid": ["Anna Schmids Runde"],
    'Olga "Oll" Orwell': ['lunch with Olga "Oll" Orwell', "Orwell, Olga “Oll”", "Olga Oll Orwell at 80"],
    "Pia (Pim) Olsen-Bach": ["Pia (Pim) Olsen-Bach is late", "pia pim olsen bach"],
    "中村 太郎": ["中村 太郎さんとランチ", "中村太郎の目標"],
    "김민수": ["김민수님 점심"],
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_name_is_found_however_others_wrote_it(world, now, name):
    Member.objects.filter(pk=world.ada.pk).update(name=name)
    world.ada.refresh_from_db()
    goals = [
        make_goal(world.north, target, by=world.grace, text=text) for target, text in enumerate(SPELLINGS[name], 81)
    ]

    erase(world.ada, world.ada, now)

    parts = [part.lower() for part in re.split(r"\W+|_", name) if len(part) > 1]
    for goal in goals:
        goal.refresh_from_db()
        assert "former member" in goal.text
        assert [part for part in parts if part in goal.text.lower()] == []


@pytest.mark.parametrize("text", ["Anna Schmidt's round", "Hanna Schmid", "Annabel Schmid"])
def test_who_is_called_nearly_the_same_keeps_their_name(world, now, text):
    Member.objects.filter(pk=world.ada.pk).update(name="Anna Schmid")
    world.ada.refresh_from_db()
    goal = make_goal(world.north, 85, by=world.grace, text=text)

    erase(world.ada, world.ada, now)

    goal.refresh_from_db()
    assert goal.text == text


def test_a_title_that_was_cut_off_in_the_middle_of_a_name_loses_what_is_left_of_it(world, person, now):
    title = f"{'A very long title of a duel that goes on and on against ':<66}{NAME}"[:80]
    challenge = make_challenge(world.north, world.grace, title=title)

    erase(person, person, now)

    challenge.refresh_from_db()
    assert challenge.title == f"{'A very long title of a duel that goes on and on against ':<66}…"


def test_what_stands_beside_a_name_stays_as_it_was(world, person, now):
    full = f"{'A text that fills its column without ever naming anybody, and goes on':<79}."
    values = {"ratio": 0.1, "words": ["ä", None]}
    challenge = make_challenge(world.north, world.grace, title=full)
    Challenge.objects.filter(pk=challenge.pk).update(void_reason=f"{NAME} and {EMAIL} left", void_values=values)

    erase(person, person, now)

    challenge.refresh_from_db()
    assert (challenge.title, challenge.stake, challenge.void_values) == (full, "", values)
    assert challenge.void_reason == "former member and former member left"


def test_whose_only_name_is_somebody_elses_too_is_erased_and_no_text_changes(world, now):
    make_rep(world.south, world.jane.name)
    goal = make_goal(world.north, 85, by=world.grace, text=f"Cake for {world.jane.name}")

    erase(world.jane, world.grace, now)

    goal.refresh_from_db()
    assert (goal.text, Erasure.objects.get().done_at) == (f"Cake for {world.jane.name}", now)


def test_each_table_is_rewritten_by_one_statement_for_all_names(world):
    with erasing(), CaptureQueriesContext(connection) as queries:
        scrub(world.acme, ["Zsuzsa", "zsuzsa@home.example"])

    statements = [query["sql"] or "" for query in queries]
    updates = Counter(sql.split('"')[1] for sql in statements if sql.startswith("UPDATE") and "regexp_replace" in sql)
    assert updates["teams_submission"] == 1
    assert updates - Counter(model._meta.db_table for model, _, _ in TEXTS) == Counter()


def test_two_who_stood_in_names_that_must_differ_are_both_erased(world, person, now):
    counters = [make_counter(world.north, world.grace, {}, name=f"Calls of {who}") for who in (NAME, "Ben", EMAIL)]
    upload = make_import(world.south, world.sue, f"Name,{world.month}\nSomebody,70\n")
    upload.people.all().delete()
    people = [upload.people.create(name=who, key=who) for who in (NAME, "Ben")]

    erase(person, person, now)
    erase(world.ben, world.ben, now)

    for row in (*counters, *people):
        row.refresh_from_db()
    assert [counter.name for counter in counters] == [
        "Calls of former member",
        f"Calls of former member {counters[1].pk}",
        f"Calls of former member {counters[2].pk}",
    ]
    assert [row.key for row in people] == ["former member", f"former member {people[1].pk}"]


def test_what_files_called_them_goes_too(world, person, now):
    upload = make_import(world.north, world.grace, f"Name,{world.month}\nQuisty,70\n")
    upload.people.update(member=person, choice="map", email="quisty@mail.example")
    RememberedPerson.objects.create(team=world.north, key="hash", member=person, choice="map")

    erase(person, person, now)

    assert (mentions("quisty"), RememberedPerson.objects.exists()) == ([], False)


def test_every_column_of_text_is_scrubbed_or_excused():
    scrubbed = {(model, name) for model, _, fields in TEXTS for name in fields}
    columns = {
        (model, field.name)
        for model in apps.get_app_config("teams").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField | BinaryField) and not field.choices
    }

    assert {f"{model.__name__}.{name}" for model, name in columns - scrubbed} == set(EXCUSED)


def test_closed_months_keep_their_places_and_counts(world, person, closed, now):
    closed.refresh_from_db()
    figures = (closed.submitted, closed.expected, closed.mean)

    erase(person, person, now)
    rank_stale_boards()

    closed.refresh_from_db()
    assert (closed.submitted, closed.expected, closed.mean) == figures
    assert places(closed) == [(1, "Ben", 50), (2, "Former member", 40)]
    assert "Former member" in [member.name for member in Member.objects.filter(standings__board=closed)]


def test_everybody_reads_of_a_former_member_in_their_own_language(world, person, closed, browse, now):
    erase(person, person, now)
    User.objects.filter(pk=world.grace.user_id).update(language="de")

    page = browse(world.grace).get(f"/board/north/{closed.month}/").content.decode()

    assert ("Ehemaliges Mitglied" in page, "Former member" in page) == (True, False)
    person.refresh_from_db()
    person.save()
    assert Member.objects.filter(pk=person.pk).annotate(stored=Cast("name", TextField())).get().stored == FORMER


def test_this_months_board_goes_on_without_them(world, person, now):
    erase(person, person, now)
    rank_stale_boards()

    board = Board.objects.get(team=world.north, month=world.month)
    assert places(board) == [(1, "Ben", 40)]


def test_what_others_wrote_stays_but_for_the_name(world, person, now):
    erase(person, person, now)

    assert list(Goal.objects.filter(team=world.north).exclude(text="").values_list("text", flat=True)) == [
        "former member gets a cake"
    ]
    result = Delivery.objects.get(member=world.grace)
    assert result.notice == {"title": "October", "lines": ["1. former member, 61", "former member"]}


def test_another_organization_is_left_alone_and_so_is_somebody_of_the_same_name(world, person, now):
    make_goal(world.east, 85, by=world.gina, text=f"{NAME} gets a cake")
    Member.objects.create(organization=world.acme, name=NAME)

    erase(person, person, now)

    assert mentions(EMAIL) == []
    assert Goal.objects.filter(team=world.east, text=f"{NAME} gets a cake").exists()
    assert Goal.objects.filter(team=world.north, text=f"{NAME} gets a cake").exists()


def test_it_is_done_after_a_week_once_and_not_before(world, person, now):
    erasures.ask(person, person, now)
    assert (erasures.due_erasures(now + WEEK - timedelta(minutes=1)), erasures.erase(person.pk, now)) == ([], [])
    assert erasures.due_erasures(now + WEEK) == [person.pk]

    erasures.erase(person.pk, now + WEEK)
    erasures.erase(person.pk, now + WEEK)

    assert AuditEntry.objects.filter(act=Act.ERASED).count() == 1
    assert (erasures.due_erasures(now + 2 * WEEK), Erasure.objects.get().done_at) == ([], now + WEEK)


def erase_and_die(person, now):
    with transaction.atomic():
        erasures.erase(person.pk, now)
        raise RuntimeError("killed before the commit")


def test_a_worker_that_dies_half_way_has_done_nothing(world, person, now):
    erasures.ask(person, person, now - WEEK)
    with pytest.raises(RuntimeError):
        erase_and_die(person, now)

    person.refresh_from_db()
    assert (person.name, Erasure.objects.get().done_at) == (NAME, None)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Submission.objects.filter(member=person).update(note="changed")


def test_one_asks_with_a_password_and_is_signed_out(person, browse):
    client = browse(person)
    wrong = client.post("/me/erase/", {"password": "wrong"})
    assert (wrong.status_code, Erasure.objects.exists()) == (200, False)

    asked = client.post("/me/erase/", {"password": PASSWORD})

    assert (asked.status_code, asked.url) == (302, "/accounts/login/")
    assert client.get("/me/").status_code == 302
    entry = AuditEntry.objects.filter(act=Act.ERASURE_ASKED).get()
    assert (entry.actor, entry.about) == (person, person)


BANNER = "Your personal data is deleted on"


@pytest.mark.parametrize("url", ["/", "/board/north/", "/goals/", "/challenges/", "/me/", "/submit/"])
def test_within_the_week_every_page_offers_the_way_back_with_the_day(person, browse, now, url):
    client = browse(person)
    before = client.get(url).content.decode()
    erasures.ask(person, person, now)
    day = date_format(person.organization.local(now + WEEK), "DATE_FORMAT")

    pages = [client.get(url).content.decode() for _ in range(2)]
    client.post("/me/erase/", {"back": "yes"})
    client.get("/me/")  # what is said once is said
    after = client.get(url).content.decode()

    assert [f"{BANNER} {day}." in page and 'href="/me/erase/"' in page for page in pages] == [True, True]
    assert (BANNER in before, BANNER in after) == (False, False)


def test_the_day_is_that_of_the_company(person, browse, now):
    zone = "Pacific/Kiritimati" if now.astimezone(UTC).hour >= 10 else "Pacific/Honolulu"
    Organization.objects.update(time_zone=zone)  # in which it is another day
    person.organization.refresh_from_db()
    erasures.ask(person, person, now)

    page = browse(person).get("/goals/").content.decode()

    assert f"{BANNER} {date_format(person.organization.local(now + WEEK), 'DATE_FORMAT')}." in page


def test_my_data_shows_that_it_is_under_way(person, browse, now):
    erasures.ask(person, person, now)

    page = browse(person).get("/me/data/").content.decode()

    assert (BANNER in page, "Take the deletion back" in page, "Delete my personal data" in page) == (True, True, False)


def test_it_can_be_taken_back_after_signing_in(person, browse, now):
    erasures.ask(person, person, now)
    client = browse()
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})

    client.post("/me/erase/", {"back": "yes"})

    assert (Erasure.objects.exists(), erasures.due_erasures(now + WEEK)) == (False, [])
    assert AuditEntry.objects.filter(act=Act.ERASURE_TAKEN_BACK, actor=person).exists()


def test_an_admin_asks_for_somebody_with_their_own_password_and_takes_it_back(world, person, browse):
    User.objects.filter(pk=world.alan.user_id).update(password=make_password(PASSWORD))
    world.alan.user.refresh_from_db()
    alan, url = browse(world.alan), f"/reps/{person.pk}/erase/"
    assert [browse(world.people[who]).post(url, {"password": PASSWORD}).status_code for who in ("grace", "gina")] == [
        404,
        404,
    ]

    alan.post(url, {"password": PASSWORD})
    assert Erasure.objects.get().asked_by == world.alan
    alan.post(url, {"back": "yes"})

    assert not Erasure.objects.exists()


def test_the_last_manager_and_the_last_admin_stay(world, now):
    for member in (world.grace, world.alan):
        with pytest.raises(Refused, match="the last"):
            erasures.ask(member, member, now)

    assert not Erasure.objects.exists()


def test_who_was_erased_is_not_brought_back(world, person, browse, now):
    erase(person, person, now)

    browse(world.alan).post(f"/reps/{person.pk}/reactivate/")

    person.refresh_from_db()
    assert person.deactivated_on == world.acme.today()


def test_their_sessions_end_and_nobody_elses_does(world, person, browse, now):
    hers, bens = browse(person), browse(world.ben)
    hers.get("/me/")
    assert Session.objects.count() == 2

    erase(person, person, now)

    assert (hers.get("/me/").status_code, bens.get("/me/").status_code, Session.objects.count()) == (302, 200, 1)


def test_who_has_become_the_last_manager_meanwhile_is_waited_for_and_the_log_and_the_page_say_so(world, browse, now):
    heidi = make_manager(world.north, "Heidi")
    erasures.ask(heidi, heidi, now - WEEK)
    grace = world.grace.memberships.all()
    grace.update(role="viewer")

    erase_task(heidi.pk)
    erase_task(heidi.pk)

    heidi.refresh_from_db()
    assert (heidi.name, Erasure.objects.get().done_at) == ("Heidi", None)
    said = [entry.sentence for entry in AuditEntry.objects.filter(act=Act.ERASURE_WAITS)]
    assert said == ["The clock has not deleted Heidi yet: first somebody else must manage the team, or be an admin."]
    page = browse(world.alan).get(f"/reps/{heidi.pk}/erase/").content.decode()
    assert "Heidi is the last manager of North. Make somebody else a manager first." in page

    grace.update(role="manager")
    erase_task(heidi.pk)

    assert Erasure.objects.get().done_at is not None


@pytest.mark.parametrize("state", ["reading", "storing"])
def test_while_a_file_is_read_or_stored_erasing_waits(world, person, now, state):
    Import.objects.update(state=state)
    erasures.ask(person, person, now - WEEK)
    erasures.erase(person.pk, now)
    assert Erasure.objects.get().done_at is None
    Import.objects.update(state="done", content=None)

    erasures.erase(person.pk, now)

    assert (Erasure.objects.get().done_at, mentions(NAME)) == (now, [])
