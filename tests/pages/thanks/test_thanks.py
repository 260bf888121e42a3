"""Saying thanks, reading it, having it on the board; a manager's word after a closing."""

import pytest
from django.utils import timezone

from teams.models import Board, Thanks
from tests.makers import make_submission, make_thanks, ranked_board, this_month

pytestmark = pytest.mark.django_db


def say(browser, to, text="for the intro"):
    return browser.post("/thanks/", {"to": to.pk, "text": text}, follow=True)


def text_of(response):
    return response.content.decode()


def test_a_sentence_reaches_one_colleague_in_the_bell_and_on_today(world, browse):
    page = say(browse(world.ben), world.ada)

    ada = browse(world.ada)
    assert "Ada has your thanks." in text_of(page)
    for address in ("/", "/bell/"):
        assert "Ben thanks you: “for the intro”" in text_of(ada.get(address))
    assert "for the intro" not in text_of(browse(world.grace).get("/board/north/"))


def test_whoever_has_no_team_with_somebody_cannot_choose_them(world, browse):
    page = say(browse(world.sam), world.ada)

    assert not Thanks.objects.filter(giver=world.sam).exists()
    assert list(page.context["form"].errors) == ["to"]


def test_the_fourth_is_refused_with_what_was_typed(world, browse):
    ben = browse(world.ben)
    for _ in range(3):
        say(ben, world.ada)

    page = text_of(say(ben, world.ada, "for the coffee"))

    assert "You have thanked three times this month." in page
    assert "for the coffee" in page


def test_who_was_thanked_decides_whether_it_stands_on_the_board(world, browse):
    said = make_thanks(world.ben, world.ada, "for the intro", on_board=False)

    browse(world.ada).post(f"/thanks/{said.pk}/agree/")

    assert "for the intro" in text_of(browse(world.grace).get("/board/north/"))
    assert "for the intro" in text_of(browse(world.ben).get("/board/north/"))


def test_a_manager_takes_down_what_stands_on_a_board_and_nothing_else(world, browse):
    grace, shown = browse(world.grace), make_thanks(world.ben, world.ada, "for the intro")
    private = make_thanks(world.ben, world.ada, on_board=False)

    statuses = [grace.post(f"/thanks/{each.pk}/take-down/").status_code for each in (shown, private)]

    assert statuses == [302, 404]
    assert "for the intro" not in text_of(grace.get("/board/north/"))


def test_a_rep_page_leads_to_the_form_with_its_name_chosen(world, browse):
    ben = browse(world.ben)
    assert f'href="/thanks/?to={world.ada.pk}"' in text_of(ben.get(f"/reps/{world.ada.pk}/"))

    assert f'value="{world.ada.pk}" selected' in text_of(ben.get(f"/thanks/?to={world.ada.pk}"))


@pytest.fixture
def closed(world):
    """The board of last month, in which Ada gained most, and which has just been closed."""
    month = this_month(world.acme) - 1
    make_submission(world.ada, 40, month=month - 1)
    make_submission(world.ada, 47, month=month)
    board = ranked_board(world.north, month)
    Board.objects.filter(pk=board.pk).update(closed_at=timezone.now())
    return board


def offered(browser):
    return [offer.row.member.name for offer, _sentence in browser.get("/").context["offers"]]


def test_a_manager_sends_a_word_to_whom_it_is_offered_after_a_closing(world, browse, closed):
    grace = browse(world.grace)
    before = offered(grace)

    grace.post(f"/thanks/north/{closed.month}/{world.ada.pk}/", {"text": "Seven points more: well done."})

    assert (before, offered(grace)) == (["Ada"], [])
    assert "Grace thanks you: “Seven points more: well done.”" in text_of(browse(world.ada).get("/"))


def test_words_that_a_manager_puts_away_come_back_after_the_next_closing_only(world, browse, closed):
    grace = browse(world.grace)

    grace.post("/thanks/put-away/")
    put_away = offered(grace)
    Board.objects.filter(pk=closed.pk).update(closed_at=timezone.now())

    assert (put_away, offered(grace)) == ([], ["Ada"])
