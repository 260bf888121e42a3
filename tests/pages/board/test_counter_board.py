"""The board of what a team counts itself: who is where, who sees it, and what closing the month makes of it."""

import re
from decimal import Decimal

import pytest
from django.utils import timezone

from teams.actions.counters import set_playable
from teams.actions.figures import enter_own, store_figures
from teams.actions.months.closing import close_month
from teams.models import AuditEntry, Board
from teams.rules.errors import Refused
from tests.makers import make_leave, make_rep
from tests.pages.reading import first_table, markup

pytestmark = pytest.mark.django_db


def board_page(world, month=None, counter=None):
    return f"/board/north/{month or world.month}/counter/{(counter or world.played).pk}/"


def enter(world, figures, month=None, counter=None):
    """Figures by member as each enters them."""
    for member, value in figures.items():
        enter_own(member, month or world.month, {counter or world.played: value and Decimal(value)})


def north_of_four(world):
    """Ada, whose 1,203 her manager typed, Ben and two more."""
    return [make_rep(world.north, name) for name in ("Cleo", "Dora")]


def closed_north(world, month):
    board = Board.objects.get_or_create(team=world.north, month=month)[0]
    return close_month(board.pk, timezone.now(), world.grace)


def said_of(page, heading):
    """The names of the list under a heading."""
    names = page.split(f"<h2>{heading}</h2>")[1].split("</ul>")[0]
    return [re.sub(r"<[^>]*>", "", name).strip() for name in names.split("<li>")[1:]]


def test_places_are_shared_by_name_and_say_where_a_figure_came_from(world, browse):
    cleo, dora = north_of_four(world)
    enter(world, {world.ben: "7", cleo: "9.50", dora: "7"})
    enter(world, {world.ben: "8"}, world.month - 2)

    rows = first_table(browse(world.ada).get(board_page(world)))

    assert rows == [
        ["Place", "Name", "Last months", "Change", "Figure"],
        ["1", "Ada you entered by a manager", "", "–no earlier score", "1,203"],
        ["2", "Cleo", "", "–no earlier score", "9.50"],
        ["3", "Ben", "", f"−1 since {(world.month - 2).first_day:%b}", "7"],
        ["3", "Dora", "", "–no earlier score", "7"],
    ]


def test_who_is_missing_and_who_is_away_stand_apart_and_access_to_linkedin_does_not_matter(world, browse):
    cleo, dora = north_of_four(world)
    cleo.no_access_since = world.month.first_day
    cleo.save()
    make_leave(dora, world.month.first_day, world.month.last_day)

    page = markup(browse(world.ben).get(board_page(world)))

    assert "<strong>1</strong>of 3 in" in page
    assert (said_of(page, "Missing"), said_of(page, "Away")) == (["Ben", "Cleo"], ["Dora"])


def test_the_mean_comes_from_sixty_per_cent_on(world, browse):
    north_of_four(world)
    enter(world, {world.ben: "7"})
    before = markup(browse(world.grace).get(board_page(world)))
    enter(world, {world.north.memberships.get(member__name="Cleo").member: "0"})
    after = markup(browse(world.grace).get(board_page(world)))

    assert ["Mean of" in before, "Mean of 3 of 4: 403.33" in after] == [False, True]


@pytest.mark.parametrize(
    ("visibility", "seen"),
    [
        ("all", {"ada": ["1,203", "7"], "vera": ["1,203", "7"], "grace": ["1,203", "7"]}),
        ("own", {"ada": ["1,203"], "vera": [], "grace": ["1,203", "7"]}),
        ("none", {"ada": [], "vera": [], "grace": ["1,203", "7"]}),
    ],
)
def test_who_sees_whose_figure_is_as_on_the_board_of_the_scores(world, browse, visibility, seen):
    enter(world, {world.ben: "7"})
    world.north.rank_visibility = visibility
    world.north.save()

    found = {}
    for who in seen:
        page = markup(browse(world.people[who]).get(board_page(world)))
        shown = {"1,203": ">1,203<" in page or "with 1,203" in page, "7": '<td class="number score">7' in page}
        found[who] = [figure for figure, is_shown in shown.items() if is_shown]

    assert found == seen


def test_only_what_is_played_for_has_a_board_and_a_tab(world, browse):
    tabs = markup(browse(world.ada).get(f"/board/north/{world.month}/"))

    assert [board_page(world) in tabs, board_page(world, counter=world.counter) in tabs] == [True, False]
    assert browse(world.ada).get(board_page(world, counter=world.counter)).status_code == 404


def test_a_tab_comes_and_goes_with_what_is_played_for(world, browse):
    ada, grace, board = browse(world.ada), browse(world.grace), f"/board/north/{world.month}/"
    ada.get(board)
    for playable in ({}, {"playable": "1"}):
        grace.post(f"/figures/{world.played.pk}/playable/", playable)
        assert (board_page(world) in ada.get(board).content.decode()) == bool(playable)

    said = [entry.sentence for entry in AuditEntry.objects.filter(act__contains="played").order_by("pk")]
    assert said == [
        "Grace ended that North plays for “Visits”.",
        "Grace made “Visits” something that North plays for.",
    ]


def test_a_rep_changes_nothing_of_a_closed_month_and_a_manager_only_with_a_reason(world):
    month = world.month - 1
    enter(world, {world.ben: "7"}, month)
    closed_north(world, month)

    with pytest.raises(Refused, match="its standings are final"):
        enter(world, {world.ben: "70"}, month)
    with pytest.raises(Refused, match="Say why the final standings are changed"):
        store_figures(world.played, {(world.ben.pk, month): Decimal(8)}, world.grace)

    assert [figure.value for figure in world.played.figures.filter(month=month)] == [7]


def test_an_amended_figure_counts_and_says_what_stood_before(world, browse):
    month = world.month - 1
    enter(world, {world.ben: "7"}, month)
    closed_north(world, month)
    store_figures(world.played, {(world.ben.pk, month): Decimal(8)}, world.grace, reason="One was cancelled.")

    page = browse(world.ada).get(board_page(world, month))

    assert [[row[1], row[4]] for row in first_table(page)] == [["Name", "Figure"], ["Ben entered by a manager", "8"]]
    assert "Ben: 7 became 8, on" in markup(page)
    assert "“One was cancelled.”" in markup(page)


def test_a_closed_month_keeps_who_was_missing_and_who_was_away_whatever_changes_later(world, browse):
    month = world.month - 1
    cleo, dora = north_of_four(world)
    make_leave(dora, month.first_day, month.last_day)
    dora.no_access_since = month.first_day
    dora.save()
    enter(world, {world.ben: "7"}, month)
    closed_north(world, month)
    dora.leaves.all().delete()
    make_leave(cleo, month.first_day, month.last_day)
    make_rep(world.north, "Emil")

    page = markup(browse(world.ada).get(board_page(world, month)))

    assert "<strong>1</strong>of 3 in" in page
    assert (said_of(page, "Missed the month"), said_of(page, "Away")) == (["Ada", "Cleo"], ["Dora"])


def test_a_month_that_was_opened_again_takes_figures_again(world, browse):
    month = world.month
    board = Board.objects.get(team=world.north, month=month)
    set_playable(world.played, playable=True)
    Board.objects.filter(pk=board.pk).update(closed_at=timezone.now(), closed_by=world.grace, absent={}, away=[])
    with pytest.raises(Refused):
        enter(world, {world.ben: "7"})
    Board.objects.filter(pk=board.pk).update(closed_at=None, closed_by=None, absent=None, away=None)

    enter(world, {world.ben: "7"})

    assert world.played.figures.filter(member=world.ben).get().value == 7
