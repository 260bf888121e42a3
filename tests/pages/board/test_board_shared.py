"""A board's standings are rendered once for all who see the same: each has their own parts, and all of now."""

import re

import pytest
from django.db.models import F
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.challenges.lifecycle import answer
from teams.models import Board, Goal, Member, Organization, Team
from tests.makers import make_challenge, make_goal, make_rep, make_submission


@pytest.fixture
def board(world):
    """North with Cleo, who plays for nothing."""
    cleo = make_rep(world.north, "Cleo <3", total=50)
    world.north.challenges.clear()
    rank_stale_boards()
    return cleo


def page_of(browser, address="/board/north/"):
    return browser.get(address).content.decode()


def without_own(page):
    """The page without what is somebody's own, and without what differs each time."""
    own = r'data-me="\d+" data-name="[^"]+"', r"<summary>.*", r"<p>\S+@.*", r"<title>.*", r'class="unread">\d*'
    for each in (r'value="\w{64}"', r"/news/[^\"]+", r"every \d+ms", *own):
        page = re.sub(each, "", page)
    return re.sub(r'id="mine".*?</nav>', "", page, flags=re.DOTALL)


def own_parts(page):
    return (
        *re.search(r'data-me="(\d+)" data-name="([^"]+)"', page).groups(),
        re.search(r"<summary><span>([^/]+)</span>", page)[1],
        re.search(r"<p>(\S+@\S+)</p>", page)[1],
        re.search(r"You are <strong>(\w+)</strong>", page)[1],
    )


def test_everybody_has_their_own_parts_and_the_rest_is_the_same(world, browse, board):
    ben, cleo = page_of(browse(world.ben)), page_of(browse(board))

    assert own_parts(ben) == (str(world.ben.pk), "Ben", "Ben", "ben@example.org", "3rd")
    assert own_parts(cleo) == (str(board.pk), "Cleo &lt;3", "Cleo &lt;3", "cleo.&lt;3@example.org", "2nd")
    assert without_own(ben) == without_own(cleo)


def test_a_page_whose_standings_are_cached_reads_no_standings(world, browse, board, django_assert_num_queries):
    ben = browse(world.ben)
    first = page_of(ben)

    with django_assert_num_queries(7):  # session; who asks; boards; goals; counters; recalibrations; challenges
        again = page_of(ben)

    assert without_own(first) == without_own(again)


def test_the_next_who_looks_reads_as_little(world, browse, board, django_assert_num_queries):
    ben, cleo = browse(world.ben), browse(board)
    page_of(ben)

    with django_assert_num_queries(7):
        page_of(cleo)


def test_the_page_knows_its_viewer_as_every_other_page_does(world, browse, board):
    context = browse(world.ben).get("/board/north/").context

    assert (context["viewer"].member, context["viewer"].user) == (world.ben, world.ben.user)


def test_a_form_token_is_ones_own_and_another_each_time(world, browse, board):
    ben = browse(world.ben)
    tokens = [re.search(r'csrfmiddlewaretoken" value="(\w+)"', page_of(ben))[1] for _ in range(2)]

    assert tokens[0] != tokens[1]
    assert ben.post("/accounts/logout/", {"csrfmiddlewaretoken": tokens[1]}).status_code == 302


def test_a_new_figure_is_there_at_once_and_once_it_is_ranked(world, browse, board):
    ben = browse(world.ben)
    page_of(ben)

    make_submission(world.ben, 70, taken_on=world.acme.today())
    assert "You are <strong>3rd" in page_of(ben)
    rank_stale_boards()

    assert "You are <strong>1st</strong> with 70" in page_of(ben)


@pytest.mark.parametrize("field", ["name", "rank_visibility"])
def test_a_team_that_changed_is_followed_at_once(world, browse, board, field):
    ben = browse(world.ben)
    page_of(ben)

    Team.objects.filter(pk=world.north.pk).update(**{field: "none"})

    assert (">none</h1>" in page_of(ben), ">Ada</a>" in page_of(ben)) == (field == "name", field == "name")


def test_a_policy_that_changed_is_followed_at_once(world, browse, board):
    ben = browse(world.ben)
    assert ">Ada</a>" in page_of(ben)

    Organization.objects.update(rank_visibility="own")

    assert ">Ada</a>" not in page_of(ben)


def test_who_sees_no_places_shares_nothing_with_those_who_do(world, browse, board):
    page_of(browse(world.ben))
    Member.objects.filter(pk=board.pk).update(sees_ranks=False)

    assert ">Ada</a>" not in page_of(browse(board))


def test_managers_and_admins_have_pages_of_their_own(world, browse, board):
    page_of(browse(world.ben))
    page_of(browse(world.vera))

    pages = {name: page_of(browse(world.people[name])) for name in ("ben", "vera", "grace", "alan")}

    assert {name: "Manage the month" in page for name, page in pages.items()} == {
        "ben": False,
        "vera": False,
        "grace": True,
        "alan": True,
    }
    assert {name: 'href="/submit/"' in page for name, page in pages.items()} == {
        "ben": True,
        "vera": False,
        "grace": False,
        "alan": False,
    }


def test_a_goal_that_is_set_reached_or_cancelled_is_followed_at_once(world, browse, board):
    ben = browse(world.ben)
    page_of(ben)
    goal = make_goal(world.north, 80, by=world.grace)
    assert "80" in page_of(ben).split('class="goals"')[1]

    Goal.objects.filter(pk=goal.pk).update(reached_on=world.acme.today(), celebrated_at=goal.made_at)

    assert "reached on" in page_of(ben)


def test_a_goal_follows_the_month_that_is_not_on_the_page(world, browse, board):
    make_goal(world.north, 55, kind="everybody", by=world.grace)
    for rep in (world.ada, world.ben, board):
        make_submission(rep, 40, month=world.month - 1)
    rank_stale_boards()
    ben, address = browse(world.ben), f"/board/north/{world.month - 1}/"
    before = page_of(ben, address)

    make_submission(world.ben, 70, taken_on=world.acme.today())
    rank_stale_boards()

    pages = [page.split("Everybody at 55")[1] for page in (before, page_of(ben, address))]
    assert [re.search(r"<dt>Now</dt>\s*<dd><strong>([^<]+)", page)[1] for page in pages] == ["33 %", "66 %"]


def test_what_is_played_for_is_everybodys_own_and_of_now(world, browse, board):
    ben = browse(world.ben)
    page_of(ben)
    challenge = make_challenge(world.north, world.grace, title="Sprint")
    assert "Sprint" in page_of(ben)
    page_of(browse(board))

    answer(challenge.entries.get(member=world.ben), world.ben, timezone.now(), accepts=False)

    assert "You are asked" in page_of(browse(board))
    assert "You are asked" not in page_of(ben)


def test_a_closed_month_says_so_at_once(world, browse, board):
    ben = browse(world.ben)
    page_of(ben)

    shown = Board.objects.filter(team=world.north, month=world.month)
    shown.update(closed_at=timezone.now(), version=F("version") + 1)

    assert ">Final<" in page_of(ben)


def test_a_closed_month_has_its_podium_at_once(world, browse, board):
    ben = browse(world.ben)
    address = f"/board/north/{world.month}/"
    before = page_of(ben, address)

    shown = Board.objects.filter(team=world.north, month=world.month)
    shown.update(closed_at=timezone.now(), version=F("version") + 1)

    assert [">Podium<" in page for page in (before, page_of(ben, address))] == [False, True]


def test_how_many_are_in_of_the_young_month_is_of_now(world, browse, board):
    others = [make_rep(world.north, name) for name in ("Dan", "Eve", "Fay", "Gus", "Hal")]
    for rep in (world.ada, world.ben, board, *others):
        make_submission(rep, 40, month=world.month - 1)
    rank_stale_boards()
    ben = browse(world.ben)
    said = [page_of(ben)]

    for rep in others[:2]:
        make_submission(rep, 45)
        rank_stale_boards()
        said.append(page_of(ben))

    notices = [re.findall(r"(\d of \d) in. Places mean something", page) for page in said]
    assert notices == [["3 of 8"], ["4 of 8"], []]


def test_the_part_that_is_asked_for_after_news_is_ones_own_and_of_now(world, browse, board):
    address = f"/board/north/{world.month}/mine/"
    ben, cleo = browse(world.ben), browse(board)
    before = [page_of(ben, address), page_of(cleo, address)]

    make_submission(world.ben, 55, taken_on=world.acme.today())
    rank_stale_boards()

    after = [page_of(ben, address), page_of(cleo, address)]
    places = [re.search(r"You are <strong>(\w+)</strong> with (\d+)", page).groups() for page in before + after]
    assert places == [("3rd", "40"), ("2nd", "50"), ("2nd", "55"), ("3rd", "50")]


def test_the_part_that_is_asked_for_is_not_for_those_who_left(world, browse, board):
    address = f"/board/north/{world.month}/mine/"
    ben = browse(world.ben)
    page_of(ben, address)

    world.ben.memberships.update(left_on=world.acme.today())

    assert ben.get(address).status_code == 404


def test_each_reads_in_their_own_language(world, browse, board):
    page_of(browse(world.ben))
    type(world.ben.user).objects.filter(pk=board.user_id).update(language="de")

    assert 'lang="de"' in page_of(browse(board))
    assert 'lang="en"' in page_of(browse(world.ben))


def test_who_left_sees_nothing_that_was_kept(world, browse, board):
    ben = browse(world.ben)
    page_of(ben)

    world.ben.memberships.update(left_on=world.acme.today())

    assert ben.get("/board/north/").status_code == 404


def test_what_is_said_once_is_said_once(world, browse, board):
    ben = browse(world.ben)
    page_of(ben)
    ben.post("/me/wall/", {"wall_name": "initials"})

    said = ["Walls follow within half a minute." in page_of(ben) for _ in range(2)]

    assert said == [True, False]
