"""The wall screen: pairing, slides, celebrations; and the pages of those who hang it up."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone

from teams.actions import displays
from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.displays import TRIES
from teams.actions.goals import notice_reached
from teams.actions.months.closing import close_month
from teams.actions.people.memberships import deactivate
from teams.actions.privacy import erasures
from teams.actions.submissions import withdraw
from teams.live import polled_cache
from teams.live.memoized import MEMOIZED
from teams.live.newest import WALLS
from teams.models import Board, Challenge, Display, Entry, Organization, Settlement, Team
from teams.models.challenges.settlements import Outcome
from teams.models.tokens import hashed
from teams.tasks import notice_moments
from teams.words.figures import month_name
from tests.makers import (
    dark_hours,
    make_display,
    make_goal,
    make_manager,
    make_recalibration,
    make_rep,
    make_submission,
    make_team,
    make_thanks,
    this_month,
)
from tests.pages.reading import markup

ASKS = {"headers": {"HX-Request": "true"}}
TOKEN = "t" * 43
ANSWER = re.compile(r' data-(?:at|every)="[^"]+"')
"""What is another in each answer."""


@pytest.fixture(autouse=True)
def nothing_memoized(monkeypatch):
    cache.clear()
    MEMOIZED.clear()
    monkeypatch.setattr(WALLS, "latest", 0)


@pytest.fixture
def hall(world):
    """A place on North's wall."""
    return make_display(world.north, world.grace, "Hall", token=TOKEN, paired_at=timezone.now() - timedelta(hours=1))


@pytest.fixture
def screen(browse, hall):
    """The screen that hangs there."""
    screen = browse()
    screen.cookies["display"] = TOKEN
    return screen


def code_on(screen):
    return re.search(r'class="pair-code">([A-Z]{4}-[A-Z]{4})<', screen.get("/display/").content.decode())[1]


def text_of(response):
    return response.content.decode()


def kinds(response):
    return [shown.slide.value for shown in response.context["slides"]]


def address_of_news(response):
    """Where the page asks next."""
    return re.search(r'data-news="([^"]+)"', text_of(response))[1].replace("&amp;", "&")


def asks(screen, response):
    return screen.get(address_of_news(response), **ASKS)


# Pairing


def test_a_screen_shows_a_code_and_a_manager_claims_it(world, browse):
    screen, grace = browse(), browse(world.grace)
    code = code_on(screen)
    form = {"code": code.lower(), "name": "Canteen", "team": world.north.pk}

    response = grace.post("/displays/pair/", form)

    canteen = Display.objects.get(name="Canteen")
    assert (response.status_code, response.url) == (302, f"/displays/{canteen.pk}/")
    assert (canteen.team, canteen.created_by) == (world.north, world.grace)
    assert canteen.token_hash == hashed(screen.cookies["display"].value)
    assert "Ada" in text_of(screen.get("/display/"))


def test_the_cookie_is_the_screens_secret_and_no_page_says_it(world, browse):
    screen = browse()

    response = screen.get("/display/")

    cookie = response.cookies["display"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert len(cookie.value) == 43
    assert cookie.value not in text_of(response)


def test_a_made_up_cookie_is_replaced(world, browse):
    screen = browse()
    screen.cookies["display"] = "guess"

    assert len(screen.get("/display/").cookies["display"].value) == 43


def test_the_code_stays_while_it_lives_and_is_another_one_afterwards(world, browse):
    screen = browse()
    first = code_on(screen)
    asked = screen.get("/display/", {"code": first.replace("-", "")}, **ASKS)
    cache.clear()  # as after ten minutes
    second = screen.get("/display/", {"code": first.replace("-", "")}, **ASKS)

    assert (asked.status_code, second.status_code, first in text_of(second)) == (204, 200, False)


def test_a_code_is_for_one_screen_once(world, browse):
    first, other, grace = browse(), browse(), browse(world.grace)
    code = code_on(first)
    grace.post("/displays/pair/", {"code": code, "name": "One", "team": world.north.pk})

    again = grace.post("/displays/pair/", {"code": code, "name": "Two", "team": world.north.pk})

    assert "No screen shows this code." in text_of(again)
    assert [display.name for display in Display.objects.exclude(pk=world.display.pk)] == ["One"]
    assert code_on(other) != code


def test_wrong_unknown_and_used_codes_look_alike(world, browse):
    grace, code = browse(world.grace), code_on(browse())
    form = {"name": "Hall", "team": world.north.pk}
    grace.post("/displays/pair/", {"code": code, **form})
    said = {
        re.search(
            r'class="errorlist"[^>]*><li>([^<]+)', text_of(grace.post("/displays/pair/", {"code": typed, **form}))
        )[1]
        for typed in [code, "BCDF-GHJK", "hello"]
    }

    assert said == {"No screen shows this code. Look at the screen: it may have a new one."}


def test_after_many_tries_even_the_right_code_waits(world, browse):
    grace, screen = browse(world.grace), browse()
    form = {"name": "Hall", "team": world.north.pk}
    for _ in range(TRIES):
        grace.post("/displays/pair/", {"code": "BCDF-GHJK", **form})

    response = grace.post("/displays/pair/", {"code": code_on(screen), **form})

    assert "Wait ten minutes" in text_of(response)
    assert not Display.objects.filter(name="Hall").exists()


def test_one_address_gets_only_so_many_codes(world, browse, monkeypatch):
    monkeypatch.setattr(displays, "SCREENS", 3)
    for _ in range(3):
        assert "pair-code" in text_of(browse().get("/display/"))

    response = browse().get("/display/")

    assert (response.status_code, "pair-code" in text_of(response)) == (200, False)
    assert "Many screens are waiting" in text_of(response)


def test_a_manager_pairs_only_for_teams_and_places_of_their_own(world, browse, hall):
    sue, screen = browse(world.sue), browse()

    page = sue.post("/displays/pair/", {"code": code_on(screen), "name": "Mine", "team": world.north.pk})
    taken = sue.post("/displays/pair/", {"code": code_on(screen), "screen": hall.pk})

    assert (page.status_code, taken.status_code) == (200, 200)
    assert not Display.objects.filter(name="Mine").exists()
    assert Display.objects.get(pk=hall.pk).token_hash == hashed(TOKEN)


def test_scanning_fills_the_code_in_and_claims_nothing(world, browse):
    code = code_on(browse())

    page = text_of(browse(world.grace).get("/displays/pair/", {"code": code.replace("-", "")}))

    assert f'value="{code}"' in page
    assert not Display.objects.exclude(pk=world.display.pk).exists()


def test_a_stranger_who_scans_signs_in_and_comes_back_with_the_code(world, browse):
    response = browse().get("/displays/pair/?code=BCDFGHJK")

    assert response.url == "/accounts/login/?next=/displays/pair/%3Fcode%3DBCDFGHJK"


def test_an_unpaired_screen_is_blank_at_its_next_question_and_pairing_again_keeps_its_settings(
    world, browse, screen, hall
):
    Display.objects.filter(pk=hall.pk).update(seconds=20)
    grace = browse(world.grace)
    grace.post(f"/displays/{hall.pk}/un-pair/")

    asked = screen.get("/display/", **ASKS)
    assert (asked.status_code, "Ada" in text_of(asked), "pair-code" in text_of(asked)) == (200, False, True)

    grace.post("/displays/pair/", {"code": code_on(screen), "screen": hall.pk})
    assert "Ada" in text_of(screen.get("/display/"))
    assert Display.objects.filter(name="Hall").values_list("seconds", flat=True).get() == 20


@pytest.mark.parametrize("how", ["deactivated", "deleted"])
@pytest.mark.parametrize("who", ["paired it anew", "hung it up once"])
def test_a_screen_goes_blank_with_whoever_paired_it_last(world, browse, screen, hall, how, who):
    """It may hang in their home."""
    hedy = make_manager(world.north, "Hedy")
    browse(world.grace).post(f"/displays/{hall.pk}/un-pair/")
    browse(hedy).post("/displays/pair/", {"code": code_on(screen), "screen": hall.pk})
    assert "Ada" in text_of(screen.get("/display/"))

    leaving = hedy if who == "paired it anew" else world.grace
    if how == "deactivated":
        deactivate(leaving, world.alan, world.acme.today())
    else:
        erasures.ask(leaving, world.alan, timezone.now() - timedelta(days=8))
        erasures.erase(leaving.pk, timezone.now())

    is_blank = "pair-code" in text_of(screen.get("/display/", **ASKS))
    assert is_blank is (who == "paired it anew")


def test_a_removed_screen_is_blank_too(world, browse, screen, hall):
    browse(world.grace).post(f"/displays/{hall.pk}/remove/")

    assert "pair-code" in text_of(screen.get("/display/"))


# What it shows


def test_a_wall_shows_the_upper_half_and_never_the_bottom(world, screen):
    for number in range(8):
        make_rep(world.north, f"Rep {number}", total=50 - number)
    rank_stale_boards()

    page = text_of(screen.get("/display/"))

    assert [name in page for name in ("Ada", "Rep 0", "Rep 3", "Rep 4", "Ben")] == [True, True, True, False, False]


def test_most_improved_shows_gains_only(world, screen):
    for rep, before in ((world.ada, 50), (world.ben, 60)):
        make_submission(rep, before, month=world.month - 1)
    rank_stale_boards()

    wall = screen.get("/display/").context["slides"][0].wall

    assert [(named.name, named.row.change.points) for named in wall.improved] == [("Ada", 11)]


def test_a_challenge_is_shown_with_its_stake_and_a_duel_is_not(world, screen):
    assert "lunch</strong>from Grace" in markup(screen.get("/display/"))

    Challenge.objects.filter(pk=world.challenge.pk).update(
        is_duel=True, kind="improved", points=None, winners="top", winner_count=1
    )
    assert "challenges" not in kinds(screen.get("/display/"))


def test_where_places_are_not_for_everybody_a_wall_names_nobody(world, screen):
    Organization.objects.update(rank_visibility="own")

    response = screen.get("/display/")

    assert (kinds(response), "Ada" in text_of(response)) == (["goal", "tip"], False)


def test_unchanged_is_204_and_a_new_version_is_shown(world, screen):
    page = screen.get("/display/")
    assert asks(screen, page).status_code == 204

    make_submission(world.ben, 99, taken_on=world.acme.today())
    rank_stale_boards()

    assert "99" in text_of(asks(screen, page))


@pytest.mark.parametrize("field", ["wall_names", "rank_visibility"])
def test_a_policy_that_changed_is_followed_at_once(world, screen, field):
    page = screen.get("/display/")
    Organization.objects.update(**{field: {"wall_names": "initials", "rank_visibility": "none"}[field]})

    news = asks(screen, page)

    assert (news.status_code, ">Ada<" in text_of(news)) == (200, False)


def test_one_question_costs_one_query_however_many_reps(world, screen, django_assert_num_queries):
    page = screen.get("/display/")

    with django_assert_num_queries(1):
        assert asks(screen, page).status_code == 204


def test_what_several_screens_show_is_made_once(world, browse, hall, screen, django_assert_num_queries):
    other = browse()
    other.cookies["display"] = "u" * 43
    seen = {"paired_at": hall.paired_at, "seen_at": timezone.now()}
    make_display(world.north, world.grace, "Kitchen", token="u" * 43, **seen)
    first = text_of(screen.get("/display/"))

    with django_assert_num_queries(1):
        second = text_of(other.get("/display/"))

    assert ANSWER.sub("", second) == ANSWER.sub("", first)


def test_of_what_was_memoized_the_newest_stays(world, screen, monkeypatch):
    monkeypatch.setattr("teams.live.memoized.MOST", 2)
    for name in ("West", "East", "South"):
        Team.objects.filter(pk=world.north.pk).update(name=name)
        page = text_of(screen.get("/display/"))

    assert (len(MEMOIZED), "South" in page) == (2, True)


def test_news_are_those_that_were_read_for_all_screens(world, screen, monkeypatch, django_assert_num_queries):
    page = screen.get("/display/")
    make_submission(world.ben, 98, taken_on=world.acme.today())
    rank_stale_boards()
    first = text_of(asks(screen, page))
    monkeypatch.setattr(WALLS, "latest", 60)
    monkeypatch.setattr(polled_cache, "RESTS", 60_000)
    make_submission(world.ben, 99, taken_on=world.acme.today())
    rank_stale_boards()

    with django_assert_num_queries(0):
        second = text_of(asks(screen, page))

    assert ANSWER.sub("", second) == ANSWER.sub("", first)


def test_a_wall_says_when_it_was_updated_by_the_clock_of_its_company(world, screen):
    Organization.objects.update(time_zone="Asia/Kathmandu")
    Board.objects.update(ranked_at=timezone.now())

    moment = re.search(r'updated <time datetime="([^"]+)"', text_of(screen.get("/display/")))[1]

    assert moment.endswith("+05:45")


def test_a_team_that_is_renamed_is_news(world, screen):
    page = screen.get("/display/")
    world.north.name = "Polaris"
    world.north.save()

    assert "Polaris" in text_of(asks(screen, page))


def test_a_contact_is_written_once_a_minute_at_most(world, screen, hall):
    page = screen.get("/display/")
    first = Display.objects.get(pk=hall.pk).seen_at
    asks(screen, page)
    assert Display.objects.get(pk=hall.pk).seen_at == first

    long_ago = timezone.now() - timedelta(seconds=61)
    Display.objects.filter(pk=hall.pk).update(seen_at=long_ago)
    asks(screen, page)

    assert Display.objects.get(pk=hall.pk).seen_at > first


def test_a_screen_goes_through_its_teams_in_turn(world, screen, hall):
    hall.also_shows.add(world.south)
    Display.objects.update(chosen_by=world.alan)

    shown = [(each.wall.team.name, each.slide.value) for each in screen.get("/display/").context["slides"]]

    assert shown == [
        ("North", "standings"),
        ("North", "goal"),
        ("North", "challenges"),
        ("South", "standings"),
        ("South", "tip"),
    ]


def test_the_script_for_a_start_without_network_names_files_that_there_are(world, browse, settings):
    worker = browse().get("/display/worker.js")
    needed = re.findall(r'/static/[^" ]+', text_of(worker))

    assert worker.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert set(re.findall(r'="(/static/[^"]+)"', text_of(browse().get("/display/")))) < set(needed)
    assert [path for path in needed if not Path(settings.STATIC_ROOT, path.removeprefix("/static/")).exists()] == []


# Celebrations


def celebrated(response):
    """The celebration that an answer brings, and the text of it."""
    found = re.search(r"data-celebration hidden>(.*?)</section>", text_of(response), re.DOTALL)
    return found and " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def all_celebrations(screen):
    """What a screen celebrates until it asks in vain."""
    page, found = screen.get("/display/"), []
    while (page := asks(screen, page)).status_code == 200:
        found.append(celebrated(page))
    return found


def reach_goal(world):
    """The mean of North, which is 50.5, was 40 when the goal was made."""
    for rep in (world.ada, world.ben):
        make_submission(rep, 40, month=world.month - 2)
    make_goal(world.north, 50, by=world.grace, started_on=(world.month - 1).last_day)
    rank_stale_boards()
    notice_reached(timezone.now())


def test_a_test_celebration_comes_once_and_again_until_the_screen_says_that_it_showed_it(world, browse, screen, hall):
    page = screen.get("/display/")
    browse(world.grace).post(f"/displays/{hall.pk}/celebrate/")

    lost = asks(screen, page)  # an answer that never arrives
    again = asks(screen, page)

    assert celebrated(lost) == celebrated(again) == "Hall It works! A test celebration. The real ones look like this."
    assert asks(screen, again).status_code == 204
    assert asks(screen, page).status_code == 204


def test_a_goal_that_is_reached_is_celebrated_once(world, screen):
    reach_goal(world)

    assert all_celebrations(screen) == ["North Goal reached! Mean score 50"]
    assert all_celebrations(screen) == []


def test_a_closed_month_is_celebrated_with_its_podium(world, screen):
    for number, name in enumerate(["Cleo", "Dora", "Emil", "Finn"]):
        make_rep(world.north, name, total=70 - number)
    rank_stale_boards()
    board = Board.objects.get(team=world.north, month=world.month)
    Board.objects.filter(pk=board.pk).update(closed_at=timezone.now())

    [podium] = all_celebrations(screen)

    assert re.findall(r"(\w+) (\d\d) (\w+)", podium) == [
        ("Cleo", "70", "1st"),
        ("Dora", "69", "2nd"),
        ("Emil", "68", "3rd"),
    ]


def test_history_that_closes_is_not_celebrated(world, screen):
    board = Board.objects.filter(team=world.north, month=world.month)
    board.update(closed_at=timezone.now(), in_history=True)

    assert all_celebrations(screen) == []


def close_after(world, before, **recalibration):
    """North's month closes with a mean of 50.5 after one with another mean."""
    for rep in (world.ada, world.ben):
        make_submission(rep, before, month=world.month - 2)
    rank_stale_boards()
    for day in recalibration.values():
        make_recalibration(world.acme, day)
    Board.objects.filter(team=world.north, month=world.month).update(closed_at=timezone.now())


@pytest.mark.parametrize(("before", "records"), [(50, ["the highest mean so far"]), (51, [])])
def test_a_month_with_the_highest_mean_so_far_is_a_record(world, screen, before, records):
    close_after(world, before)

    found = all_celebrations(screen)

    assert [text.partition("50.5 ")[2] for text in found if "highest mean" in text] == records


def test_a_record_is_by_one_formula(world, screen):
    close_after(world, 40, day=(world.month - 1).first_day)

    assert [text for text in all_celebrations(screen) if "highest mean" in text] == []


def test_a_first_month_is_no_record(world, screen):
    Board.objects.filter(team=world.north, month=world.month).update(closed_at=timezone.now())

    assert [text for text in all_celebrations(screen) if "highest mean" in text] == []


def test_of_many_winners_four_are_named_and_the_others_counted(world, screen, hall):
    reps = [make_rep(world.north, name) for name in ("Cleo", "Dora", "Emil", "Finn", "Hal")]
    settlement = Settlement.objects.create(challenge=world.challenge, number=2, read_until=timezone.now())
    for rep in reps:
        entry = Entry.objects.create(
            challenge=world.challenge, member=rep, answer="accepted", answered_at=timezone.now()
        )
        Outcome.objects.create(settlement=settlement, entry=entry, won=True, explanation="")
    Challenge.objects.filter(pk=world.challenge.pk).update(settled_at=timezone.now())

    [won] = all_celebrations(screen)

    assert won.endswith("Cleo Dora Emil Finn and 1 more won the challenge lunch, from Grace")


def test_a_won_challenge_is_celebrated_with_its_winners(world, screen):
    settlement = Settlement.objects.create(challenge=world.challenge, number=2, read_until=timezone.now())
    entry = world.challenge.entries.get(member=world.ada)
    Outcome.objects.create(settlement=settlement, entry=entry, won=True, explanation="")
    Challenge.objects.filter(pk=world.challenge.pk).update(settled_at=timezone.now())

    [won] = all_celebrations(screen)

    assert (won.endswith("Ada won the challenge lunch, from Grace"), str(world.challenge) in won) == (True, True)


@pytest.fixture
def sam_plays_too(world):
    """A challenge of both teams on the highest score, which is Sam's, of South."""
    Challenge.objects.filter(pk=world.challenge.pk).update(
        kind="highest", points=None, winners="top", winner_count=1, stake_kind="none", stake=""
    )
    world.challenge.teams.add(world.south)
    make_submission(world.sam, 99, taken_on=world.acme.today())
    now = timezone.now()
    return Entry.objects.create(challenge=world.challenge, member=world.sam, answer="accepted", answered_at=now)


@pytest.mark.parametrize("setting", ["", "all", "own", "none"])
def test_a_wall_names_nobody_in_front_whose_team_shows_its_places_to_fewer(world, screen, sam_plays_too, setting):
    before = screen.get("/display/")
    Team.objects.filter(pk=world.south.pk).update(rank_visibility=setting)

    followed = asks(screen, before)
    after = text_of(screen.get("/display/"))

    is_open = setting in ("", "all")
    assert ("In front: Sam" in text_of(before), "Sam" in after) == (True, is_open)
    assert followed.status_code == (204 if is_open else 200)


@pytest.mark.parametrize("setting", ["", "own", "none"])
def test_a_wall_celebrates_nobody_whose_team_shows_its_places_to_fewer(world, screen, sam_plays_too, setting):
    settlement = Settlement.objects.create(challenge=world.challenge, number=2, read_until=timezone.now())
    Outcome.objects.create(settlement=settlement, entry=sam_plays_too, won=True, explanation="")
    Challenge.objects.filter(pk=world.challenge.pk).update(settled_at=timezone.now())
    Team.objects.filter(pk=world.south.pk).update(rank_visibility=setting)

    found = all_celebrations(screen)

    assert [each for each in found if "Sam" in each] == found
    assert len(found) == (1 if setting == "" else 0)


def test_where_places_are_not_for_everybody_only_what_the_team_did_is_celebrated(world, screen):
    Organization.objects.update(rank_visibility="none")
    reach_goal(world)
    month = Board.objects.filter(team=world.north, month=world.month)
    month.update(closed_at=timezone.now())
    of_two = all_celebrations(screen)
    month.update(submitted=5, expected=5)

    [record] = all_celebrations(screen)

    assert of_two == ["North Goal reached! Mean score 50"]
    assert record.endswith("50.5 the highest mean so far")


def test_what_was_before_the_pairing_is_not_celebrated(world, screen, hall):
    reach_goal(world)
    Display.objects.filter(pk=hall.pk).update(paired_at=timezone.now())

    assert all_celebrations(screen) == []


# For managers


def test_managers_see_how_each_screen_is(world, browse, screen, hall):
    Display.objects.filter(pk=world.display.pk).update(seen_at=timezone.now() - timedelta(hours=2))
    screen.get("/display/")

    page = markup(browse(world.grace).get("/team/north/displays/"))
    tags = re.findall(r'>(Hall|Kitchen)</a><span class="tag[^"]*">([a-z ]+)', page)

    assert tags == [("Hall", "on the wall"), ("Kitchen", "silent since ")]


def test_what_a_screen_shows_is_chosen_and_followed(world, browse, screen, hall):
    form = {"name": "Lobby", "slides": ["goal"], "seconds": 30, "bright_from": 0, "bright_until": 0}

    response = browse(world.grace).post(f"/displays/{hall.pk}/", form)

    assert response.url == "/team/north/displays/"
    assert kinds(screen.get("/display/")) == ["goal"]
    assert 'data-seconds="30"' in text_of(screen.get("/display/"))


def test_a_screen_is_silent_unless_somebody_wants_sound_and_always_while_it_is_dimmed(world, browse, screen, hall):
    form = {"name": "Hall", "seconds": 30, "bright_from": 0, "bright_until": 0}
    sounds = []
    for fields in ({}, {"sound": "on"}, {"sound": "on", **dark_hours(world.acme)}):
        browse(world.grace).post(f"/displays/{hall.pk}/", form | fields)
        sounds.append("data-sound" in text_of(screen.get("/display/")))

    assert sounds == [False, True, False]


def test_a_team_in_which_nobody_competes_has_a_sentence_instead_of_a_nought(world, screen, hall):
    hall.team = make_team("Empty", world.acme)
    hall.save()

    page = text_of(screen.get("/display/"))

    assert ("Nobody competes in this team yet." in page, "of 0" in page) == (True, False)


@pytest.mark.parametrize("seconds", [0, 9, 61])
def test_a_slide_stays_ten_seconds_to_a_minute(world, browse, hall, seconds):
    form = {"name": "Lobby", "slides": ["goal"], "seconds": seconds, "bright_from": 0, "bright_until": 0}

    browse(world.grace).post(f"/displays/{hall.pk}/", form)

    assert Display.objects.get(pk=hall.pk).seconds == 15


def test_only_teams_that_one_manages_come_in_turn(world, browse, hall):
    form = {"name": "Lobby", "seconds": 30, "bright_from": 0, "bright_until": 0, "also_shows": [world.south.pk]}
    grace = browse(world.grace)
    grace.post(f"/displays/{hall.pk}/", form)
    assert list(hall.also_shows.all()) == []

    browse(world.alan).post(f"/displays/{hall.pk}/", form)

    assert list(hall.also_shows.all()) == [world.south]


def test_a_team_comes_in_turn_while_whoever_chose_it_manages_it(world, browse, screen, hall):
    sues = world.sue.memberships.create(team=world.north, role="manager", joined_on=world.acme.today())
    form = {"name": "Lobby", "seconds": 30, "bright_from": 0, "bright_until": 0, "also_shows": [world.south.pk]}
    browse(world.sue).post(f"/displays/{hall.pk}/", form)
    page = screen.get("/display/")
    assert [team.name for team in Display.objects.get(pk=hall.pk).teams()] == ["North", "South"]
    assert "South" in text_of(page)

    world.sue.memberships.exclude(pk=sues.pk).update(role="viewer")

    assert [team.name for team in Display.objects.get(pk=hall.pk).teams()] == ["North"]
    assert "South" not in text_of(asks(screen, page))


def test_more_screens_cost_no_more_queries(world, browse, hall, django_assert_max_num_queries):
    grace = browse(world.grace)

    def queries():
        with django_assert_max_num_queries(30) as counted:
            assert grace.get("/team/north/displays/").status_code == 200
        return len(counted)

    few = queries()
    for number in range(3):
        make_display(world.north, world.grace, f"Screen {number}", token=str(number) * 43)

    assert queries() == few


def test_a_new_manager_of_the_team_sees_its_screens(world, browse, hall):
    assert "Hall" in text_of(browse(make_manager(world.north, "Gus")).get("/team/north/displays/"))


def test_a_month_that_closes_by_the_rules_is_celebrated(world, screen):
    make_submission(world.ada, 50, month=world.month - 1)
    make_submission(world.ben, 40, month=world.month - 1)
    rank_stale_boards()
    close_month(Board.objects.get(team=world.north, month=world.month - 1).pk, timezone.now())

    assert len(all_celebrations(screen)) == 1


def best_month(world, total=71):
    """Ada's best month, as workers notice it."""
    for back in (1, 2, 3):
        make_submission(world.ada, 60, month=this_month(world.acme) - back)
    reading = make_submission(world.ada, total, taken_on=world.acme.today())
    rank_stale_boards()
    notice_moments()
    return reading


def test_a_best_month_is_celebrated_once_by_name_and_without_the_score(world, screen):
    best_month(world)

    assert all_celebrations(screen) == [
        f"North · {month_name(this_month(world.acme))} Ada has a personal best 11 points above the best before"
    ]
    assert all_celebrations(screen) == []


def test_a_best_month_that_was_withdrawn_meanwhile_is_not_celebrated(world, screen):
    withdraw(best_month(world), world.ada, "A slip")

    assert [text for text in all_celebrations(screen) if text] == []
    assert all_celebrations(screen) == []


@pytest.mark.parametrize(("choice", "name"), [("initials", ["A."]), ("out", [])])
def test_a_best_month_is_told_as_its_member_wants_to_be_named(world, screen, choice, name):
    world.ada.wall_name = choice
    world.ada.save()
    best_month(world)

    assert [text.partition(" has a ")[0].rpartition(" ")[2] for text in all_celebrations(screen)] == name


def test_a_best_month_is_not_celebrated_where_places_are_not_for_everybody(world, screen):
    Team.objects.update(rank_visibility="own")
    best_month(world)

    assert all_celebrations(screen) == []


@pytest.mark.parametrize(("choice", "has_picture"), [("name", True), ("initials", False)])
def test_a_best_month_shows_the_picture_of_whoever_is_named_in_full(world, screen, choice, has_picture):
    world.ada.wall_name = choice
    world.ada.save()
    best_month(world)

    page = text_of(screen.get("/display/", **ASKS))

    celebrated = re.search(r"<section class=\"celebration.*?</section>", page, re.DOTALL).group()
    pictures = re.findall(r'<img [^>]*src="([^"]+)"', celebrated)
    assert pictures == [f"/display/faces/{world.ada.pk}/{world.ada.face}/large/"] * has_picture
    assert celebrated.count('class="face ') == 1


def test_thanks_and_the_weeks_good_news_have_slides_with_the_names_that_walls_have(world, screen, hall):
    best_month(world)
    world.ada.wall_name = "initials"
    world.ada.save()
    make_thanks(world.ben, world.ada, "for the intro")
    make_thanks(world.ada, world.ben, "for nothing", on_board=False)

    page = text_of(screen.get("/display/"))

    words = {name: " ".join(re.sub(r"<[^>]*>", " ", slide).split()) for name, slide in slides_in(page)}
    assert words[f"moments-{world.north.pk}"].startswith("Good news North Good news A. has a personal best +11")
    assert "“for the intro” Ben to A." in words[f"thanks-{world.north.pk}"]
    assert "for nothing" not in page


def slides_in(page):
    return re.findall(r'data-slide="([^"]+)"[^>]*>(.*?)</section>', page, re.DOTALL)
