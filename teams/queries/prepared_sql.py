"""SQL of our own that PostgreSQL plans once for each connection, and that the ORM need not make anew each time."""

import json
from collections.abc import Iterator
from typing import Any, TypeVar

from django.db import connection, models
from psycopg import Cursor
from psycopg.rows import class_row, tuple_row

Row = TypeVar("Row")


def rows(statement: str, **params: Any) -> list[tuple[Any, ...]]:
    """What a statement answers, be it nothing. PostgreSQL is told little of its parameters: write `%(day)s::date`."""
    return _answer(tuple_row, statement, params)


def named_rows(kind: type[Row], statement: str, **params: Any) -> list[Row]:
    """The same, each row made into a `kind` by the names of the columns."""
    return _answer(class_row(kind), statement, params)


def _answer(factory: Any, statement: str, params: dict[str, Any]) -> list[Any]:
    with connection.cursor() as asking:
        # Django's own cursor writes the parameters into the text.
        asking.cursor = Cursor(connection.connection, row_factory=factory)
        asking.execute(statement, params)
        return asking.fetchall() if asking.cursor.pgresult.nfields else []  # `description` makes an object of each


def columns(model: type[models.Model], table: str) -> str:
    """All columns of a model's table, by the name that a statement calls it."""
    return ", ".join(f"{table}.{field.column}" for field in model._meta.concrete_fields)


def object_from(model: type[models.Model], values: Iterator[Any]) -> Any:
    """The object of a row's next values, which are those of `columns`; None where there was nothing to join."""
    fields = model._meta.concrete_fields
    field_values = [
        field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value
        for field, value in zip(fields, values, strict=False)  # the rest is another's
    ]
    if field_values[0] is None:
        return None
    return model.from_db(connection.alias, [field.attname for field in fields], field_values)


def as_json(values: Any) -> str:
    """Values for a parameter of type jsonb, as PostgreSQL reads them."""
    return json.dumps(values, default=str)
