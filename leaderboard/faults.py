"""What may be told of a fault: where in the code it was, and what speaks of the machine or the code, not of people."""

import traceback
from smtplib import SMTPException

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, DataError, InterfaceError
from kombu.exceptions import KombuError
from redis import RedisError

OF_THE_MACHINE = (OSError, DatabaseError, InterfaceError, psycopg.Error, RedisError, KombuError, ImproperlyConfigured)
OF_THE_CODE = (AttributeError, ImportError, NameError, TypeError)
LONGEST = 200
"""Characters of what an error says."""
OF_PEOPLE = (DataError, psycopg.DataError, SMTPException)


def fault(error: BaseException | None) -> str:
    """The error and those that it came from, the first one first, each with its lines of code."""
    lines = []
    for each in chain(error):
        lines += ["Traceback (most recent call last):\n", *traceback.format_tb(each.__traceback__), f"{named(each)}\n"]
    return "".join(lines).rstrip("\n")


def chain(error: BaseException | None) -> list[BaseException]:
    """The error, after those that it came from."""
    errors: list[BaseException] = []
    while error is not None and error not in errors:
        errors.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return errors[::-1]


def named(error: BaseException) -> str:
    """The error's name, and what it says where that is harmless."""
    kind, text = type(error), words(error)
    return f"{kind.__module__}.{kind.__qualname__}" + (f": {text}" if text else "")


def words(error: BaseException) -> str:
    """What the error says of the machine or the code; nothing where it may quote what somebody typed or is called.

    Only its first line, or the beginning of it: below it PostgreSQL shows the row that it refused.
    """
    if isinstance(error, OF_PEOPLE) or not isinstance(error, OF_THE_MACHINE + OF_THE_CODE):
        return ""
    return shortened(str(error).partition("\n")[0], LONGEST)


def shortened(text: str, longest: int) -> str:
    """Return at most so many characters, cut between words: half an address would not be known for one."""
    return text if len(text) <= longest else f"{text[: longest - 1].rpartition(' ')[0]} …"
