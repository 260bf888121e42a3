"""Error messages of Django's own fields and validators, in our voice: what to type instead."""

from typing import Any

from django import forms
from django.core import validators
from django.db import models
from django.utils.translation import gettext_lazy as _

from teams.words.translation import Words

Validator = validators.BaseValidator | validators.EmailValidator | validators.ProhibitNullCharactersValidator

FILL_IN = _("Fill this in.")
NUMBER = _("Write a number.")
ONE_OF = _("Choose one of what is offered.")
FIELDS: dict[type[forms.Field] | type[models.Field], dict[str, Words]] = {
    forms.Field: {"required": FILL_IN},
    forms.IntegerField: {"invalid": _("Write a whole number.")},
    forms.FloatField: {"invalid": NUMBER},
    forms.DecimalField: {"invalid": NUMBER},
    forms.DateField: {"invalid": _("Write the day like 2026-12-24.")},
    forms.ChoiceField: {"invalid_choice": ONE_OF},
    forms.MultipleChoiceField: {"invalid_choice": ONE_OF, "invalid_list": ONE_OF},
    forms.ModelChoiceField: {"invalid_choice": ONE_OF},
    forms.ModelMultipleChoiceField: {"invalid_choice": ONE_OF, "invalid_list": ONE_OF, "invalid_pk_value": ONE_OF},
    forms.FileField: {
        **dict.fromkeys(["invalid", "missing", "contradiction"], _("Choose a file.")),
        "empty": _("The file is empty."),
        "max_length": _("The file's name is too long. Give it a shorter one."),
    },
    models.Field: {
        **dict.fromkeys(["unique", "unique_for_date"], _("This is taken already. Choose another.")),
        "invalid_choice": ONE_OF,
        **dict.fromkeys(["null", "blank"], FILL_IN),
    },
}
VALIDATORS: dict[type[Validator], Words] = {
    validators.MinValueValidator: _("Write %(limit_value)s or more."),
    validators.MaxValueValidator: _("Write %(limit_value)s or less."),
    validators.MinLengthValidator: _("Write at least %(limit_value)d characters. These are %(show_value)d."),
    validators.MaxLengthValidator: _("Write at most %(limit_value)d characters. These are %(show_value)d."),
    validators.EmailValidator: _("Write an e-mail address such as jane@example.com."),
    validators.ProhibitNullCharactersValidator: _("There is an invisible character in this. Type it anew."),
}
TOO_LONG: dict[str, Any] = dict.fromkeys(  # lazy, which django-stubs does not know of these
    ["invalid", "max_digits", "max_decimal_places", "max_whole_digits"], _("Write a shorter number.")
)


def install() -> None:
    """Replace Django's own error messages by ours, for every field that is made from now on."""
    for field, messages in FIELDS.items():
        field.default_error_messages = field.default_error_messages | messages
    for validator, message in VALIDATORS.items():
        validator.message = message
    validators.validate_email.message = VALIDATORS[validators.EmailValidator]
    validators.DecimalValidator.messages = validators.DecimalValidator.messages | TOO_LONG
