"""Exports: what stands in them, that nothing in them runs, and that spreadsheets open them."""

import csv
import io
import shutil
import subprocess
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.actions.imports import intake, reading, storing
from teams.actions.submissions import withdraw
from teams.files import spreadsheets
from teams.files.csv_escaping import csv_line, csv_text, defused, undefused
from teams.models import Member, Submission, User
from teams.rules.measure import Pillar
from teams.rules.months import Month
from tests.makers import make_admin, make_organization, make_rep, make_submission, make_team, rank_stale_boards

HERE = "/team/north/export/"
TRAPS = ['=HYPERLINK("http://x","y")', "+1+1", "-2", "@SUM(A1)", "\tx"]


@pytest.fixture
def grace(world, browse):
    return browse(world.grace)


def rows_of(response):
    """The rows of a csv or a workbook."""
    content = b"".join(response.streaming_content)
    if response.headers["Content-Type"].startswith("text/csv"):
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]


def workbook_of(response):
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def test_the_board_goes_out_as_csv(world, grace):
    response = grace.get(HERE + "?what=board&as=csv")

    assert response.headers["Content-Disposition"] == f'attachment; filename="north-{world.month}.csv"'
    assert [row[:3] for row in rows_of(response)] == [
        ["Place", "Name", "Score"],
        ["1", "Ada", "61"],
        ["2", "Ben", "40"],
    ]


def test_numbers_and_days_stay_what_they_are_in_a_workbook(world, grace):
    header, first, *_ = rows_of(grace.get(HERE + "?what=submissions&as=xlsx"))
    named = dict(zip(header, first, strict=True))

    assert (named["Score"], named["Professional brand"], named["Read on"].date()) == (61, 15.25, world.month.first_day)
    assert (named["Name"], named["Month"], named["Counts"]) == ("Ada", str(world.month), "yes")


def test_members_go_out_with_their_addresses(world, grace):
    rows = rows_of(grace.get(HERE + "?what=members&as=csv"))

    assert ["Ada", "ada@example.org", "Rep", "yes", "LinkedIn", "2020-01-01", "", ""] in rows


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_in_an_export_runs_as_a_formula(world, grace, kind):
    for trap in TRAPS:
        make_rep(world.south, trap, login=False)
        world.south.memberships.filter(member__name=trap).update(team=world.north)

    names = [row[0] for row in rows_of(grace.get(f"{HERE}?what=members&as={kind}"))]

    assert [name for name in names if name.startswith(("=", "+", "-", "@", "\t"))] == []
    assert {f"'{trap}" for trap in TRAPS if trap.strip() == trap} <= set(names)


HIDDEN = [
    *["Di;=1+1", "fine;=1+1;@SUM(1)", "a\t+1", "a,-1", "a|=1", "a; =1", "a\u00a0;\u00a0@x", ";;=1", " =1+1", "a\n=1"],
    *['b";=1;"', "a;\uff1d1+1", "\uff0b1", "O'Neil; 'x", "Fine; really: -1 is fine"],
]


def readers(content):
    """What spreadsheets of this world see in a csv: by each separator, with quotes and where they are not known."""
    for separator in ",;\t|":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            lines = io.StringIO(content, newline="") if quoting == csv.QUOTE_MINIMAL else content.splitlines()
            yield list(csv.reader(lines, delimiter=separator, quoting=quoting))


@pytest.mark.parametrize("what", ["members", "submissions"])
def test_wherever_a_csv_is_opened_no_cell_begins_like_a_formula(world, grace, what):
    for trap in HIDDEN:
        rep = make_rep(world.north, "Somebody", login=False)
        Member.objects.filter(pk=rep.pk).update(name=trap)
        make_submission(rep, 50, note=trap)

    content = b"".join(grace.get(f"{HERE}?what={what}&as=csv").streaming_content).decode("utf-8-sig")

    cells = [cell.strip(' "') for rows in readers(content) for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\uff1d", "\uff0b"))] == []
    first = next(readers(content))
    assert "Fine; really: '-1 is fine" not in str(first)
    assert {"Di;'=1+1", "O'Neil; 'x"} <= {row[0] for row in first}


@pytest.mark.parametrize("text", [*TRAPS, *HIDDEN, "'t Hooft", "'; DROP TABLE", "'=1", "a;'=1", "a\t'\t''-1", "'"])
def test_what_was_defused_comes_back_as_it_was(text):
    cell = next(csv.reader(io.StringIO(csv_line([text]), newline="")))[0]

    assert (undefused(defused(text)), csv_text(cell)) == (text, text)


@given(st.text(alphabet="'=+-@ \t\r\n\u00a0,;|\"\uff1dab", min_size=1))
def test_so_does_whatever_else_is_written(text):
    cell = next(csv.reader(io.StringIO(csv_line([text]), newline="")))[0]

    assert (undefused(defused(text)), csv_text(cell)) == (text, text)


def test_numbers_and_days_of_a_csv_stand_there_as_they_are(world, grace):
    make_submission(world.ben, 47, note="Read on the train", pillars=dict.fromkeys(Pillar, Decimal("11.75")))

    content = b"".join(grace.get(f"{HERE}?what=submissions&as=csv").streaming_content).decode("utf-8-sig")
    line = next(line for line in content.splitlines() if "on the train" in line)

    assert line.startswith(f'"Ben","{world.month}",')
    assert ",47,11.75,11.75,11.75,11.75," in line.replace(".750", ".75")
    assert '"Read on the train"' in line


@pytest.mark.parametrize(
    "query", ["what=everything&as=csv", "what=board&as=pdf", "what=board", "what=board&as=csv&month=x"]
)
def test_what_does_not_exist_is_not_found(world, grace, query):
    assert grace.get(f"{HERE}?{query}").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_another_reader_than_the_writer_finds_only_texts_where_formulas_were_typed(world, grace, kind):
    make_rep(world.north, TRAPS[0], login=False)

    content = b"".join(grace.get(f"{HERE}?what=members&as={kind}").streaming_content)
    rows = [cells for _, cells in spreadsheets.rows_of(content)]

    assert ["Ada", "ada@example.org", "Rep"] in [row[:3] for row in rows]
    assert TRAPS[0] in [str(row[0]).removeprefix("'") for row in rows]
    if kind == "xlsx":
        parts = zipfile.ZipFile(io.BytesIO(content))
        assert not any(b"<f>" in parts.read(part) for part in parts.namelist())


def speaks(member, language):
    User.objects.filter(pk=member.user_id).update(language=language)


def reimported(content, name):
    """What another organization's board counts after it imported the file; (name, month, day, score, pillars, note)."""
    team = make_team("Copy", make_organization("Copies"))
    upload = intake.receive(team, make_admin(team.organization, "Cora"), name, content)
    reading.read(upload.pk)
    intake.confirm(upload, leaving_out_errors=False)
    storing.store(upload.pk)
    return readings(team.organization)


def readings(organization):
    counting = Submission.objects.counting().filter(member__organization=organization).select_related("member")
    return sorted(
        (one.member.name, one.month, one.taken_on, one.total, *one.pillars.values(), one.note) for one in counting
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_our_own_import_understands_an_export_in_every_language(world, grace, language, kind):
    before_this = world.month - 1
    make_submission(world.ben, 39, taken_on=before_this.first_day)
    make_submission(world.ben, 41, taken_on=before_this.last_day, note="Read on the train")
    before = [row for row in readings(world.acme) if row[0] in ("Ada", "Ben", "Otto")]
    speaks(world.grace, language)

    response = grace.get(f"{HERE}?what=submissions&as={kind}")
    after = reimported(b"".join(response.streaming_content), f"scores.{kind}")

    assert after == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_what_no_longer_counts_is_left_out_when_an_export_comes_back(world, grace, language, kind):
    make_submission(world.ben, 41, taken_on=world.month.first_day, replaces=world.ben.submissions.get())
    withdraw(make_submission(world.ada, 96, taken_on=world.acme.today()), world.ada)
    make_submission(world.ada, 59, taken_on=world.month.first_day, day_unknown=True)
    before = [row for row in readings(world.acme) if row[0] in ("Ada", "Ben", "Otto")]
    speaks(world.grace, language)

    response = grace.get(f"{HERE}?what=submissions&as={kind}")
    after = reimported(b"".join(response.streaming_content), f"scores.{kind}")

    assert after == before
    assert list(Submission.objects.filter(day_unknown=True).values_list("total", flat=True)) == [59, 59]


@pytest.mark.parametrize(
    ("language", "headings", "role"),
    [
        ("de", ["Name", "E-Mail", "Rolle"], "Teamleitung"),
        ("fr", ["Nom", "E-mail", "Rôle"], "Manager"),
        ("es", ["Nombre", "Correo", "Rol"], "Responsable"),
    ],
)
def test_headings_and_words_are_the_readers(world, grace, language, headings, role):
    speaks(world.grace, language)

    rows = rows_of(grace.get(HERE + "?what=members&as=xlsx"))

    assert [row[:3] for row in (rows[0], *[row for row in rows if row[0] == "Grace"])] == [
        headings,
        ["Grace", "grace@example.org", role],
    ]


def converts(tmp_path, response, name):
    """What LibreOffice reads in an export, as the lines of a csv."""
    (tmp_path / name).write_bytes(b"".join(response.streaming_content))
    office = shutil.which("soffice") or pytest.skip("LibreOffice is not installed.")
    command = [
        office,
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/office",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
    ]
    subprocess.run(
        [*command, "--outdir", tmp_path / "out", tmp_path / name], check=True, capture_output=True, timeout=120
    )
    return (tmp_path / "out" / name).with_suffix(".csv").read_text()


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_libreoffice_opens_it(world, grace, tmp_path, kind):
    make_rep(world.north, "=1+1", login=False)

    read = converts(tmp_path, grace.get(f"{HERE}?what=members&as={kind}"), f"members.{kind}")

    assert "'=1+1" in read
    assert "Ada,ada@example.org,Rep" in read


@pytest.mark.parametrize("link", [HERE + "?what=board&as=csv", "/board/north/{}/csv/"])
def test_umlauts_survive_a_spreadsheet_and_our_own_import(world, grace, link):
    Member.objects.filter(pk=world.ada.pk).update(name="Ädá Müller-Łęcka")

    response = grace.get(link.format(world.month))

    content = b"".join(response)
    read = [list(cells) for _, cells in spreadsheets.rows_of(content)]
    assert content.startswith(b"\xef\xbb\xbf")
    assert [row[:3] for row in read[1:]] == [["1", "Ädá Müller-Łęcka", "61"], ["2", "Ben", "40"]]


def test_scores_by_month_have_a_row_for_each_person_and_a_column_for_each_month(world, grace):
    make_submission(world.ben, 39, month=world.month - 1)
    rank_stale_boards()

    written = rows_of(grace.get(HERE + "?what=months&as=csv"))
    sheet = workbook_of(grace.get(HERE + "?what=months&as=xlsx")).active

    months = written[0][1:]
    assert months == sorted(months)
    assert {str(world.month - 1), str(world.month)} <= {*months}
    by_name = {row[0]: dict(zip(months, row[1:], strict=True)) for row in written[1:]}
    assert (by_name["Ben"][str(world.month - 1)], by_name["Ben"][str(world.month)]) == ("39", "40")
    assert by_name["Ada"][str(world.month)] == "61"
    assert [cell.value.date() for cell in sheet[1][1:]] == [Month.parse(month).first_day for month in months]


@pytest.mark.parametrize("what", ["board", "submissions", "months", "members"])
def test_a_workbook_has_bold_headings_that_stay_and_columns_that_fit(world, grace, what):
    sheet = workbook_of(grace.get(f"{HERE}?what={what}&as=xlsx")).active

    assert sheet.freeze_panes == "B2"
    assert [row[0].font.bold for row in sheet["A1:A2"]] == [True, False]
    wide = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1] if isinstance(cell.value, str)]
    assert wide == [max(width, len(cell.value) + 2) for width, cell in zip(wide, sheet[1], strict=False)]
