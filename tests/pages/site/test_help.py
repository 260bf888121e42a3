"""The help page: short answers for everybody, in the words of the pages and with the figures of the rules."""

import re

import pytest
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.months.closing import close_month
from teams.models import Board
from teams.rules.challenges import stages
from teams.rules.closing import HOUR, WORKDAY
from teams.rules.displays import pairing
from teams.rules.scores import REACH_BACK, STEADY
from teams.rules.standings import COMPLETE_FROM, QUARTER_FROM
from teams.words.help import IN_SHORT, QUESTIONS
from tests.makers import make_goal, make_rep, make_submission
from tests.pages.reading import markup
from tools import words

NAMED = {"en": r"“([^”]+)”", "de": r"„([^“]+)“", "fr": r"«\s([^»]+)\s»", "es": r"«([^»]+)»"}
"""How each language writes the name of a button, a page or a word of the site."""
IN_WORDS = {1: "one", 2: "two", 3: "three", 8: "eight", 10: "ten"}


@pytest.fixture
def page(browse, db):
    return markup(browse().get("/help/"))


@pytest.fixture(params=words.LANGUAGES)
def translations(request):
    """The language, and what it says for each string without a context."""
    catalogue = words.catalogue(request.param)
    return request.param, {message.id: message.string for message in catalogue if message.id and not message.context}


def test_each_question_is_a_heading_to_which_pages_can_link(page):
    headings = re.findall(r'<h3 id="([\w-]+)">', page)
    anchors = re.findall(r' id="([\w-]+)"', page)

    assert headings == list(QUESTIONS)
    assert len(headings) >= 20
    assert len(anchors) == len({*anchors})


def test_its_index_leads_to_each_group(page):
    index = re.search(r'<nav class="index".*?</nav>', page)[0]

    assert re.findall(r'href="#([\w-]+)"', index) == re.findall(r'<h2 id="([\w-]+)">', page)


def test_every_page_links_to_it_and_so_does_the_account(world, browse):
    sign_in, today = markup(browse().get("/accounts/login/")), markup(browse(world.ada).get("/"))
    account = re.search(r'<details class="account">.*?</details>', today)[0]
    footers = [re.search(r'<footer class="site-footer">.*?</footer>', each)[0] for each in (sign_in, today)]

    assert ['<a href="/help/">Help</a>' in part for part in (account, *footers)] == [True, True, True]


def test_pages_explain_each_word_that_has_a_short_answer_and_questions_that_there_are():
    explained = {
        key
        for template in words.ROOT.glob("templates/**/*.html")
        for key in re.findall(r"(?:\{% explain |explained=|'help' %\}#)\"?([\w-]+)", template.read_text())
    }

    assert {*IN_SHORT} <= explained - {"explained"} <= {*QUESTIONS}


def test_it_says_the_same_to_strangers_and_to_members(world, browse):
    pages = [markup(browse(who).get("/help/")) for who in (None, world.ada, world.grace)]

    assert len({re.search(r"<h1>.*</main>", page)[0] for page in pages}) == 1


def test_no_answer_is_longer_than_three_sentences_and_an_addition():
    counted = {key: len(re.findall(r"[.!?](?: |$)", str(each.answer))) for key, each in QUESTIONS.items()}

    assert {key: count for key, count in counted.items() if not 2 <= count <= 4} == {}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("steady", f"at most {IN_WORDS[STEADY]} point away"),
        ("steady", f"at most {IN_WORDS[REACH_BACK]} months back"),
        ("top-quarter", f"from {IN_WORDS[QUARTER_FROM]} ranked people on"),
        ("sixty-percent", f"Until {COMPLETE_FROM:.0%}".replace("%", " %")),
        ("challenge", f"within {IN_WORDS[stages.GRACE.days]} days after the end"),
        ("closing", f"At {HOUR}:00 on the {('first', 'second', 'third')[WORKDAY - 1]} working day"),
        ("wall", f"a code of {IN_WORDS[pairing.LENGTH]} letters"),
        ("wall", f"within {IN_WORDS[pairing.LIVES // 60]} minutes"),
    ],
)
def test_figures_in_answers_are_those_of_the_rules(key, said):
    assert said in str(QUESTIONS[key].answer)


def test_what_an_answer_names_is_written_as_where_it_stands(translations):
    language, known = translations
    sources = {message.source for message in words.messages() if message.file == "teams/words/help.py"}

    wrong = {
        source: known[source]
        for source in sources
        if sorted(known[name] for name in re.findall(NAMED["en"], source))
        != sorted(re.findall(NAMED[language], known[source]))
    }

    assert wrong == {}


def explained_on(browser, address):
    """What a page explains on a tap, by the popover that each button opens; none of them stands there twice."""
    page = markup(browser.get(address))
    popovers = re.findall(r'<span popover id="([^"]+)">', page)
    assert (sorted(popovers), len({*popovers})) == (sorted(re.findall(r'popovertarget="([^"]+)"', page)), len(popovers))
    return popovers


def test_each_goal_that_waits_for_more_scores_explains_why(world, browse):
    for number in range(6):
        make_rep(world.north, f"Rep {number}")
    goals = [world.goal, make_goal(world.north, 80)]
    rank_stale_boards()
    grace = browse(world.grace)

    explained = [sorted(explained_on(grace, address)) for address in ("/goals/", "/board/north/")]

    for_goals = sorted(f"explain-sixty-percent-{goal.pk}" for goal in goals)
    assert [[each for each in found if "sixty" in each] for found in explained] == [for_goals, for_goals]


def test_a_podium_explains_steady_once_and_the_bell_what_it_is_to_confirm(world, browse):
    month = world.month - 1
    for rep, total in ((world.ada, 60), (world.ben, 50)):
        make_submission(rep, total, month=month - 1)
        make_submission(rep, total + 1, month=month)
    rank_stale_boards()
    close_month(Board.objects.get(team=world.north, month=month).pk, timezone.now())
    grace = browse(world.grace)

    on_podium, in_bell = explained_on(grace, f"/board/north/{month}/podium/"), explained_on(grace, "/bell/")

    assert on_podium == ["explain-steady"]
    assert [each.rpartition("-")[0] for each in in_bell] == ["explain-confirm"]
