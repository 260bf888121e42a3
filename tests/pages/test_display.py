"""The wall screen in its first form."""

import re

import pytest

from teams.actions.boards import rank_stale_boards
from teams.models import Display, Organization
from teams.models.displays import hashed
from tests.makers import make_rep, make_submission


@pytest.fixture
def screen(world, browse):
    """A screen on which the manager's secret address was opened."""
    made = browse(world.grace).post("/team/north/displays/", {"display-name": "Hall"})
    screen = browse()
    screen.get(re.search(r"http://testserver(/display/[^<\s]+/)", made.content.decode())[1])
    return screen


def test_the_secret_address_gives_the_screen_its_cookie_and_goes_on(world, browse):
    made = browse(world.grace).post("/team/north/displays/", {"display-name": "Hall"}).content.decode()
    token = re.search(r"/display/([^/<\s]+)/", made)[1]

    response = browse().get(f"/display/{token}/")

    assert (response.status_code, response.url) == (302, "/display/")
    assert (response.cookies["display"]["httponly"], response.cookies["display"]["samesite"]) == (True, "Lax")
    assert Display.objects.get(name="Hall").token_hash == hashed(token)


def test_a_wall_shows_the_upper_half_and_never_the_bottom(world, screen):
    for number in range(8):
        make_rep(world.north, f"Rep {number}", total=50 - number)
    rank_stale_boards()

    page = screen.get("/display/").content.decode()

    assert [name in page for name in ("Ada", "Rep 0", "Rep 3", "Rep 4", "Ben")] == [True, True, True, False, False]


def test_unchanged_is_204_and_a_new_version_is_shown(world, screen):
    version = re.search(r'version=([^"]+)"', screen.get("/display/").content.decode())[1]
    ask = {"headers": {"HX-Request": "true"}}
    assert screen.get("/display/", {"version": version}, **ask).status_code == 204

    make_submission(world.ben, 99, taken_on=world.acme.today())
    rank_stale_boards()

    assert "99" in screen.get("/display/", {"version": version}, **ask).content.decode()


def test_a_revoked_screen_is_blank_at_its_next_question(world, screen, browse):
    display = Display.objects.get(name="Hall")
    browse(world.grace).post(f"/displays/{display.pk}/revoke/")

    page = screen.get("/display/", headers={"HX-Request": "true"})

    assert (page.status_code, "Ada" in page.content.decode()) == (200, False)


def test_a_wrong_address_sets_no_cookie(world, browse):
    response = browse().get("/display/not-a-token/")

    assert (response.url, dict(response.cookies)) == ("/display/", {})


def test_where_places_are_not_for_everybody_a_wall_names_nobody(world, screen):
    Organization.objects.update(rank_visibility="own")

    page = screen.get("/display/").content.decode()

    assert ("Ada" in page, "2 of 2" in page or "2</" in page) == (False, True)
