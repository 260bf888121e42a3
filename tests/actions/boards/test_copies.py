"""Copies of what many ask for: one reading for all of them, never older than a second."""

import threading
import time

import pytest

from teams.live.polled_cache import Copies

NUMBERS = {"one": 1, "two": 2, "three": 3}


@pytest.fixture
def readings():
    """What was read, each time."""
    return []


@pytest.fixture
def copies(readings):
    def read(keys):
        readings.append(sorted(keys))
        time.sleep(0.02)
        return {key: NUMBERS[key] for key in keys if key in NUMBERS}

    return Copies(read, latest=0.2)


def test_many_questions_are_one_reading(copies, readings):
    assert [copies.get("one") for _ in range(100)] == [1] * 100
    assert readings == [["one"]]


def test_who_asks_for_something_else_learns_nothing_until_the_next_reading(copies, readings):
    copies.get("one")
    assert copies.get("two") is None

    time.sleep(0.11)

    assert (copies.get("two"), readings) == (2, [["one"], ["one", "two"]])


def test_what_is_told_is_never_older_than_allowed(copies, monkeypatch):
    copies.get("one")
    monkeypatch.setitem(NUMBERS, "one", 10)
    time.sleep(0.2)

    assert copies.get("one") == 10


def test_what_is_read_quickly_is_read_again_soon():
    copies = Copies(lambda keys: dict.fromkeys(keys, time.monotonic()), latest=60)
    first = copies.get("one")

    time.sleep(0.1)

    assert copies.get("one") > first


def test_what_may_rest_is_not_read_again_sooner():
    copies = Copies(lambda keys: dict.fromkeys(keys, time.monotonic()), latest=0.4, rested=0.5)
    first = copies.get("one")

    time.sleep(0.1)
    rested = copies.get("one")
    time.sleep(0.1)

    assert (rested, copies.get("one") > first) == (first, True)


def test_what_nobody_asks_for_any_more_is_not_read_again(copies, readings, monkeypatch):
    monkeypatch.setattr("teams.live.polled_cache.ASKED_WITHIN", 0.15)
    copies.get("one")
    time.sleep(0.2)

    copies.get("two")

    assert readings == [["one"], ["two"]]


def test_what_is_gone_is_none(copies):
    assert copies.get("four") is None


def test_what_is_not_there_is_looked_for_once(copies, readings):
    copies.get("one")
    for invented in ("five", "six"):
        copies.get(invented)
    time.sleep(0.11)
    copies.get("one")
    time.sleep(0.11)
    copies.get("one")

    assert readings == [["one"], ["five", "one", "six"], ["one"]]


def test_a_flood_of_invented_keys_is_never_read_as_a_whole_and_pushes_nobody_out(copies, readings, monkeypatch):
    monkeypatch.setattr("teams.live.polled_cache.MOST", 3)
    copies.get("one")
    for invented in range(100):
        copies.get(f"no {invented}")
    time.sleep(0.11)

    assert (copies.get("one"), readings[1:]) == (1, [["no 0", "no 1", "one"]])


def test_a_reading_that_fails_is_tried_again(readings):
    def read(keys):
        readings.append(keys)
        if len(readings) == 1:
            raise ConnectionError
        return dict.fromkeys(keys, 1)

    copies = Copies(read)
    with pytest.raises(ConnectionError):
        copies.get("one")

    assert copies.get("one") == 1


def test_while_one_reads_the_others_have_the_copy_and_wait_only_where_it_is_too_old(readings):
    goes_on, begun = threading.Event(), threading.Event()

    def read(keys):
        readings.append(keys)
        begun.set()
        assert goes_on.wait(5)
        return dict.fromkeys(keys, len(readings))

    copies, found = Copies(read, latest=0.4), []
    goes_on.set()
    assert copies.get("one") == 1
    goes_on.clear()
    begun.clear()
    time.sleep(0.2)
    reader = threading.Thread(target=lambda: found.append(copies.get("one")))
    reader.start()
    begun.wait(5)
    assert copies.get("one") == 1

    time.sleep(0.2)
    waiting = threading.Thread(target=lambda: found.append(copies.get("one")))
    waiting.start()
    goes_on.set()
    for thread in (reader, waiting):
        thread.join()

    assert 2 in found
    assert 1 not in found


def test_nobody_waits_for_ever_for_a_reading_that_hangs(monkeypatch):
    monkeypatch.setattr("teams.live.polled_cache.WAITS", 0.1)
    hangs, goes_on = threading.Event(), threading.Event()

    def read(keys):
        hangs.set()
        goes_on.wait(10)
        return dict.fromkeys(keys, 1)

    copies = Copies(read)
    reader = threading.Thread(target=copies.get, args=["one"])
    reader.start()
    hangs.wait(10)
    began = time.monotonic()
    meanwhile = copies.get("one")
    took = time.monotonic() - began
    goes_on.set()
    reader.join()

    assert (meanwhile, copies.get("one")) == (None, 1)
    assert 0.1 <= took < 2
