"""Scripts say nothing in words of their own: what readers see comes from the page, in their language."""

import re

import pytest

from tests.deploy.compose import ROOT

SCRIPTS = sorted([*ROOT.glob("static/js/**/*.js"), *ROOT.glob("templates/**/*.js")])
COMMENT = re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/", re.S)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")
LITERAL = re.compile(r'"([^"\n]*)"|\'([^\'\n]*)\'|`([^`]*)`')
WORDS = re.compile(r"(?<![\w.#\[<>=-])[A-Za-z]{2,}[,:]? [A-Za-z]{2,}|(?<![\w.#/-])[A-Z][a-z]+[.!?…]?$")
"""Two words of a sentence, or one that begins with a capital; a selector's words follow their signs."""
MEANT = {"use strict", "Accept-Language", "Date", "16px Inter", "Files", "outerHTML show:top"}
"""What only machines read."""


def literals(source):
    """The texts between quotation marks; what `${…}` puts in is code."""
    found = LITERAL.findall(COMMENT.sub("", TAG.sub("", source)))
    return {re.sub(r"\$\{[^}]*\}", "0", text) for parts in found for text in parts if text}


def sentences(source):
    return sorted(text for text in literals(source) - MEANT if WORDS.search(text))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_speaks_english(script):
    assert sentences(script.read_text()) == []


def test_a_script_that_speaks_is_found():
    source = """
    button.textContent = "Stored";
    alert('You are offline, try again'); // "a comment"
    help.title = `Only ${count} days left`;
    row.querySelector(".old time").hidden = document.querySelector("body > .kept");
    """

    assert sentences(source) == ["Only 0 days left", "Stored", "You are offline, try again"]
