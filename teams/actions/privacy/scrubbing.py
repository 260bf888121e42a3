"""Taking a name or an address out of what others wrote: titles, notes, reasons, what messages said."""

import json
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import (
    Case,
    F,
    Field,
    Func,
    JSONField,
    Model,
    Q,
    QuerySet,
    TextField,
    UniqueConstraint,
    Value,
    When,
)
from django.db.models.functions import Cast, Left, Length
from django.db.models.lookups import Exact, IRegex
from django.utils.translation import gettext, override

from teams.models import (
    ApiAnswer,
    ApiToken,
    AuditEntry,
    Challenge,
    Counter,
    Delivery,
    Display,
    Figure,
    Goal,
    Import,
    ImportPerson,
    ImportRow,
    ImportSheet,
    Invitation,
    Organization,
    Outcome,
    RememberedColumns,
    RememberedTable,
    Revision,
    ShareLink,
    Submission,
    Team,
    Thanks,
    Withdrawal,
)
from teams.rules.messages.delivery import DeliveryState
from teams.rules.people.spellings import cut_pattern_of, pattern_of

TEXTS: list[tuple[type[Model], str, list[str]]] = [
    (Organization, "pk", ["name"]),
    (Team, "organization", ["name"]),
    (Submission, "member__organization", ["note", "reason"]),
    (Withdrawal, "submission__member__organization", ["reason"]),
    (Revision, "board__team__organization", ["reason"]),
    (Challenge, "organization", ["title", "stake", "void_reason", "void_values"]),
    (Outcome, "settlement__challenge__organization", ["explanation", "grounds"]),
    (Goal, "team__organization", ["text"]),
    (Goal, "member__organization", ["text"]),
    (Thanks, "team__organization", ["text"]),
    (Counter, "team__organization", ["name", "unit"]),
    (Figure, "member__organization", ["reason"]),
    (Display, "team__organization", ["name"]),
    (Delivery, "team__organization", ["notice", "reason", "said"]),
    (Invitation, "member__organization", ["problem", "said"]),
    (Import, "team__organization", ["file_name", "problem", "problem_values"]),
    (ImportSheet, "upload__team__organization", ["name", "layout", "mended"]),
    (ImportPerson, "upload__team__organization", ["name", "email", "key"]),
    (ImportRow, "upload__team__organization", ["note", "problem", "problem_values", "text"]),
    (RememberedColumns, "organization", ["columns"]),
    (RememberedTable, "organization", ["layout"]),
    (ApiToken, "member__organization", ["name"]),
    (ApiAnswer, "token__member__organization", ["answer"]),
    (ShareLink, "team__organization", ["name"]),
    (AuditEntry, "organization", ["details", "reason"]),
]
"""Every column that holds words of people, and how its row belongs to an organization."""
JSON_AS_TEXT = [ApiAnswer]
"""Models whose texts are JSON, which writes a quote in a name with a backslash."""


def scrub(organization: Organization, names: list[str]) -> None:
    """In all texts of an organization names and addresses become "former member", however they are spelled there.

    The texts are people's and messages' own words, so that it is said in the organization's language. Each table is
    written by one statement, but for columns in which no two may read the same.
    """
    if not names:
        return  # the pattern of nothing would be found everywhere
    with override(organization.language):
        former = gettext("former member")
    for model, path, columns in TEXTS:
        rows = model._default_manager.filter(**{path: organization.pk})
        fields = [field for field in model._meta.concrete_fields if field.name in columns]
        scrubbed = {field.name: _scrubbed(field, names, former) for field in fields}
        unique = {field.name for field in fields if _is_unique(field)}
        _update(rows, {column: scrubbed[column] for column in columns if column not in unique})
        for field in fields:
            if field.name in unique:
                _update_one_by_one(rows, field, *scrubbed[field.name])
    _rename_addresses(organization, _pattern(names))


def drop_webhooks_that_name(organization: Organization, names: list[str], now: datetime) -> None:
    """What waits for an endpoint and names somebody, such as in the address of a team, does not go out any more.

    Scrubbed it would be another body under an id that the receiver may know already.
    """
    if not names:
        return
    waiting = Delivery.objects.filter(
        endpoint__isnull=False, team__organization=organization, state=DeliveryState.WAITING
    )
    naming = waiting.alias(words=Cast(F("notice"), TextField())).filter(words__iregex=_pattern_in_json(names))
    naming.update(state=DeliveryState.DROPPED, ended_at=now)


def _update(rows: QuerySet[Any], scrubbed: dict[str, tuple[Q, Any]]) -> None:
    if scrubbed:
        naming = reduce(or_, (where for where, _ in scrubbed.values()))
        rows.filter(naming).update(**{column: new for column, (_, new) in scrubbed.items()})


def _update_one_by_one(rows: QuerySet[Any], field: "Field[Any, Any]", naming: Q, new: Any) -> None:
    """Where no two may read the same: the second gets its number."""
    for pk, text in list(rows.filter(naming).order_by("pk").values_list("pk", new)):
        row = rows.model._default_manager.filter(pk=pk)
        try:
            with transaction.atomic():
                row.update(**{field.name: text})
        except IntegrityError:
            row.update(**{field.name: f"{text[: (field.max_length or 0) - 20]} {pk}"})


def _is_unique(field: "Field[Any, Any]") -> bool:
    constraints = field.model._meta.constraints
    return any(isinstance(each, UniqueConstraint) and field.name in each.fields for each in constraints)


def _pattern(names: list[str]) -> str:
    return "|".join(map(pattern_of, names))


def _pattern_in_json(names: list[str]) -> str:
    return _pattern([json.dumps(name, ensure_ascii=False)[1:-1] for name in names])


def _scrubbed(field: "Field[Any, Any]", names: list[str], former: str) -> tuple[Q, Any]:
    """Which rows name somebody in a column, and what it says without the names; in other rows that is the same."""
    if isinstance(field, JSONField):
        pattern, text = _pattern_in_json(names), Cast(F(field.name), TextField())
        return Q(IRegex(text, pattern)), Cast(_replaced(text, pattern, former), JSONField())
    pattern_in_text = _pattern_in_json if field.model in JSON_AS_TEXT else _pattern
    pattern, column = pattern_in_text(names), F(field.name)
    naming, new = Q(IRegex(column, pattern)), _replaced(column, pattern, former)
    if field.max_length is None:
        return naming, new
    return _scrubbed_cut(naming, new, column, field.max_length, "|".join(map(cut_pattern_of, names)))


def _scrubbed_cut(naming: Q, new: Any, column: F, longest: int, pattern: str) -> tuple[Q, Any]:
    """The same where a text that is as long as its column takes may end in the middle of a name."""
    fitting = Left(new, longest)
    cut = Q(Exact(Length(column), longest), IRegex(column, pattern))
    is_full: Any = Exact(Length(fitting), longest)
    return naming | cut, Case(When(is_full, then=_replaced(fitting, pattern, "…")), default=fitting)


def _replaced(text: Any, pattern: str, new: str) -> Func:
    return Func(text, Value(pattern), Value(new), Value("gi"), function="regexp_replace")


def _rename_addresses(organization: Organization, pattern: str) -> None:
    """A team whose address holds the name gets one by its number."""
    for team in organization.teams.filter(slug__iregex=pattern):
        team.slug = f"team-{team.pk}"
        team.save(update_fields=["slug"])
