"""Workers killed with -9 while they hand mails over: none arrives twice, and none is lost in silence."""

import time
from collections import Counter
from datetime import timedelta
from functools import partial
from random import Random

import pytest
from django.utils import timezone

from leaderboard.celery import app
from leaderboard.local import site
from leaderboard.local.processes import Child
from teams.actions.messages.deliveries import due_deliveries, give_up_on_the_stuck
from teams.models import Delivery, MessageKind
from teams.tasks import deliver
from teams.words.notices import Notice
from tests.conftest import VAR
from tests.deploy.http import until
from tests.mail_server import mail_server
from tests.makers import make_member, make_organization, make_team, notify
from tests.ports import free_port

PEOPLE = 16
AT_ONCE = 2
"""How many mails a worker hands over at a time."""


@pytest.fixture
def mailbox(transactional_db):
    with mail_server(free_port()) as server:
        yield server


@pytest.fixture
def busy(site_env, mailbox, guard):
    """A real worker that mails to that server, on an empty queue."""
    app.control.purge()
    env = site_env | {"EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}"}
    child = Child("worker", site.worker(AT_ONCE), env, guard, cwd=site.ROOT, log=VAR / "log" / "worker.log")
    child.start()
    yield child
    child.stop()
    app.control.purge()


def enqueue():
    """What the sweep does; tasks that are asked for twice are part of the load."""
    for delivery in due_deliveries(timezone.now()):
        deliver.delay(delivery)


def live_through(kills, seed, mailbox, busy):
    """Kill the worker at so many random moments; the addresses that got mail, and each message's state."""
    random = Random(seed)
    mailbox.pause = lambda: random.random() * 0.04
    team = make_team("North", make_organization())
    people = [make_member(team.organization, f"Rep {number}") for number in range(PEOPLE)]
    for kill in range(kills):
        notify(team, people, MessageKind.DIGEST, f"challenge {kill}", partial(Notice, f"Challenge {kill}"))
        enqueue()
        enough = len(mailbox.mails) + random.randint(1, PEOPLE - 6)
        assert until(lambda enough=enough: len(mailbox.mails) >= enough, patience=30)
        time.sleep(random.random() * 0.08)
        busy.kill()
        busy.start()
    app.control.purge()  # what every round asked for again would take minutes to be found done
    enqueue()
    until(lambda: not Delivery.objects.filter(state="waiting").exists(), patience=60 + kills)
    until(lambda: not Delivery.objects.filter(state="sending").exists(), patience=1)
    give_up_on_the_stuck(timezone.now() + timedelta(minutes=10))
    received = Counter((mail["To"], mail["Subject"]) for mail in mailbox.mails)
    rows = Delivery.objects.values_list("member__user__email", "notice__title", "state")
    return received, {(email, title): state for email, title, state in rows}


@pytest.mark.soak  # in each run test_kills does it at random moments
@pytest.mark.parametrize("kills", [1, 50])
def test_a_killed_worker_doubles_no_mail_and_loses_none_in_silence(mailbox, busy, kills):
    received, states = live_through(kills, 20261123, mailbox, busy)

    assert set(received.values()) == {1}
    unfinished = Delivery.objects.exclude(state__in=["sent", "uncertain"]).values_list("state", "attempts", "reason")
    assert list(unfinished) == []
    assert {mail for mail, state in states.items() if state == "sent"} <= set(received)
    assert set(received) <= set(states)
    assert list(states.values()).count("uncertain") <= kills * AT_ONCE
