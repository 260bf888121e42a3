"""Reading a pasted list of people, and how a wall names them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.people.name_matching import Roster, Somebody
from teams.rules.people.names import canonical_address, normalized_name
from teams.rules.people.people_list import Holder, Line, Person, Verdict, judged, read_people
from teams.rules.visibility import initials, short_name, wall_name

JANE = Person("Jane Doe", "jane@example.org")


def people(text):
    return [line.person for line in read_people(text) if line.person]


@pytest.mark.parametrize(
    "text",
    [
        "Name\tE-mail\tSep 2026\tOct 2026\tNov 2026\nJane Doe\tjane@example.org\t52\t55\t58",
        "Name\tSep\tOct\tNov\tE-mail\nJane Doe\t52\t55\t58\tjane@example.org",
        "Name;E-Mail;Region;Mittelwert\nJane Doe;jane@example.org;Süd;55,5",
        "Jane Doe\tjane@example.org\t52\t55\t58",
        "Jane Doe jane@example.org 52 55.5 58",
        "Jane Doe\tjane@example.org\t52",
    ],
)
def test_figures_beside_a_person_are_left_out(text):
    assert people(text) == [JANE]


def test_one_number_behind_a_name_stays_with_it():
    assert people("Rep 12") == [Person("Rep 12", "")]


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
    assert people(line) == [JANE]


@pytest.mark.parametrize(
    "line", ["1. Jane Doe <jane@example.org>", "(12) Doe, Jane jane@example.org", "3)\tJane Doe\tjane@example.org",
             "#4 Jane Doe, jane@example.org", "a) Jane Doe jane@example.org", "- Jane Doe jane@example.org",
             "\u2022 Jane Doe jane@example.org", "5\tjane@example.org\tJane Doe", "3 - Jane Doe jane@example.org",
             "- [x] Jane Doe, jane@example.org", "7. \u2013 Jane Doe <jane@example.org>"]
)  # fmt: skip
def test_its_number_or_bullet_is_dropped(line):
    assert people(line) == [JANE]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Name\tE-mail", "Jane Doe\tjane@example.org"),
        ("First name;Last name;E-Mail", "Jane;Doe;jane@example.org"),
        ("Nachname\tVorname\tE-Mail-Adresse", "Doe\tJane\tjane@example.org"),
        ("Name\tVorname\tE-Mail", "Doe\tJane\tjane@example.org"),
        ("Prénom;Nom;Courriel", "Jane;Doe;jane@example.org"),
        ("Name;Vorname;E-Mail", "Jane Doe;Jane;jane@example.org"),
        ("No.\tName\tTeam\tE-mail", "7\tDoe, Jane\tNorth\tjane@example.org"),
        ("Name;E-mail", "- Doe, Jane;jane@example.org"),
        ("Name;E-mail", "12. Jane Doe;jane@example.org"),
        ("Name, Email", "Doe, Jane, jane@example.org"),
        ("Nom", "Jane Doe <jane@example.org>"),
        ("Sales team, November:", "Jane Doe <jane@example.org>"),
        ("12", "Jane Doe <jane@example.org>"),
    ],
)
def test_headings_are_nobody_and_say_what_stands_below_them(heading, line):
    assert read_people(f"{heading}\n{line}") == [
        Line(1, heading, is_heading=True),
        Line(2, line, JANE),
    ]


@pytest.mark.parametrize(
    "line",
    ["Best regards", "Kind regards,", "Thanks!", "Hi Ines,", "Dear all,", "Viele Grüße", "Mit freundlichen Grüßen",
     "Liebe Ines,", "Bien à vous,", "Merci !", "Un saludo,", "Hola Inés,"]
)  # fmt: skip
def test_how_a_mail_begins_and_ends_is_nobody(line):
    assert read_people(line) == [Line(1, line, is_heading=True)]


@pytest.mark.parametrize("name", ["Dear Hugo", "Hola Best", "Grace Thanks", "Ion Salut"])
def test_a_name_that_is_like_a_greeting_is_a_name(name):
    assert people(name) == [Person(name, "")]


def test_a_word_of_headings_further_down_is_somebodys_name():
    assert people("Jane Doe\nNom")[1:] == [Person("Nom", "")]


def test_an_address_alone_gives_the_name_that_it_stands_for():
    assert people("jane.van-doe@example.org") == [Person("Jane Van Doe", "jane.van-doe@example.org")]


def test_a_name_alone_has_no_address():
    assert people("Jane Doe\nŻuk, Łucja") == [Person("Jane Doe", ""), Person("Łucja Żuk", "")]


def test_a_mail_programs_line_is_several_people():
    line = "Doe, Jane <jane@example.org>; Roe, Ben <ben@example.org>;"

    assert read_people(line) == [
        Line(1, "Doe, Jane <jane@example.org>", JANE),
        Line(1, "Roe, Ben <ben@example.org>", Person("Ben Roe", "ben@example.org")),
    ]


def test_blank_lines_count_for_nothing_but_the_number():
    assert [line.number for line in read_people("\nJane Doe\r\n\n;\nBen Roe\n")] == [2, 5]


@pytest.mark.parametrize(
    "line", ["Jane <jane@>", "@", "jane@example", "a@x.org b@x.org", "Jane " + "x" * 100, "J\0", "???"]
)
def test_what_is_no_person_is_handed_back(line):
    assert read_people(line) == [Line(1, line)]


@given(st.text())
def test_reading_never_raises_and_every_person_has_a_name(text):
    assert all(0 < len(person.name) <= 100 and len(person.email) <= 254 for person in people(text))


@pytest.mark.parametrize(
    "name",
    ["Zoe\u0301 Li", "Zo\N{ZERO WIDTH SPACE}é  Li ", "\N{LEFT-TO-RIGHT MARK}Zoé\N{NO-BREAK SPACE}Li\N{SOFT HYPHEN}"],
)
def test_a_name_is_written_in_one_way(name):
    assert normalized_name(name) == "Zoé Li"


@pytest.mark.parametrize(
    ("email", "stored"),
    [
        ("JANE@Example.ORG", "jane@example.org"),
        ("jane@mu\u0308ller.de", "jane@xn--mller-kva.de"),
        ("jane@müller.de", "jane@xn--mller-kva.de"),
        ("\uff4aane\uff20example.org", "jane@example.org"),
        ("zoe\u0301@example.org", "zoé@example.org"),
        ("jane@\N{ZERO WIDTH SPACE}example.org", "jane@example.org"),
        ("jane@straße.de", "jane@straße.de"),
        ("jane@ü..de", "jane@ü..de"),
    ],
)
def test_an_address_is_stored_in_one_way(email, stored):
    assert canonical_address(email) == stored


def verdicts(text):
    """What adding each line would do where Ada and Ben are in the team, Otto was, and Sam is in another."""
    ada, ben = Somebody(1, "Ada Lovelace", frozenset({"ada@example.org"})), Somebody(2, "Ben Bitdiddle")
    otto = Somebody(3, "Otto Octave")
    holders = {"ada@example.org": Holder(1, "Ada Lovelace"), "sam@example.org": Holder(9, "Sam South")}
    found = judged(read_people(text), Roster([ada, ben, otto], former={"Former member"}), {1, 2}, holders)
    return [(each.verdict, each.who) for each in found]


@pytest.mark.parametrize(
    ("line", "verdict", "who"),
    [
        ("Jane Doe <jane@example.org>", Verdict.NEW, ""),
        ("Jane Doe", Verdict.NEW, ""),
        ("Ada Lovelace", Verdict.KNOWN, "Ada Lovelace"),
        ("LOVELACE, Ada", Verdict.KNOWN, "Ada Lovelace"),
        ("ADA@example.org", Verdict.KNOWN, "Ada Lovelace"),
        ("Sam S <Sam@Example.org>", Verdict.HELD, "Sam South"),
        ("Ada Lovelace <other@example.org>", Verdict.NAMESAKE, "Ada Lovelace"),
        ("Lovelace Ada", Verdict.ALIKE, "Ada Lovelace"),
        ("Otto Octave", Verdict.LEFT, "Otto Octave"),
        ("Team average", Verdict.SUMS, ""),
        ("Team North – Sales", Verdict.SUMS, ""),
        ("Our sales team", Verdict.SUMS, ""),
        ("Former member", Verdict.UNCLEAR, ""),
        ("jane@", Verdict.UNCLEAR, ""),
        ("Names:", Verdict.HEADING, ""),
    ],
)
def test_each_line_says_what_adding_it_would_do(line, verdict, who):
    assert verdicts(line) == [(verdict, who)]


@pytest.mark.parametrize("again", ["jane@EXAMPLE.org", "JANE DOE", "Jane Doe <other@example.org>"])
def test_the_same_person_again_is_added_once(again):
    assert verdicts(f"Jane Doe <jane@example.org>\n{again}") == [(Verdict.NEW, ""), (Verdict.AGAIN, "")]


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


@pytest.mark.parametrize(
    ("name", "shorter"),
    [
        ("Maximilian Graf-Hohenstein", "Maximilian G.-H."),
        ("Maximilian von Hohenstein", "Maximilian v. H."),
        ("Bartholomew", "Bartholomew"),
        ("J. D.", "J. D."),
        ("", ""),
    ],
)
def test_a_name_for_which_there_is_no_room_is_shorter_by_whole_words(name, shorter):
    assert short_name(name) == shorter


@given(st.text())
def test_every_name_has_initials_or_is_blank(name):
    assert bool(initials(name)) == bool(name.split())
