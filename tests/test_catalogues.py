"""The words of every language: all there, none left over, with the parts of their source."""

import re

import pytest

from tools import words

PARTS = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}|<[^>]+>")


@pytest.fixture(scope="module")
def template():
    return words.template()


def both(value):
    return value if isinstance(value, tuple) else (value,)


@pytest.fixture(params=words.LANGUAGES)
def catalogue(request):
    return words.catalogue(request.param)


def identities(catalogue):
    return {(message.id, message.context) for message in catalogue if message.id}


def test_every_string_of_the_product_is_in_the_catalogue_and_no_other(catalogue, template):
    """If this fails: `make words`, then translate what it names."""
    assert identities(template) - identities(catalogue) == set()
    assert identities(catalogue) - identities(template) == set()


def test_every_message_is_translated_and_none_is_a_guess(catalogue):
    assert [message.id for message in catalogue if message.id and not all(both(message.string))] == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_a_translation_has_the_placeholders_and_tags_of_its_source(catalogue):
    wrong = []
    for message in catalogue:
        wanted = [sorted(PARTS.findall(text)) for text in both(message.id) if text]
        wrong += [
            (message.id, text) for text in both(message.string) if wanted and sorted(PARTS.findall(text)) not in wanted
        ]

    assert wrong == []


WRONG = {
    "en": r"\b[Ss]tor(e|es|ed|ing)\b|[Oo]rganization(?!\))|[Ss]econd factor|\b(a|on) leave\b|[Tt]ook out|[Nn]ot in yet"
    r"|\bRead (it|them|this|these) (again|like|too|names)|\bTake (it|them|this) (out|row)|\bpaste or a word\b",
    "de": r"gereiht|in der Firma|auf einem Score|Zugriff mehr"
    r"|Ablesung|Vorlesen|Organisation(?!\))|[Zz]weiter? Faktor|(So|Auch) lesen|\bSie\b (haben|können|sind)",
    "fr": r"\b[Rr]elisez(-le\b| votre score)|\bLire ainsi|[Ll]a lire aussi|relancé|afficher le mur"
    r"|affaires suivis|premier quart|[Ss]econds? facteurs?|\b[Cc]ongés?\b|\borganisation|je le dois|[Tt]u es\b",
    "es": r"mostrar el mural|emparejad|[Ll]eer(lo|la) (así|también|de nuevo)"
    r"|\busted\b|[Ss]egundos? factor|\b[Oo]rganización|al ritmo|\bSu (puntuación|contraseña|cuenta)\b",
}
"""Words that another one stands for: see "Languages" in CONTRIBUTING."""
GLUED = {
    "de": r"\b(der|dem|den|des|am) %\((month|team)\)s|(?<!Platz )%\(place\)s\.|%\(rank\)s\.",
    "fr": r"\b(de|que|le) (%\(month\)s|\{month\}|%\(first\)s)|\bmois de %",
    "es": r"\b(del|el|al) %\(month\)s",
}
"""What does not hold for each value: "de octobre", "der August 2026", "der 5.."."""


SMALL_MONTH = re.compile(r"^(%\(month\)s|\{month\})(?!, [^.]*$)")
"""A sentence that begins with a month: its name has a small letter in French and Spanish. A cell of a table may."""


def test_no_french_or_spanish_sentence_begins_with_a_small_letter_of_a_month(catalogue):
    texts = [text for message in catalogue if message.id for text in both(message.string)]

    assert catalogue.locale.language == "de" or [text for text in texts if SMALL_MONTH.search(text)] == []


def test_french_has_its_own_apostrophes_and_spaces():
    """If this fails: `make words` sets them."""
    texts = [text for message in words.catalogue("fr") if message.id for text in both(message.string)]

    assert [text for text in texts if re.search(r"(?<=[^\W\d_])'(?=\w)| [:;!?»]|« ", text)] == []


def test_each_thing_has_one_word_in_every_language(catalogue):
    language = str(catalogue.locale)
    texts = [text for message in catalogue if message.id for text in both(message.string)]
    english = [text for message in catalogue if message.id for text in both(message.id)]

    assert [text for text in texts if re.search(WRONG[language], text)] == []
    assert [text for text in english if re.search(WRONG["en"], text)] == []


def test_no_word_before_a_month_or_a_place_depends_on_which_it_is(catalogue):
    texts = [text for message in catalogue if message.id for text in both(message.string)]

    assert [text for text in texts if re.search(GLUED[str(catalogue.locale)], text)] == []


def test_strings_are_found_in_python_in_templates_and_in_tips():
    found = {message.source: message for message in words.messages()}

    assert found["Skip to the content"].file == "templates/base.html"
    assert found["An absence is two years at most."].file == "teams/forms/days.py"
    assert found["Choose a day after today."].file == "teams/rules/goals.py"
    assert found["Check your industry"].file == "teams/rules/insights/tips.json"
    assert found["mean of %(counter)s rep"].several == "mean of %(counter)s reps"
    assert found["running"].context in ("", "challenge")
