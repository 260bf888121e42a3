"""Taking a name or an address out of what others wrote: titles, notes, reasons, what messages said."""

import json
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Field, Func, JSONField, Model, Q, QuerySet, TextField, UniqueConstraint, Value
from django.db.models.functions import Cast, Left, Length
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


def scrub(organization: Organization, name: str) -> None:
    """In all texts of an organization a name or an address becomes "former member", however it is spelled there.

    The texts are people's and messages' own words, so that it is said in the organization's language.
    """
    with override(organization.language):
        former = gettext("former member")
    for model, path, columns in TEXTS:
        rows = model._default_manager.filter(**{path: organization.pk})
        fields = [field for field in model._meta.concrete_fields if field.name in columns]
        if not _naming(rows, fields, name).exists():
            continue
        for field in fields:
            if isinstance(field, JSONField):
                _replace_in_json(rows, field.name, _pattern_in_json(name), former)
            else:
                _replace(rows, field, pattern_of(name), former)
                _replace_cut(rows, field, cut_pattern_of(name))
    _rename_addresses(organization, pattern_of(name))


def drop_webhooks_that_name(organization: Organization, name: str, now: datetime) -> None:
    """What waits for an endpoint and names somebody, such as in the address of a team, does not go out any more.

    Scrubbed it would be another body under an id that the receiver may know already.
    """
    pattern = _pattern_in_json(name)
    waiting = Delivery.objects.filter(
        endpoint__isnull=False, team__organization=organization, state=DeliveryState.WAITING
    )
    naming = waiting.alias(words=Cast(F("notice"), TextField())).filter(words__iregex=pattern)
    naming.update(state=DeliveryState.DROPPED, ended_at=now)


def _naming(rows: QuerySet[Any], fields: list["Field[Any, Any]"], name: str) -> QuerySet[Any]:
    """The rows that hold a name in one of the columns, or the beginning of one where a column ends."""
    naming = Q()
    for field in fields:
        if isinstance(field, JSONField):
            rows = rows.alias(**{f"{field.name}_text": Cast(F(field.name), TextField())})
            naming |= Q(**{f"{field.name}_text__iregex": _pattern_in_json(name)})
        else:
            naming |= Q(**{f"{field.name}__iregex": pattern_of(name)})
            if field.max_length:
                rows = rows.alias(**{f"{field.name}_letters": Length(field.name)})
                ends = {f"{field.name}_letters": field.max_length, f"{field.name}__iregex": cut_pattern_of(name)}
                naming |= Q(**ends)
    return rows.filter(naming).order_by()


def _pattern_in_json(name: str) -> str:
    return pattern_of(json.dumps(name, ensure_ascii=False)[1:-1])


def _replace(rows: QuerySet[Any], field: "Field[Any, Any]", pattern: str, former: str) -> None:
    new: Any = _replaced(F(field.name), pattern, former)
    if field.max_length:
        new = Left(new, field.max_length)
    _update(rows.filter(**{f"{field.name}__iregex": pattern}), field, new)


def _update(rows: QuerySet[Any], field: "Field[Any, Any]", new: Any) -> None:
    """All at once; one by one where no two may read the same: the second gets its number."""
    if not _is_unique(field):
        rows.update(**{field.name: new})
        return
    for pk, text in list(rows.order_by("pk").values_list("pk", new)):
        one = rows.model._default_manager.filter(pk=pk)
        try:
            with transaction.atomic():
                one.update(**{field.name: text})
        except IntegrityError:
            one.update(**{field.name: f"{text[: (field.max_length or 0) - 20]} {pk}"})


def _is_unique(field: "Field[Any, Any]") -> bool:
    constraints = field.model._meta.constraints
    return any(isinstance(each, UniqueConstraint) and field.name in each.fields for each in constraints)


def _replace_in_json(rows: QuerySet[Any], column: str, pattern: str, former: str) -> None:
    text = Cast(F(column), TextField())
    new = Cast(_replaced(text, pattern, former), JSONField())
    rows.alias(words=text).filter(words__iregex=pattern).update(**{column: new})


def _replace_cut(rows: QuerySet[Any], field: "Field[Any, Any]", pattern: str) -> None:
    """Texts that are as long as their column takes may end in the middle of a name."""
    if field.max_length:
        full = rows.alias(letters=Length(field.name)).filter(letters=field.max_length)
        _update(full.filter(**{f"{field.name}__iregex": pattern}), field, _replaced(F(field.name), pattern, "…"))


def _replaced(text: Any, pattern: str, new: str) -> Func:
    return Func(text, Value(pattern), Value(new), Value("gi"), function="regexp_replace")


def _rename_addresses(organization: Organization, pattern: str) -> None:
    """A team whose address holds the name gets one by its number."""
    for team in organization.teams.filter(slug__iregex=pattern):
        team.slug = f"team-{team.pk}"
        team.save(update_fields=["slug"])
