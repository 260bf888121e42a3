"""Letters look right in the mail programs of sales teams: Outlook, Gmail, Apple Mail and Samsung Email."""

import inspect
import json
import re
import subprocess
from pathlib import Path

from django.utils.html import strip_tags

from teams.mail.letters import login_letter
from teams.models.languages import LANGUAGES
from teams.words import notices
from teams.words.notices import Notice
from tests.browser.chromium import ROOT, node
from tests.mail.every_letter import URL, every_letter, every_login_template, every_notice, html

JUDGE = Path(__file__).with_name("judge.mjs")


def judged(letters):
    """What the judges find: a letter's name, who says so, and what is wrong."""
    words = json.dumps(letters)
    said = subprocess.run([node(), JUDGE], cwd=ROOT, input=words, capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def seen(letter):
    """The words of its HTML in one line, without its head."""
    return " ".join(strip_tags(html(letter).split("</head>")[1]).split())


def test_no_mail_of_any_kind_and_language_says_what_a_mail_program_does_not_know():
    letters = {f"{name}, {code}": html(letter) for code, _ in LANGUAGES for name, letter in every_letter(code)}

    assert judged(letters) == []


def test_what_a_mail_program_does_not_know_is_found():
    faulty = {"round": '<p style="border-radius: 4px">', "sheet": "<style>p { margin: 0 }</style>"}

    found = judged({**faulty, "plain": "<p>"})

    assert {(name, judge) for name, judge, _ in found} == {
        (name, judge) for name in faulty for judge in ("caniemail", "doiuse-email")
    }


def test_every_notice_that_there_is_has_been_judged():
    there_are = {
        name
        for name, function in inspect.getmembers(notices, inspect.isfunction)
        if not name.startswith("_") and inspect.signature(function).return_annotation is Notice
    }

    assert there_are - set(every_notice.__code__.co_names) == set()


def test_every_mail_begins_with_a_line_for_the_list_of_mails_then_who_it_is_from_and_what_it_is():
    letters = dict(every_letter("en"))

    assert seen(letters["reminder"]).startswith(
        "November: 3 days left, today included, and your score is still missing. "
        "Nordwind · Leaderboard Your score for November 2026 Hello Ada Lovelace, November: 3 days left"
    )
    assert seen(letters["several"]).startswith(
        "Confirm readings: “+5 by month end”. Decide: “+5 by month end”. Not played: “+5 by month end”. "
        "Nordwind · Leaderboard Hello Ada Lovelace, Confirm readings: “+5 by month end” The result waits"
    )
    assert seen(letters["password-changed"]).startswith(
        "Your password was changed. Nordwind · Leaderboard Your password was changed Hello, Your password was changed."
    )


def test_after_the_greeting_a_sentence_begins_with_a_capital_except_in_german():
    beginnings = {
        (code, name): letter.body.split("\n\n")[1][0]
        for code in ("en", "fr", "es")
        for name, letter in every_letter(code)
        if letter.body.endswith("\n\nLeaderboard\n")
    }

    assert len(beginnings) == 3 * (len(every_login_template()) + 1)
    assert {which: letter for which, letter in beginnings.items() if not letter.isupper()} == {}


def test_whoever_belongs_to_no_company_hears_from_the_product():
    letter = login_letter("account/email/unknown_account_message.txt", {}, title="No account", to="nobody@example.org")

    assert " Leaderboard No account Hello, " in seen(letter)


def test_a_link_about_a_login_is_a_button_in_html_and_the_bare_address_in_plain_text():
    letter = dict(every_letter("en"))["password-reset-key"]

    [(address, label)] = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', html(letter))
    assert (address, label) == (URL, "Choose a new password")
    assert letter.body.count(f"\n\n{URL}\n\n") == 1
    assert letter.body.endswith("\n\nLeaderboard\n")


def test_no_template_has_a_button_whose_link_is_missing_in_its_text():
    letters = dict(every_letter("en"))

    assert {name for name, letter in letters.items() if "<a href" in html(letter) and URL not in letter.body} == set()
    assert {name for name, letter in letters.items() if URL in letter.body and URL not in html(letter)} == set()


def test_names_that_are_markup_stay_text():
    digest = dict(every_letter("en"))["digest"]

    assert "Jean d'Alembert &amp; Söhne &lt;Vertrieb&gt;" in html(digest)
    assert "Jean d'Alembert & Söhne <Vertrieb>" in digest.body


def test_an_address_that_is_markup_stays_text():
    letter = login_letter(
        "account/email/address_asked_message.txt", {"email": "<b>o'neil&@x"}, title="<b>", to="x@x.example"
    )

    assert ("<b>o'neil&@x" in letter.body, "<b>" in html(letter)) == (True, False)
    assert "sign in with &lt;b&gt;o'neil&amp;@x instead" in html(letter)
