"""Several columns of names in one table: joined where they are parts of one, and else asked about."""

import pytest

from teams.rules.sheets.kinds import guess
from teams.rules.sheets.names import person


def asked(*rows):
    """What is asked about a table before it is read."""
    return guess(_numbered(rows)).missing()


def meant(*rows):
    """The meanings of a table's columns, in their order."""
    columns = guess(_numbered(rows)).columns
    return [columns.get(column, "") for column in range(rows[0].count(",") + 1)]


def _numbered(rows):
    return [(number, [cell or None for cell in row.split(",")]) for number, row in enumerate(rows, 1)]


def same(columns):
    return [f"Columns {columns} may mean the same. Say which one counts."]


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (["User,Member name,Score,Date", "ada92,Ada Lovelace,61,2026-10-26"], "A, B"),
        (["Name,Full name,Oct 2026", "Ada,Ada,61"], "A, B"),
        (["Rep,Oct 2026,Display name", "Ada,61,Lovelace"], "A, C"),
        (["Last name,First name,Display name,Oct 2026", "Lovelace,Ada,A. L.,61", "Roe,Ben,Ben Roe,40"], "B, C"),
        (["Name,Vorname,Okt 2026", "Ada Lovelace,Ada,61", "Roe,Ben,40"], "A, B"),
        (["User,Vorname,Okt 2026", "ada92,Ada,61"], "A, B"),
        (["Name,E-mail,Work mail,Email,Oct 2026", "Ada,a@x.org,,ada@x.org,61"], "B, D"),
        (["Name,Nachname,Surname,Okt 2026", "Ada,Love,Lace,61"], "B, C"),
    ],
)
def test_two_columns_that_each_may_be_the_name_are_asked_about(rows, columns):
    assert asked(*rows) == same(columns)


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (["Name,Vorname,Okt 2026", "Lovelace,Ada,61", "Roe,Ben,40"], ["last_name", "name", "2026-10"]),
        (["Prénom,Nom,oct 2026", "Ada,Lovelace,61"], ["name", "last_name", "2026-10"]),
        (["Naam,Voornaam,okt 2026", "van Dijk,Ada,61"], ["last_name", "name", "2026-10"]),
        (["Name,Vorname,Okt 2026", "Ada Lovelace,Ada,61", "Roe Ben,Ben,40"], ["name", "", "2026-10"]),
        (["Förnamn,Efternamn,okt 2026", "Ada,Lovelace,61"], ["name", "last_name", "2026-10"]),
        (["Nombre,Apellidos,oct 2026", "Ada,Lovelace,61"], ["name", "last_name", "2026-10"]),
        (["Imię,Nazwisko,paź 2026", "Ada,Lovelace,61"], ["name", "last_name", "2026-10"]),
        (
            ["Last name,First name,Display name,Oct 2026", "Lovelace,Ada,Ada Lovelace,61"],
            ["last_name", "name", "", "2026-10"],
        ),
        (["Name,Email,E-mail,Oct 2026", "Ada,a@x.org,a@x.org,61"], ["name", "email", "", "2026-10"]),
    ],
)
def test_the_parts_of_a_name_are_one_name(rows, columns):
    assert (asked(*rows), meant(*rows)) == ([], columns)


def test_a_family_name_that_is_in_the_name_already_is_not_said_twice():
    assert person("Ada Lovelace", "Lovelace", "") == ("Ada Lovelace", "")
    assert person("Lovelace, Ada", "Lovelace", "") == ("Ada Lovelace", "")
    assert person("Thomas", "Thomas", "") == ("Thomas Thomas", "")
