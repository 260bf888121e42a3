"""Everybody reads their own language: pages, mails, figures and days."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.utils.formats import date_format, get_format
from django.utils.translation import override

from teams.forms.fields import PointsField
from teams.forms.submission import SubmissionForm
from teams.models import Delivery, Member, MessageKind, Organization, User
from teams.rules.months import Month
from teams.rules.scores import Change
from teams.rules.sentences import Sentence
from teams.templatetags.words import change_words
from teams.words import figures, notices
from teams.words.translation import translated
from tests.makers import make_chat, make_organization, make_rep, make_team, notify, notify_chats
from tests.pages.every_page import FOR_STRANGERS, new_pages_of, pages_of
from tools import words

NOVEMBER = Month(2019, 11)
A_TEXT = re.compile(r">([^<]+)<|(?:aria-label|title|placeholder)=\"([^\"]*)\"")
WORDLESS = re.compile(r"<(script|style|textarea|svg|code)\b.*?</\1>", re.DOTALL)


def speaking(member, language):
    User.objects.filter(pk=member.user_id).update(language=language)
    member.user.language = language
    return member


@pytest.fixture
def rep(db):
    return make_rep(make_team("North", make_organization("Acme")), "Ada")


def test_the_browser_is_answered_in_the_language_it_asks_for(browse, db):
    pages = {
        asked: browse().get("/accounts/login/", headers={"Accept-Language": asked}).content.decode()
        for asked in ("de-CH, en;q=0.8", "fr", "es-MX", "pt")
    }

    found = {asked: (re.search(r'<html lang="(\w+)"', page)[1], words_of(page)) for asked, page in pages.items()}
    assert {asked: language for asked, (language, _) in found.items()} == {
        "de-CH, en;q=0.8": "de",
        "fr": "fr",
        "es-MX": "es",
        "pt": "en",
    }
    assert "Die Werte deines Teams, Monat für Monat." in found["de-CH, en;q=0.8"][1]
    assert "Your team's scores, month by month." in found["pt"][1]


def test_a_chosen_language_wins_over_the_browsers(rep, browse):
    ada = browse(rep)
    ada.post("/me/", {"name": "Ada", "plan": "free", "language": "es"})

    page = ada.get("/me/", headers={"Accept-Language": "de"})

    rep.user.refresh_from_db()
    assert rep.user.language == "es"
    assert "Mis ajustes" in words_of(page.content.decode())


def test_a_mail_is_in_the_language_of_whoever_gets_it_and_a_chat_in_the_organizations(rep):
    team = rep.memberships.get().team
    Organization.objects.filter(pk=team.organization_id).update(language="fr")
    team.refresh_from_db()
    make_chat(team)
    speaking(rep, "de")
    make_rep(team, "Ben")

    def written():
        return notices.month_result("North", NOVEMBER, [], 1, 2, "https://example.org/")

    members = Member.objects.filter(memberships__team=team)
    notify(team, members, MessageKind.MONTH_RESULT, "2019-11", written)
    notify_chats(team, MessageKind.MONTH_RESULT, "2019-11", written)

    titles = {str(delivery.member or "the chat"): delivery.notice["title"] for delivery in Delivery.objects.all()}
    french = "North\N{NO-BREAK SPACE}: novembre 2019 est clôturé"
    assert titles == {"Ada": "North: November 2019 ist abgeschlossen", "Ben": french, "the chat": french}


def test_a_decimal_comma_is_understood_in_every_language():
    forms = []
    for language in ("en", "de", "fr", "es"):
        with override(language):
            form = SubmissionForm({"taken_on": "2019-11-20", "total": "53", "brand": "20,973", "people": "6.38"})
            form.is_valid()
            forms.append((form.cleaned_data["brand"], form.cleaned_data["people"]))

    assert forms == [(Decimal("20.973"), Decimal("6.38"))] * 4


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("23 November 2019", "November 2019", "13.1", "1st", "+6 since Nov")),
        ("de", ("23. November 2019", "November 2019", "13,1", "1.", "+6 seit Nov")),
        ("fr", ("23 novembre 2019", "novembre 2019", "13,1", "1er", "+6 depuis nov.")),
        ("es", ("23 de noviembre de 2019", "noviembre de 2019", "13,1", "1.º", "+6 desde nov")),
    ],
)
def test_days_figures_and_places_follow_the_language(language, expected):
    with override(language):
        written = (
            figures.day(date(2019, 11, 23)),
            figures.month_name(NOVEMBER),
            figures.tenth(Decimal("13.12")),
            figures.ordinal(1),
            change_words(Change(6, NOVEMBER)),
        )
        assert get_format("FIRST_DAY_OF_WEEK") == 1

    assert written == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["1 November 2019", "2 November 2019", "1 Nov 2019"]),
        ("de", ["1. November 2019", "2. November 2019", "1. Nov 2019"]),
        ("fr", ["1er novembre 2019", "2 novembre 2019", "1er nov. 2019"]),
        ("es", ["1 de noviembre de 2019", "2 de noviembre de 2019", "1 nov 2019"]),
    ],
)
def test_the_first_of_a_month_is_written_as_one_says_it(language, expected):
    first = date(2019, 11, 1)

    with override(language):
        written = [figures.day(first), figures.day(date(2019, 11, 2)), date_format(first, "SHORT_DATE_FORMAT")]

    assert written == expected


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_no_two_months_of_a_year_have_one_short_name(language):
    with override(language):
        names = [figures.month_short(Month(2019, number)) for number in range(1, 13)]

    assert len(set(names)) == 12


@pytest.mark.parametrize(("language", "written"), [("en", "14.9"), ("de", "14,9"), ("fr", "14,9"), ("es", "14,9")])
def test_points_stand_in_a_field_as_its_reader_writes_them(language, written):
    with override(language):
        field = PointsField(max_digits=5, decimal_places=3)

        assert field.prepare_value(Decimal("14.900")) == written
        assert field.clean(written) == Decimal("14.9")


def test_a_rule_says_its_sentence_in_any_language():
    one = Sentence("%(count)s day before the month's end", "%(count)s days before the month's end", count=1)
    three = Sentence("%(count)s day before the month's end", "%(count)s days before the month's end", count=3)

    with override("de"):
        spoken = [translated(one), translated(three), translated("typed by hand")]

    assert (one, three) == ("1 day before the month's end", "3 days before the month's end")
    assert spoken == ["1 Tag vor Monatsende", "3 Tage vor Monatsende", "typed by hand"]


def words_of(page):
    """What a page says, piece by piece: its texts, and what its labels and hints say."""
    page = WORDLESS.sub("", page)
    return [
        " ".join(unescape(text or label).split()) for text, label in A_TEXT.findall(page) if (text or label).strip()
    ]


@pytest.mark.parametrize("of", [new_pages_of, pytest.param(pages_of, marks=pytest.mark.soak)])
def test_no_page_in_german_says_an_english_sentence(world, browse, of):
    english = {
        text
        for message in words.catalogue("de")
        if isinstance(message.id, str) and message.id and "%" not in message.id and message.id != message.string
        for text in [message.id]
    }
    translations = {message.string for message in words.catalogue("de")}
    asked = [(None, path) for path in FOR_STRANGERS]
    asked += [(who, path) for who in ("ada", "grace", "alan") for path in of(who, world)]

    left = {}
    for who, path in asked:
        browser = browse(speaking(world.people[who], "de") if who else None)
        asks = who is None or path.startswith("/offline/")  # a phone asks in the language of the page before
        page = browser.get(path, headers={"Accept-Language": "de" if asks else "en"}).content.decode()
        said = [text for text in words_of(page) if text in english and text not in translations]
        if said:
            left[who, path] = said

    assert left == {}


def test_drawings_have_decimal_points_in_every_language(world, browse):
    ada = browse(speaking(world.ada, "de"))
    pages = [ada.get(path).content.decode() for path in ("/", "/board/north/", f"/reps/{world.ada.pk}/", "/goals/")]

    commas = [
        found for page in pages for found in re.findall(r'\b(?:x|y|x1|x2|y1|y2|cx|cy|width|height)="\d+,\d+%?"', page)
    ]

    assert commas == []
