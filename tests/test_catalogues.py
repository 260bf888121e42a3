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


def test_strings_are_found_in_python_in_templates_and_in_tips():
    found = {message.source: message for message in words.messages()}

    assert found["Skip to the content"].file == "templates/base.html"
    assert found["A leave is two years at most."].file == "teams/forms/days.py"
    assert found["Choose a day after today."].file == "teams/rules/goals.py"
    assert found["Check your industry"].file == "teams/rules/tips.json"
    assert found["%(counter)s day to go."].several == "%(counter)s days to go."
    assert found["running"].context in ("", "challenge")
