"""Sentences that earlier releases stored, in whoever's language, become codes with what the other side said."""

from importlib import import_module

import pytest
from django.db import connection

from teams.models import Delivery, Invitation
from tests.makers import make_chat, make_delivery, make_invited, make_manager, make_rep, make_team

pytestmark = pytest.mark.django_db
CODES = import_module("teams.migrations.0035_reasons").CODES
STORED = [
    ("the demo sends nothing", "demo", ""),
    ("die Demo verschickt nichts", "demo", ""),
    ("c’était trop tard", "too_late", ""),
    ("no tiene dirección de correo aquí", "no_address", ""),
    ("is not in the team at the month's end", "left", ""),
    ("does not want reminders", "unsubscribed", ""),
    ("möchte das nicht: Erinnerungen", "unsubscribed", ""),
    ("Der Worker brach ab: OperationalError", "worker_broke_off", "OperationalError"),
    ("The mail server said 550 5.1.1 no such user", "mail_server_said", "550 5.1.1 no such user"),
    ("The mail server stopped answering: timed out", "mail_server_stopped", "timed out"),
    ("The name chat.example cannot be found: [Errno -2]", "chat_unknown", "chat.example"),
    ("Cannot connect: no answer in time", "chat_unreachable", "no answer in time"),
    ("what nobody knows any more", "what nobody knows any more", ""),
    ("", "", ""),
]


@pytest.fixture
def team():
    return make_team()


def migrate():
    with connection.cursor() as cursor:
        cursor.execute(CODES)


def test_what_a_message_said_of_itself_is_kept_as_a_code(team):
    ada = make_rep(team)
    for number, (sentence, *_) in enumerate(STORED):
        make_delivery(ada, subject=f"{number}", reason=sentence)

    migrate()

    assert list(Delivery.objects.order_by("pk").values_list("reason", "said")) == [tuple(row[1:]) for row in STORED]


@pytest.mark.parametrize(("state", "after"), [("sent", ("", "200 ok")), ("failed", ("chat_said", "200 ok"))])
def test_what_a_chat_answered_is_kept(team, state, after):
    chat = make_chat(team)
    Delivery.objects.create(team=team, webhook=chat, kind="digest", subject="2020-01", state=state, reason="200 ok")

    migrate()

    assert Delivery.objects.values_list("reason", "said").get() == after


def test_so_is_the_problem_of_an_invitation(team):
    make_invited(team, make_manager(team))
    Invitation.objects.update(problem="The mail server said 550 no such user")

    migrate()

    assert Invitation.objects.values_list("problem", "said").get() == ("mail_server_said", "550 no such user")
