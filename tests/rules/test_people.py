"""Reading a pasted list of people, and how a wall names them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.people import People, Person, read_people
from teams.rules.visibility import initials, wall_name

JANE = Person("Jane Doe", "jane@example.org")


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe <jane@example.org>",
        "Doe, Jane <jane@example.org>",
        '"Doe, Jane" <jane@example.org>',
        "'Jane Doe' <JANE@example.org>;",
        "Jane Doe jane@example.org",
        "Jane Doe, jane@example.org",
        "Doe, Jane, jane@example.org",
        "Jane Doe; jane@example.org",
        "Jane Doe\tjane@example.org",
        "Doe\N{NO-BREAK SPACE}, Jane\t(jane@example.org)",
        "jane@example.org Jane Doe",
        "jane@example.org, Jane Doe",
        "\N{BULLET} Jane   Doe <mailto:jane@example.org>",
        "\ufeffJane Doe | jane@example.org",
    ],
)
def test_a_line_is_a_person(line):
    assert read_people(line) == People([JANE], [])


def test_an_address_alone_gives_the_name_that_it_stands_for():
    assert read_people("jane.van-doe@example.org").found == [Person("Jane Van Doe", "jane.van-doe@example.org")]


def test_a_name_alone_has_no_address():
    assert read_people("Jane Doe\nŻuk, Łucja").found == [Person("Jane Doe", ""), Person("Łucja Żuk", "")]


def test_a_mail_programs_line_is_several_people():
    line = "Doe, Jane <jane@example.org>; Roe, Ben <ben@example.org>;"

    assert read_people(line) == People([JANE, Person("Ben Roe", "ben@example.org")], [])


def test_blank_lines_and_the_same_person_again_count_for_nothing():
    text = "\n Jane Doe <jane@example.org>\r\n\n;\njane@EXAMPLE.org\nBen Roe\nBEN ROE\n"

    assert read_people(text) == People([JANE, Person("Ben Roe", "")], [])


@pytest.mark.parametrize(
    "line", ["Jane <jane@>", "@", "jane@example", "a@x.org b@x.org", "Jane " + "x" * 100, "J\0", "???"]
)
def test_what_is_no_person_is_handed_back(line):
    assert read_people(line) == People([], [line])


@given(st.text())
def test_reading_never_raises_and_every_person_has_a_name(text):
    people = read_people(text).found

    assert all(0 < len(person.name) <= 100 and len(person.email) <= 254 for person in people)
    assert len({person.email or person.name.casefold() for person in people}) == len(people)


@pytest.mark.parametrize(
    ("policy", "choice", "shown"),
    [
        ("name", "name", "Jane van Doe"),
        ("name", "initials", "J. V. D."),
        ("initials", "name", "J. V. D."),
        ("initials", "initials", "J. V. D."),
        ("name", "out", None),
        ("initials", "out", None),
    ],
)
def test_a_wall_names_people_as_the_stricter_of_policy_and_choice_says(policy, choice, shown):
    assert wall_name("Jane van Doe", policy, choice) == shown


@given(st.text())
def test_every_name_has_initials_or_is_blank(name):
    assert bool(initials(name)) == bool(name.split())
