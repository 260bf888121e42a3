"""The page of history: how far each month is, saying that all is in, and taking that back."""

import pytest
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.months import history
from teams.models import Board
from teams.tasks.imports import go_on
from teams.words.figures import month_name
from tests.makers import make_import
from tests.pages.reading import markup
from tests.pages.team.test_imports import words

HERE = "/team/north/history/"


@pytest.fixture
def filled(world, browse):
    """Two months of history, the later one first, filled by an import of whoever is admin."""
    world.acme.created_at = timezone.now()
    world.acme.save()
    first = world.month - 5
    upload = make_import(world.north, world.alan, f"Name,{first},{first + 1}\nIda,60,61\nJo,50,\n")
    browse(world.alan).post(f"/imports/{upload.pk}/store/")
    go_on(upload.pk)
    rank_stale_boards()
    return [first + 1, first]


def closed_in(world, months):
    boards = Board.objects.filter(team=world.north, month__in=months, closed_at__isnull=False)
    return set(boards.values_list("month", flat=True))


def test_each_month_of_history_stands_with_how_many_are_in(world, browse, filled):
    shown = markup(browse(world.grace).get(HERE))

    for month in filled:
        assert f'/board/north/{month}/">{month_name(month)}</a>' in shown
    assert shown.count("<td>open for imports</td>") >= len(filled)
    assert "By itself that happens on" in shown


def test_said_to_be_complete_it_is_final_and_may_be_opened_again(world, browse, filled):
    grace = browse(world.grace)

    assert "are final." in words(grace.post(HERE, follow=True))
    assert closed_in(world, filled) == set(filled)

    assert "The history is open again" in words(grace.post(HERE, {"open": "yes"}, follow=True))
    assert closed_in(world, filled) == set()


def test_what_the_clock_closed_is_not_opened_again(world, browse, filled):
    history.complete(world.north, timezone.now())

    said = words(browse(world.grace).post(HERE, {"open": "yes"}, follow=True))

    assert "is final. Amend its months instead." in said
    assert closed_in(world, filled) == set(filled)


def test_without_history_the_page_leads_to_the_import(world, browse):
    world.acme.created_at = "2013-01-01T00:00Z"
    world.acme.save()

    assert "No history yet" in words(browse(world.grace).get(HERE))


def test_nobody_is_reminded_of_a_month_of_history(world, browse, filled):
    assert browse(world.grace).post(f"/team/north/{filled[0]}/nudge/").status_code == 404
    assert browse(world.grace).get(f"/team/north/{filled[0]}/close/").status_code == 404


def test_nobody_is_waited_for_in_a_month_of_history(world, browse, filled):
    page = browse(world.ada).get(f"/board/north/{filled[0]}/").content.decode()

    assert ("Without a score" in page, "Not in yet" in page) == (True, False)


def test_a_month_of_history_says_who_imported_it_and_waits_for_nobody(world, browse, filled):
    shown = words(browse(world.grace).get(f"/team/north/{filled[0]}/"))

    assert "Imported by Alan. These scores count as they are" in shown
    assert "Waiting for confirmation" not in shown
