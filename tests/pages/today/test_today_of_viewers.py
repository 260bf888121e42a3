"""Today for whoever looks and does not compete: the boards that they see."""

import pytest

from teams.models import Board
from tests.makers import make_team, make_viewer, ranked_board

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera(world, browse):
    board = ranked_board(world.north)
    Board.objects.filter(pk=board.pk).update(expected=2, submitted=2)
    return browse(make_viewer(world.north, "Nell"))


def shown(page):
    return [
        (board.team.name, [(rank, member.name, total) for rank, member, total in board.rows])
        for board in page.context["first_places"]
    ]


def test_a_viewer_sees_the_first_places_of_their_team(world, vera):
    page = vera.get("/")

    assert shown(page) == [("North", [(1, "Ada", 61), (2, "Ben", 40)])]
    assert f'href="/board/north/{world.month}/"' in page.content.decode()


def test_a_viewer_sees_no_places_where_nobody_may(world, vera):
    world.north.rank_visibility = "none"
    world.north.save()

    assert shown(vera.get("/")) == []


def test_a_board_that_few_are_in_yet_shows_no_places(world, vera):
    Board.objects.filter(team=world.north).update(expected=9)

    assert shown(vera.get("/")) == []


def test_a_rep_sees_their_own_figures_instead(world, vera, browse):
    page = browse(world.ada).get("/")

    assert shown(page) == []
    assert page.context["own"].reading.total == 61


def test_an_admin_of_many_teams_sees_the_first_of_them(world, browse, monkeypatch):
    monkeypatch.setattr("teams.queries.people.viewer.TEAMS", 2)
    for name in ("Alpha", "Beta", "Gamma"):
        make_team(name, world.acme)

    page = browse(world.alan).get("/")

    assert [each.team.name for each in page.context["months"]] == ["Alpha", "Beta"]
