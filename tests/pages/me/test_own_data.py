"""What is stored about somebody: all of it, for themselves and nobody else."""

import json

import pytest
from django.utils import timezone

from teams.actions.audit import record
from teams.actions.challenges import lifecycle
from teams.models import Act, AuditEntry, Challenge, Member, User
from teams.queries.people.own_data import ABOUT, NOT_ABOUT, SECRET, THE_SAME
from tests.makers import make_delivery, make_goal

pytestmark = pytest.mark.django_db


def naming(model):
    """Every column of every table that names one of the model's rows."""
    fields = model._meta.get_fields(include_hidden=True)
    return {f"{one.related_model.__name__}.{one.field.name}" for one in fields if one.auto_created and not one.concrete}


def test_every_table_that_names_a_person_is_covered():
    covered = {f"{model.__name__}.{path.partition('__')[0]}" for _, _, model, path in ABOUT}

    assert (naming(Member) | naming(User)) - {"Member.user"} <= covered | NOT_ABOUT | THE_SAME.keys()
    assert NOT_ABOUT | THE_SAME.keys() <= naming(Member)


def taken_out(client):
    response = client.get("/me/data/?as=json")
    assert response.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    return json.loads(response.content)


def test_the_file_holds_everything_of_oneself_and_nothing_of_others(world, browse):
    make_goal(world.ada, 75, by=world.ada, text="Christmas")
    make_delivery(world.ada)
    data = taken_out(browse(world.ada))

    assert set(data) == {"organization", "taken_out_at", *(word for word, *_ in ABOUT)}
    assert [person["name"] for person in data["person"]] == ["Ada"]
    assert [login["email"] for login in data["login"]] == ["ada@example.org"]
    assert [(reading["total"], reading["month"], reading["source"]) for reading in data["submissions"]] == [
        (61, str(world.month), "typed")
    ]
    found = {word: len(rows) for word, rows in data.items() if isinstance(rows, list) and rows}
    assert {"goals", "messages", "leaves", "entries", "claims", "figures", "memberships", "standings"} <= set(found)
    assert all(row["member_id"] == world.ada.pk for word in ("goals", "messages", "leaves") for row in data[word])
    assert [word for word in ("Ben", "ben@example.org", "Gil") if word in json.dumps(data)] == []


def test_a_duel_that_somebody_only_drafted_is_not_in_it(world, browse):
    today = world.acme.today()
    draft = Challenge(
        organization=world.acme, maker=world.ben, title="One day", kind="highest", is_duel=True, winners="top",
        winner_count=1, starts_on=today, ends_on=today,
    )  # fmt: skip
    before = taken_out(browse(world.ada))["entries"]
    lifecycle.make(draft, [world.north], world.ada)

    drafted = taken_out(browse(world.ada))["entries"]
    lifecycle.send(draft, timezone.now())

    assert (drafted, len(taken_out(browse(world.ada))["entries"])) == (before, len(before) + 1)


def test_no_secret_is_in_the_file(world, browse):
    text = json.dumps(taken_out(browse(world.ada)))

    assert [word for word in SECRET if f'"{word}"' in text] == []
    assert User.objects.get(member=world.ada).password not in text


def test_what_a_manager_did_to_others_is_told_without_them(world, browse):
    record(Act.WITHDREW, world.ada, by=world.grace, reason="Ada's typo", month="2019-10")

    [done] = [row for row in taken_out(browse(world.grace))["done"] if row["act"] == Act.WITHDREW]

    assert set(done) == {"id", "organization_id", "team_id", "actor_id", "act", "at", "address"}


def test_taking_it_out_is_noted(world, browse):
    taken_out(browse(world.ada))

    assert [row["act"] for row in taken_out(browse(world.ada))["done"]][-1] == Act.DATA_TAKEN_OUT


def test_the_page_says_what_there_is(world, browse):
    record(Act.SIGNED_IN, by=world.ada)
    page = browse(world.ada).get("/me/data/")

    counts = {str(label): count for label, count in page.context["counts"]}
    assert (counts["Readings, with source and days"], counts["Absences"]) == (1, 1)
    assert [reading.total for reading in page.context["readings"]] == [61]
    assert [entry.at.date() for entry in page.context["sign_ins"]] == [timezone.now().date()]


def test_from_where_a_manager_did_something_is_theirs(world, browse):
    office, home = "203.0.113.77", "198.51.100.78"
    for actor, about, address in ((world.grace, world.ada, office), (world.ada, world.ben, home)):
        AuditEntry.objects.create(
            organization=world.acme, team=world.north, actor=actor, about=about, act=Act.WITHDREW, address=address
        )

    text = json.dumps(taken_out(browse(world.ada)))

    assert (office in text, home in text) == (False, True)
    assert office not in browse(world.ada).get("/me/data/").content.decode()
