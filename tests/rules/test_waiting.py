"""What waits, in the order of Today."""

from datetime import UTC, datetime

from teams.rules.waiting import Waiting, WaitingKind, on_today

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def test_what_others_wait_for_comes_first_and_who_is_missing_is_listed_by_team():
    waiting = [Waiting(kind, NOON) for kind in reversed(WaitingKind)]

    kinds = [each.kind for each in on_today(waiting)]

    assert kinds == ["asked", "formula", "decide", "suggestion", "confirm", "won", "thanked", "owe", "owed"]


def test_inside_a_kind_the_order_stays():
    older, newer = Waiting(WaitingKind.ASKED, NOON, challenge_id=1), Waiting(WaitingKind.ASKED, NOON, challenge_id=2)

    assert on_today([newer, older]) == [newer, older]


def test_what_is_owed_from_one_challenge_is_one_thing():
    def owe(challenge, name):
        return Waiting(WaitingKind.OWE, NOON, challenge_id=challenge, others=(name,))

    found = on_today([owe(1, "Ada"), owe(2, "Ben"), owe(1, "Cleo")])

    assert [(each.challenge_id, each.others) for each in found] == [(1, ("Ada", "Cleo")), (2, ("Ben",))]
