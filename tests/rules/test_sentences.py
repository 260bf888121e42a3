"""Sentences of rules: they become text in the language of whoever reads, whatever turns them into text."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.template import engines
from django.utils.translation import override

from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.rules.sentences import Sentence, restored, stored
from teams.rules.sheets.kinds import guess
from teams.rules.sheets.rows import findings

TODAY = date(2026, 11, 30)
CLOSED = Sentence("%(month)s is closed: its standings are final. Ask your manager to amend it.", month=Month(2026, 10))
GERMAN = "Oktober 2026 ist abgeschlossen: Die Rangliste ist endgültig. Bitte deine Teamleitung um einen Nachtrag."


def of_a_template(source):
    return engines["django"].from_string(source).render({"sentence": CLOSED})


@pytest.mark.parametrize(
    "as_text",
    [
        lambda: str(CLOSED),
        lambda: f"{CLOSED}",
        lambda: "%s" % CLOSED,  # noqa: UP031
        lambda: str(Refused(CLOSED)),
        lambda: of_a_template("{{ sentence }}"),
        lambda: of_a_template("{{ sentence|capfirst }}"),
        lambda: of_a_template("{% load i18n %}{% blocktranslate %}{{ sentence }}{% endblocktranslate %}"),
    ],
)
def test_whatever_makes_a_sentence_text_says_it_in_the_readers_language(as_text):
    with override("de"):
        assert as_text() == GERMAN
    with override("en"):
        assert as_text() == "October 2026 is closed: its standings are final. Ask your manager to amend it."


def test_figures_in_a_sentence_are_written_as_the_reader_writes_them():
    mean = Sentence("The mean is %(mean)s already. Choose a higher target.", mean=Decimal("14.9"))

    with override("fr"):
        assert "14,9" in str(mean)


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        (["Name", "Score", "Date"], ["Ada", "sixty", "2026-11-02"]),
        (["Name", "Score", "Date"], ["Ada", "0.6", "2026-11-02"]),
        (["Name", "Score", "Date"], ["Ada", "61", "soon"]),
        (["Name", "Score", "Month"], ["Ada", "61", "soon"]),
        (["Name", "Score", "Date"], ["Ada", "61", ""]),
        (["Name", "Score", "Month"], ["Ada", "61", "2026-12"]),
        (["Name", "Score", "Date"], ["Ada", "61", "2011-11-02"]),
        (["Name", "Score", "Date"], ["", "61", "2026-11-02"]),
        (["Name", "Nov 2026"], ["Ada", "sixty"]),
        (["Name", "Dec 2026"], ["Ada", "61"]),
    ],
)
def test_what_is_wrong_with_a_row_is_a_sentence_that_a_catalogue_knows(head, cells):
    layout = guess([(1, head), (2, cells)])

    problems = [one.problem for one in findings(2, cells, layout, TODAY)]

    assert [type(problem) for problem in problems] == [Sentence]
    for language in ("de", "fr", "es"):
        with override(language):
            assert str(problems[0]) != problems[0].source % problems[0].values


def test_a_sentence_that_was_stored_is_said_in_the_readers_language_with_all_that_it_names():
    sentence = Sentence(
        "%(count)s day: %(day)s, %(mean)s. %(why)s",
        "%(count)s days: %(day)s, %(mean)s. %(why)s",
        count=12_000,
        day=date(2026, 11, 2),
        mean=Decimal("14.9"),
        why=CLOSED,
    )
    source, values = stored(sentence)

    again = restored(source, json.loads(json.dumps(values)))

    assert (again, again.values) == (sentence, sentence.values)
    with override("de"):
        assert str(again) == f"12.000 days: 2. November 2026, 14,9. {GERMAN}"


def test_a_text_that_is_no_sentence_is_stored_and_read_as_it_is():
    assert stored("100 % of it") == ("100 % of it", None)
    assert restored("100 % of it", None) == "100 % of it"
