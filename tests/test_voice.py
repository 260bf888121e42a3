"""What other libraries' fields, validators and mails say, in our voice and in every language."""

import importlib
import pkgutil

import pytest
from django import forms as django_forms
from django.core.validators import MaxValueValidator, MinLengthValidator
from django.utils.translation import override

import teams.forms
from teams.accounts.adapter import Adapter, TwoSteps
from tools import words

UNSEEN = {"list", "required_list", "incomplete", "invalid_time", "overflow"}
"""Codes of fields that no form of ours has."""


def own_sentences():
    return {text for message in words.messages() for text in (message.source, message.several) if text}


def fields():
    """Every field of every form, by its name."""
    modules = [
        importlib.import_module(f"teams.forms.{module.name}") for module in pkgutil.iter_modules(teams.forms.__path__)
    ]
    found = {
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, django_forms.BaseForm) and each.__module__ == module.__name__
    }
    return {f"{form.__name__}.{name}": field for form in found for name, field in form.base_fields.items()}


def test_whatever_a_field_refuses_is_said_in_our_own_words():
    ours, said = own_sentences(), {}

    for name, field in fields().items():
        messages = {code: text for code, text in field.error_messages.items() if code not in UNSEEN}
        messages |= {type(each).__name__: each.message for each in field.validators if hasattr(each, "message")}
        with override("en"):
            said |= {(name, code): str(text) for code, text in messages.items()}

    assert len(said) > 100
    assert {place: text for place, text in said.items() if text not in ours} == {}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Write 8 or less.", "Write at least 3 characters. These are 1.", "Fill this in."]),
        ("de", ["Schreib 8 oder weniger.", "Schreib mindestens 3 Zeichen. Das sind 1.", "Bitte ausfüllen."]),
        ("fr", ["Écrivez 8 ou moins.", "Écrivez au moins 3 caractères. Il y en a 1.", "À remplir."]),
        ("es", ["Escribe 8 o menos.", "Escribe al menos 3 caracteres. Hay 1.", "Rellena este campo."]),
    ],
)
def test_what_validators_say_has_their_numbers(language, expected):
    number = django_forms.IntegerField(validators=[MaxValueValidator(8)])
    text = django_forms.CharField(validators=[MinLengthValidator(3)])

    said = []
    with override(language):
        for field, typed in ((number, "9"), (text, "a"), (text, "")):
            with pytest.raises(django_forms.ValidationError) as refused:
                field.clean(typed)
            said += refused.value.messages

    assert said == expected


def test_what_sign_in_refuses_is_said_in_our_own_words():
    shown = ["email_password_mismatch", "incorrect_password", "enter_current_password", "rate_limited"]
    with override("en"):
        said = {str(Adapter.error_messages[code]) for code in shown} | {str(TwoSteps.error_messages["incorrect_code"])}

    assert said <= own_sentences()
