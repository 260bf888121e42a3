"""What an answer means for a message."""

from datetime import UTC, datetime, timedelta

import pytest

from teams.rules.messages.delivery import Answer, DeliveryState, Verdict, http_verdict, smtp_verdict, state_after

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "verdict"), [(250, "taken"), (421, "later"), (450, "later"), (550, "never"), (554, "never")]
)
def test_a_mail_servers_reply(code, verdict):
    assert smtp_verdict(code) == verdict


@pytest.mark.parametrize(
    ("verdict", "statuses"),
    [
        ("taken", [200, 202, 204]),
        ("never", [301, 302, 400, 401, 403, 404, 410]),
        ("later", [408, 429, 500, 502, 503]),
        ("unknown", [504]),
    ],
)
def test_a_chats_answer(verdict, statuses):
    assert {http_verdict(status) for status in statuses} == {verdict}


@pytest.mark.parametrize(
    ("verdict", "state"),
    [("taken", DeliveryState.SENT), ("never", DeliveryState.FAILED), ("unknown", DeliveryState.UNCERTAIN)],
)
def test_every_verdict_but_one_is_final(verdict, state):
    assert state_after(Answer(Verdict(verdict)), NOON, 1, NOON) == (state, None)


def test_a_refusal_waits_twice_as_long_each_time_for_a_day():
    waits, now, attempts, state = [], NOON, 1, DeliveryState.WAITING
    while True:
        state, due = state_after(Answer(Verdict.LATER), NOON, attempts, now)
        if state != DeliveryState.WAITING:
            break
        waits.append((due - now) // timedelta(minutes=1))
        now, attempts = due, attempts + 1

    assert waits == [5, 10, 20, 40, 80, 160, 240, 240, 240, 240]
    assert (state, due) == (DeliveryState.FAILED, None)


def test_a_chat_that_asks_for_more_time_gets_it():
    answer = Answer(Verdict.LATER, wait=timedelta(hours=2))

    assert state_after(answer, NOON, 1, NOON) == (DeliveryState.WAITING, NOON + timedelta(hours=2))
    assert state_after(answer, NOON, 1, NOON + timedelta(hours=23)) == (DeliveryState.FAILED, None)
