"""What waits, in the order of Today."""

from datetime import UTC, datetime

from teams.rules.waiting import Waiting, WaitingKind, on_today

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def test_what_others_wait_for_comes_first_and_who_is_missing_is_listed_by_team():
    waiting = [Waiting(kind, NOON) for kind in reversed(WaitingKind)]

    kinds = [each.kind for each in on_today(waiting)]

    assert kinds == ["asked", "formula", "decide", "suggestion", "confirm", "won", "owe", "owed"]


def test_inside_a_kind_the_order_stays():
    older, newer = Waiting(WaitingKind.OWED, NOON, other="Ada"), Waiting(WaitingKind.OWED, NOON, other="Ben")

    assert on_today([newer, older]) == [newer, older]
