"""Who is told of a board by the key that they hold: the same people as may open it."""

import pytest

from teams.models import Board, User
from teams.queries.boards.news import board_for

pytestmark = pytest.mark.django_db


def test_whoever_may_see_a_board_is_told_of_it_and_nobody_else(world):
    boards = list(Board.objects.select_related("team__organization"))
    holders = list(User.objects.all())

    told = {(holder.pk, board.pk) for holder in holders for board in boards if board_for(holder.pk, board.pk)}

    seen = {(holder.pk, board.pk) for holder in holders for board in Board.objects.visible_to(holder)}
    assert told == seen
    assert 0 < len(told) < len(holders) * len(boards)


def test_nobody_is_told_after_their_login_was_closed(world):
    board = Board.objects.filter(team=world.north).first()
    assert board_for(world.ada.user_id, board.pk) == board

    User.objects.filter(pk=world.ada.user_id).update(is_active=False)

    assert board_for(world.ada.user_id, board.pk) is None


def test_the_board_comes_with_its_team_and_organization(world, django_assert_num_queries):
    board = Board.objects.select_related("team__organization").get(team=world.north, month=world.month)

    with django_assert_num_queries(1):
        found = board_for(world.ada.user_id, board.pk)
        told = found.version, found.month, found.mean, found.team.name, found.team.organization.name

    assert told == (board.version, board.month, board.mean, "North", world.acme.name)
