"""Pictures on a wall: by the screen's token, and beside whole names only."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.live.memoized import MEMOIZED
from teams.live.newest import WALLS
from teams.models import Board, Member, Organization, Team
from tests.makers import make_display, make_submission

pytestmark = pytest.mark.django_db
TOKEN = "t" * 43


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    cache.clear()
    MEMOIZED.clear()
    monkeypatch.setattr(WALLS, "latest", 0)


@pytest.fixture
def screen(world, browse):
    """The screen that hangs at North's wall, which shows Ada."""
    make_display(world.north, world.grace, "Hall", token=TOKEN, paired_at=timezone.now() - timedelta(hours=1))
    screen = browse()
    screen.cookies["display"] = TOKEN
    return screen


def address(member):
    return f"/display/faces/{member.pk}/{member.face}/large/"


def test_a_wall_shows_the_picture_beside_the_name(world, screen):
    page = screen.get("/display/").content.decode()
    picture = screen.get(address(world.ada))

    assert f'<img src="{address(world.ada)}" alt=""' in page
    assert 'loading="lazy"' not in page
    assert picture.content == bytes(world.face.large)
    assert picture.headers["Cache-Control"] == "private, max-age=604800, immutable"


def test_nobody_without_the_screen_s_token_gets_it(world, screen, browse):
    assert browse().get(address(world.ada)).status_code == 404
    assert browse(world.ada).get(address(world.ada)).status_code == 404


@pytest.mark.parametrize(
    ("model", "less"),
    [
        (Member, {"wall_name": "initials"}),
        (Member, {"wall_name": "out"}),
        (Organization, {"wall_names": "initials"}),
        (Organization, {"rank_visibility": "own"}),
        (Team, {"rank_visibility": "none"}),
    ],
)
def test_who_is_not_named_in_full_has_no_picture_there(world, screen, model, less):
    model.objects.update(**less)

    page = screen.get("/display/").content.decode()

    assert "/display/faces/" not in page
    assert screen.get(address(world.ada)).status_code == 404


def test_a_name_says_how_it_gets_shorter_where_there_is_no_room(world, screen):
    Member.objects.filter(pk=world.ada.pk).update(name="Maximilian Graf-Hohenstein")

    page = screen.get("/display/").content.decode()

    assert (
        '<bdi data-names="Maximilian Graf-Hohenstein\nMaximilian G.-H.\nM. G.">Maximilian Graf-Hohenstein</bdi>' in page
    )


def test_updated_says_when_the_last_of_its_figures_changed(world, screen):
    """The month that is shown is an old one as long as few are in, and the coverage at the foot this month's."""
    Board.objects.filter(team=world.north).update(ranked_at=timezone.now() - timedelta(days=40))
    make_submission(world.ben, 44, taken_on=world.acme.today())
    rank_stale_boards()

    moment = re.search(r'updated <time datetime="([^"]+)"', screen.get("/display/").content.decode())[1]

    assert moment[:10] == world.acme.local(timezone.now()).date().isoformat()
