"""What is answered before Django: only that nothing changed, as the view would have, with the same headers."""

import time
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone
from prometheus_client import REGISTRY

from leaderboard.unchanged import answer_before, protection
from teams.actions import displays
from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.people import memberships
from teams.live import newest
from teams.live.news_keys import news_key
from teams.models import Board, Display
from teams.rules.visibility import Audience
from tests.makers import make_display, make_submission
from tests.pages.every.test_headers import PROTECTION

TOKEN = "u" * 43
NOTHING, GOES_ON = ("204 No Content", b""), ("200 OK", b"the view's")


def the_view(environ, start_response):
    start_response("200 OK", [])
    return [b"the view's"]


site = answer_before(the_view, newest.newest_board, newest.newest_wall)


@pytest.fixture(autouse=True)
def always_read(monkeypatch):
    """Copies of this moment: only some tests are about older ones."""
    monkeypatch.setattr(newest.BOARDS, "latest", 0)
    monkeypatch.setattr(newest.WALLS, "latest", 0)


@pytest.fixture
def board(world):
    return Board.objects.get(team=world.north, month=world.month)


@pytest.fixture
def key(board, world):
    return news_key(board, Audience.RANKS, "total", world.ada.user, "a session")


@pytest.fixture
def hall(world):
    return make_display(world.north, world.grace, "Hall", token=TOKEN)


@pytest.fixture
def wall(hall, browse):
    """The address at which the screen asks, as its page has it."""
    browser = browse()
    browser.cookies["display"] = TOKEN
    return f"/display/?version={browser.get('/display/').context['version']}&celebrated="


def ask(address, method="get", *, token=None):
    """Status and body of the answer; a screen asks with its token."""
    headers = {"HX-Request": "true"} | ({"Cookie": f"display={token}"} if token else {})
    request = getattr(RequestFactory(headers=headers), method)(address)
    answered = []
    body = b"".join(site(request.environ, lambda *answer: answered.append(answer)))
    return answered[0][0], body


def test_the_newest_version_of_a_board_is_no_news(board, key):
    assert ask(f"/news/{key}/?version={board.version}") == NOTHING


def test_open_boards_cost_one_query_for_all_who_ask(board, world, django_assert_num_queries):
    keys = [news_key(board, Audience.RANKS, "total", rep.user, "a session") for rep in (world.ada, world.ben)]
    for key in keys:
        ask(f"/news/{key}/?version={board.version}")

    with django_assert_num_queries(1):
        assert ask(f"/news/{keys[0]}/?version={board.version}") == NOTHING


@pytest.mark.parametrize("query", ["", "?version=", "?version=0", "?version=999", "?other=1", "?version=1%20"])
def test_any_other_version_is_for_the_view(key, query):
    assert ask(f"/news/{key}/{query}") == GOES_ON


def test_a_board_that_was_ranked_is_for_the_view(board, key, world):
    assert ask(f"/news/{key}/?version={board.version}") == NOTHING

    make_submission(world.ben, 70, taken_on=world.acme.today())
    rank_stale_boards()

    assert ask(f"/news/{key}/?version={board.version}") == GOES_ON


def test_a_key_does_not_outlive_the_login_of_its_holder(board, key, world):
    assert ask(f"/news/{key}/?version={board.version}") == NOTHING

    memberships.deactivate(world.ada, world.grace, world.acme.today())

    assert ask(f"/news/{key}/?version={board.version}") == GOES_ON


def test_an_old_key_and_a_forged_one_are_for_the_view(board, key, monkeypatch):
    assert ask(f"/news/{key[:-1]}{'b' if key[-1] == 'a' else 'a'}/?version={board.version}") == GOES_ON
    assert ask(f"/news/no-such-key/?version={board.version}") == GOES_ON

    monkeypatch.setattr("teams.live.news_keys.KEY_LIVES", -1)

    assert ask(f"/news/{key}/?version={board.version}") == GOES_ON


@pytest.mark.parametrize("method", ["post", "head", "options", "put"])
def test_only_questions_are_answered(board, key, wall, method):
    assert ask(f"/news/{key}/?version={board.version}", method) == GOES_ON
    assert ask(wall, method, token=TOKEN) == GOES_ON


def test_a_wall_with_the_newest_version_has_no_news(wall):
    assert ask(wall, token=TOKEN) == NOTHING


def test_a_wall_is_a_page_to_a_browser_that_opens_it(wall):
    request = RequestFactory(headers={"Cookie": f"display={TOKEN}"}).get(wall)

    assert site(request.environ, lambda *_: None) == [b"the view's"]


def test_whose_screen_is_not_known_is_for_the_view(wall):
    assert [ask(wall), ask(wall, token="v" * 43)] == [GOES_ON, GOES_ON]


def test_an_un_paired_screen_is_for_the_view(wall, hall):
    assert ask(wall, token=TOKEN) == NOTHING

    displays.unpair(hall)

    assert ask(wall, token=TOKEN) == GOES_ON


def test_what_is_to_be_celebrated_is_for_the_view(wall, hall):
    displays.ask_for_test(hall, timezone.now())

    assert ask(wall, token=TOKEN) == GOES_ON


@pytest.mark.parametrize("change", [{"seconds": 30}, {"slides": ["goal"]}])
def test_a_screen_with_other_settings_is_for_the_view(wall, hall, change):
    Display.objects.filter(pk=hall.pk).update(**change)

    assert ask(wall, token=TOKEN) == GOES_ON


def test_a_screen_that_is_answered_here_was_heard_of_too(wall, hall):
    Display.objects.filter(pk=hall.pk).update(seen_at=timezone.now() - timedelta(minutes=2))

    ask(wall, token=TOKEN)

    assert timezone.now() - Display.objects.get(pk=hall.pk).seen_at < timedelta(minutes=1)


def test_walls_cost_one_query_together(wall, world, django_assert_num_queries):
    for number in range(3):
        make_display(world.north, world.grace, token=str(number) * 43, seen_at=timezone.now())
        ask(wall, token=str(number) * 43)

    with django_assert_num_queries(1):
        assert ask(wall, token=TOKEN) == NOTHING


def test_un_pairing_and_deactivating_are_felt_within_a_second(wall, hall, board, key, world, monkeypatch):
    monkeypatch.undo()
    assert [ask(wall, token=TOKEN), ask(f"/news/{key}/?version={board.version}")] != []
    displays.unpair(hall)
    memberships.deactivate(world.ada, world.grace, world.acme.today())

    time.sleep(1)

    assert [ask(wall, token=TOKEN), ask(f"/news/{key}/?version={board.version}")] == [GOES_ON, GOES_ON]


def test_without_a_database_the_view_is_asked(board, key, monkeypatch):
    def no_database(asked):
        raise OperationalError

    monkeypatch.setattr(newest.BOARDS, "_read", no_database)

    assert ask(f"/news/{key}/?version={board.version}") == GOES_ON


def test_the_answer_has_the_headers_of_every_other(settings):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    protection.cache_clear()

    told = dict(protection("https", ""))
    protection.cache_clear()

    assert told == PROTECTION | {"Cache-Control": "no-store"}


def test_what_has_to_come_over_tls_is_for_django(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    protection.cache_clear()

    told = [bool(protection("http", forwarded)) for forwarded in ("", "http", "https")]
    protection.cache_clear()

    assert told == [False, False, True]


def test_it_is_counted_and_has_an_id_like_every_other(board, key):
    def counted():
        values = {"page": "news", "status": "204"}
        return REGISTRY.get_sample_value("leaderboard_request_seconds_count", values) or 0

    answered, before_it = [], counted()
    request = RequestFactory().get(f"/news/{key}/?version={board.version}")

    site(request.environ, lambda *answer: answered.append(answer))

    assert counted() == before_it + 1
    assert len(dict(answered[0][1])["X-Request-ID"]) == 16
