"""In which encoding a text is: found by evidence, asked where names would be others, and never a made-up name."""

import pytest

from teams.actions.imports import intake, reading
from teams.files.encodings import encoding_of, in_doubt
from teams.models import ImportState
from teams.rules.errors import Refused
from tests.makers import make_admin, make_organization, make_team, this_month

IN_DOUBT = "The names can be read in several ways. Say which one is right."


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        ("Zoë Müller, José, Élodie", "utf-8"),
        ("Łukasz Żak, Šárka Nováková", "cp1250"),
        ("Łukasz Żak", "cp1250"),
        ("Zoë Müller, José Núñez", "mac_roman"),
        ("François", "mac_roman"),
        ("Zoë Müller, José", "cp1252"),
        ("O’Neil", "cp1252"),
        ("Müller – Süd", "cp1252"),
        ("61 €", "cp1252"),
        ("Иван Петров, Алёна Смирнова", "cp1251"),
        ("Иван Петров, Алёна Смирнова", "koi8_r"),
        ("Jörg Müller", "cp850"),
        ("王小明, 李娜", "big5"),
    ],
)
def test_an_encoding_is_sure_where_names_look_right_in_no_other(names, encoding):
    content = f"Name,Oct 2026\n{names},61\n".encode(encoding)

    assert (content.decode(encoding_of(content)), in_doubt(content)) == (content.decode(encoding), [])


@pytest.mark.parametrize(
    ("name", "encoding", "guessed"),
    [
        ("Hélène", "cp1252", "cp1252"),
        ("Søren Ørsted", "cp1252", "cp1252"),
        ("山田太郎", "cp932", "cp932"),
        ("Győző Kovács", "cp1250", "cp1252"),
        ("Řehoř", "cp1250", "cp1252"),
        ("María", "mac_roman", "cp1252"),
        ("김철수", "cp949", "gb18030"),
        ("Γιώργος", "cp1253", "cp1252"),
        ("Ayşe Yılmaz", "cp1254", "cp1252"),
    ],
)
def test_where_names_look_right_in_several_the_right_one_is_among_those_that_are_asked_about(name, encoding, guessed):
    content = f"Name,Oct 2026\n{name},61\n".encode(encoding)

    samples = {reading.sample for reading in in_doubt(content)}

    assert encoding_of(content) == guessed
    assert name in samples
    assert len(samples) > 1


@pytest.fixture
def team(db):
    return make_team("North", make_organization())


def receive(team, content, by=None):
    upload = intake.receive(team, by or make_admin(team.organization), "scores.csv", content)
    reading.read(upload.pk)
    upload.refresh_from_db()
    return upload


def people(upload):
    return list(upload.people.order_by("pk").values_list("name", "choice"))


def test_one_broken_byte_leaves_all_other_names_whole(team):
    month = this_month(team.organization)
    content = f"Name,{month}\nZoë,61\nJosé,40\n".encode() + b"Ren\xe9,30\n"

    upload = receive(team, content)

    assert people(upload) == [("Zoë", "add"), ("José", "add")]
    assert [(row.cell, row.said, row.text) for row in upload.rows.exclude(problem="")] == [
        ("A4", "“Ren\N{REPLACEMENT CHARACTER}” has a letter that is broken in the file. Write the name.", "Ren\ufffd")
    ]

    reading.mend(upload, upload.rows.get(cell="A4").pk, "René")

    assert people(upload)[-1] == ("René", "add")


def test_names_of_windows_1250_are_read_as_they_are(team):
    upload = receive(team, f"Name;{this_month(team.organization)}\nŁukasz Żak;61\nŠárka;40\n".encode("cp1250"))

    assert people(upload) == [("Łukasz Żak", "add"), ("Šárka", "add")]


def test_where_several_fit_the_import_asks_and_reads_the_answer(team):
    month = this_month(team.organization)
    upload = receive(team, f"Name,{month}\nŘehoř,61\n".encode("cp1250"))
    assert (upload.state, people(upload)) == (ImportState.ASKING, [])

    intake.choose_encoding(upload, 0, "cp1250")
    reading.read(upload.pk)

    upload.refresh_from_db()
    assert (upload.state, people(upload)) == (ImportState.READY, [("Řehoř", "add")])


def test_no_other_encoding_is_taken(team):
    upload = receive(team, f"Name,{this_month(team.organization)}\nŘehoř,61\n".encode("cp1250"))

    with pytest.raises(Refused):
        intake.choose_encoding(upload, 0, "utf-7")


@pytest.mark.parametrize("heading", ["Name", "Jméno"])
def test_the_answer_is_remembered_for_the_next_file_that_may_be_in_it(team, heading):
    def file(name, score, encoding="cp1250"):
        return f"{heading},{this_month(team.organization)}\n{name},{score}\n".encode(encoding)

    alan = make_admin(team.organization)
    intake.choose_encoding(receive(team, file("Řehoř", 60), alan), 0, "cp1250")

    corrected, other = receive(team, file("Řehoř", 61), alan), receive(team, file("Zoë", 61, "utf-8"), alan)

    assert (corrected.state, people(corrected)) == (ImportState.READY, [("Řehoř", "add")])
    assert (other.state, people(other)) == (ImportState.READY, [("Zoë", "add")])
