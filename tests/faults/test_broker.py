"""Valkey killed, hung or emptied while people submit and mails go out: stored, answered, ranked, and sent once."""

import os
import time
from collections import Counter
from contextlib import contextmanager
from functools import partial
from signal import SIGCONT, SIGSTOP

import pytest

from teams.actions.checks import differing_boards, differing_counts
from teams.models import Board, Delivery, MessageKind, Submission
from teams.tasks import send_due
from teams.words.notices import Notice
from tests.deploy.http import until
from tests.faults.load import Visitor
from tests.makers import make_manager, make_organization, make_rep, make_team, notify, places, this_month

QUICK = 6
"""Seconds in which everybody is answered, whatever happens."""
CAUGHT_UP = 60
"""Seconds after the broker's return in which everything is ranked, by a sweep if by nothing else."""
PAGES = ["/", "/submit/", "/board/north/", "/display/", "/accounts/login/", "/healthz"]


@contextmanager
def killed(stack):
    stack.broker.kill()
    try:
        yield
    finally:
        stack.bring_back(stack.broker, stack.broker_answers)


@contextmanager
def hung(stack):
    """It takes calls and says nothing."""
    os.killpg(stack.broker.process.pid, SIGSTOP)
    try:
        yield
    finally:
        os.killpg(stack.broker.process.pid, SIGCONT)


@contextmanager
def emptied(stack):
    with stack.redis() as broker:
        broker.flushall()
    yield


def live_through(stack, fault, number, manager, rep):
    """Mails go out; the manager reminds the silent, the rep submits and looks around while it lasts; the answers."""
    team = rep.member.memberships.get().team
    people = list(team.organization.members.filter(memberships__competing=True))
    notify(team, people, MessageKind.DIGEST, f"challenge {number}", partial(Notice, f"Challenge {number}"))
    stack.ask(send_due)
    enough = len(stack.mails.mails) + 2
    assert until(lambda: len(stack.mails.mails) >= enough)
    with fault(stack):
        month = this_month(team.organization)
        answers = [rep.submit(number), manager.post(f"/team/north/{month}/nudge/")]
        answers += [rep.get(page) for page in PAGES]
    return answers


def everything_is_sent(stack):
    """Asks for the sweep that runs every five minutes, as often as it takes."""

    def is_sent():
        stack.ask(send_due)
        time.sleep(1)
        return not Delivery.objects.exclude(state="sent").exists()

    return until(is_sent, 30)


@pytest.mark.soak
def test_without_a_broker_everything_is_stored_and_answered_and_caught_up_with_after_it(stack):
    faults = [hung, emptied, killed] * 10
    team = make_team("North", make_organization(), reminds=False)  # by the clock, whatever day it is
    reps = [make_rep(team, f"Rep {number}") for number in range(8)]
    stack.mails.pause = lambda: 0.05

    answers, took = [], []
    with Visitor(stack.url, make_manager(team)) as manager, Visitor(stack.url, reps[0]) as rep:
        for number, fault in enumerate(faults):
            answers += live_through(stack, fault, number, manager, rep)
            returned = time.monotonic()
            assert until(lambda: not Board.objects.stale().exists(), CAUGHT_UP, every=0.5)
            took.append(time.monotonic() - returned)

    print(f"{len(answers)} answers in at most {max(a.took for a in answers):.1f} s, ranked after {max(took):.0f} s")
    assert {answer.status for answer in answers} == {200, 302}
    assert max(answer.took for answer in answers) < QUICK
    assert list(Submission.objects.order_by("pk").values_list("total", flat=True)) == list(range(len(faults)))
    assert places(Board.objects.get()) == [(1, "Rep 0", len(faults) - 1)]
    assert (list(differing_boards()), differing_counts()) == ([], [])
    assert everything_is_sent(stack)
    received = Counter((mail["To"], mail["Subject"]) for mail in stack.mails.mails)
    assert set(received.values()) == {1}
    assert len(received) == Delivery.objects.count() == 8 * len(faults) + 7
