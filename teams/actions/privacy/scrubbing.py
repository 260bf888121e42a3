"""Taking a name or an address out of what others wrote: titles, notes, reasons, what messages said."""

import json
import re

from django.db.models import F, Func, JSONField, Model, TextField, Value
from django.db.models.functions import Cast, Left
from django.utils.translation import gettext, override

from teams.models import (
    AuditEntry,
    Challenge,
    Counter,
    Delivery,
    Display,
    Goal,
    Import,
    ImportPerson,
    ImportRow,
    ImportSheet,
    Invitation,
    Organization,
    Outcome,
    Revision,
    Submission,
    Withdrawal,
)

TEXTS: list[tuple[type[Model], str, list[str]]] = [
    (Submission, "member__organization", ["note", "reason"]),
    (Withdrawal, "submission__member__organization", ["reason"]),
    (Revision, "board__team__organization", ["reason"]),
    (Challenge, "organization", ["title", "stake", "void_reason"]),
    (Outcome, "settlement__challenge__organization", ["explanation"]),
    (Goal, "team__organization", ["text"]),
    (Goal, "member__organization", ["text"]),
    (Counter, "team__organization", ["name"]),
    (Display, "team__organization", ["name"]),
    (Delivery, "team__organization", ["notice", "reason"]),
    (Invitation, "member__organization", ["problem"]),
    (Import, "team__organization", ["file_name", "problem"]),
    (ImportSheet, "upload__team__organization", ["name", "layout", "mended"]),
    (ImportPerson, "upload__team__organization", ["name", "email", "key"]),
    (ImportRow, "upload__team__organization", ["note", "problem", "text"]),
    (AuditEntry, "organization", ["details", "reason"]),
]
"""Every column that holds words of people, and how its row belongs to an organization."""


def scrub(organization: Organization, word: str) -> None:
    """In all texts of an organization a name or an address becomes "former member", where it stands as a whole.

    The texts are people's and messages' own words, so that it is said in the organization's language.
    """
    with override(organization.language):
        former = gettext("former member")
    for model, path, fields in TEXTS:
        for name in fields:
            field = model._meta.get_field(name)
            is_json = isinstance(field, JSONField)
            pattern = _pattern(json.dumps(word, ensure_ascii=False)[1:-1] if is_json else word)
            text = Cast(F(name), TextField()) if is_json else F(name)
            new = Func(text, Value(pattern), Value(former), Value("gi"), function="regexp_replace")
            changed = Cast(new, JSONField()) if is_json else _shortened(new, field.max_length)
            rows = model._default_manager.filter(**{path: organization}).alias(words=text)
            rows.filter(words__iregex=pattern).update(**{name: changed})


def _pattern(word: str) -> str:
    return rf"(?<!\w){re.escape(word)}(?!\w)"


def _shortened(text: Func, length: int | None) -> Func:
    return Left(text, length) if length else text
