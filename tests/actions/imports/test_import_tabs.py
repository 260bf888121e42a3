"""All tabs of a workbook are one import: what they say of one reading is joined, and what contradicts is said."""

from dataclasses import replace

import openpyxl
import pytest

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.imports import intake, reading, storing, tabs
from teams.models import ImportState, Submission
from teams.rules.errors import Refused
from tests.actions.imports.test_imports import judged, months, receive, store
from tests.awkward import saved
from tests.makers import make_admin, make_organization, make_rep, make_team

OTHER = "“%s” sounds like targets, changes or ranks. Include it only if it holds scores as LinkedIn showed them."
PILLARS = ("Brand", "People", "Insights", "Relationships")


@pytest.fixture
def team(db):
    return make_team("North", make_organization())


@pytest.fixture
def alan(team):
    return make_admin(team.organization)


def workbook(**tabs):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tabs.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def totals(team, *rows):
    return [["Name", *map(str, months(team, 2))], *rows]


def counting():
    """What counts, as (name, place of the month, total, the four parts, day unknown)."""
    rows = Submission.objects.counting().select_related("member").order_by("member__name", "month")
    return [
        (row.member.name, row.total, *(None if part is None else float(part) for part in row.pillars.values()))
        for row in rows
    ]


def test_totals_on_one_tab_and_pillars_on_another_are_one_reading(team, alan):
    first, second = months(team, 2)
    parts = [["Name", "Month", *PILLARS], ["Ada", str(first), 17.2, 12, 10, 22], ["Ada", str(second), 18, 12, 10, 23]]

    upload = receive(
        team, alan, workbook(Totals=totals(team, ["Ada", 61, 63], ["Ben", 40, None]), Parts=parts), "a.xlsx"
    )

    assert judged(upload) == [
        ("B2", "member", ""),
        ("C2", "member", ""),
        ("B3", "member", ""),
        ("C2", "part", ""),
        ("C3", "part", ""),
    ]
    assert list(upload.sheets.values_list("name", "chosen")) == [("Totals", True), ("Parts", True)]
    store(upload)
    assert counting() == [
        ("Ada", 61, 17.2, 12, 10, 22),
        ("Ada", 63, 18, 12, 10, 23),
        ("Ben", 40, None, None, None, None),
    ]


def test_parts_that_do_not_make_the_total_are_pointed_out(team, alan):
    [first, second] = months(team, 2)
    parts = [["Name", "Month", *PILLARS], ["Ada", str(first), 20, 15, 11, 12], ["Ada", str(second), 18, 12, 10, 23.4]]

    upload = receive(team, alan, workbook(Totals=totals(team, ["Ada", 66, 63]), Parts=parts), "a.xlsx")

    whole = upload.rows.filter(part_of=None).order_by("pk")
    assert [(row.whole_total, row.other_sum) for row in whole] == [(66, 58), (63, None)]


def test_tabs_named_after_a_pillar_hold_that_pillar(team, alan):
    tabs = {"SSI": totals(team, ["Ada", None, 61])}
    tabs |= {
        name: totals(team, ["Ada", None, points]) for name, points in zip(PILLARS, (17, 12.5, 10, 21), strict=True)
    }

    store(receive(team, alan, workbook(**tabs), "a.xlsx"))

    assert counting() == [("Ada", 61, 17, 12.5, 10, 21)]


def test_parts_without_a_total_anywhere_are_rows_to_correct(team, alan):
    tabs = {"SSI": totals(team, ["Ada", None, 61]), "Brand": totals(team, ["Ada", 17, 17])}

    assert judged(receive(team, alan, workbook(**tabs), "a.xlsx")) == [
        ("C2", "member", ""),
        ("B2", "error", "no_total"),
        ("C2", "part", ""),
    ]


def test_tabs_that_contradict_each_other_are_said_to(team, alan):
    tabs = {"SSI": totals(team, ["Ada", None, 61]), "Copy": totals(team, ["Ada", None, 16])}
    upload = receive(team, alan, workbook(**tabs), "a.xlsx")
    assert judged(upload) == [("C2", "error", "twice"), ("C2", "error", "twice")]

    intake.leave_out(upload, 1)
    reading.read(upload.pk)

    assert judged(upload) == [("C2", "member", "")]
    with pytest.raises(Refused, match="the only tab"):
        intake.leave_out(upload, 0)


def test_a_tab_that_was_left_out_is_left_out_of_the_corrected_file_too(team, alan):
    tabs = {"SSI": totals(team, ["Ada", None, 61]), "Copy": totals(team, ["Ada", None, 16])}
    intake.leave_out(receive(team, alan, workbook(**tabs), "a.xlsx"), 1)

    again = receive(team, alan, workbook(**tabs | {"SSI": totals(team, ["Ada", 60, 61])}), "b.xlsx")

    assert judged(again) == [("B2", "member", ""), ("C2", "member", "")]


def test_a_tab_of_targets_is_left_out_until_somebody_says_that_it_holds_scores(team, alan):
    tabs_of_file = {"Targets": totals(team, ["Ada", 70, 71]), "Actual": totals(team, ["Ada", None, 61])}
    upload = receive(team, alan, workbook(**tabs_of_file), "a.xlsx")
    assert judged(upload) == [("C2", "member", "")]

    intake.look_elsewhere(upload, 0, None)
    asked = upload.sheets.get(number=0)

    assert (upload.state, tabs.layout_of(asked).missing()) == (ImportState.READY, [OTHER % "Targets"])


def test_a_table_that_is_titled_targets_is_asked_about_once(team, alan):
    rows = [["SSI Targets"], *totals(team, ["Ada", 70, 71])]

    upload = receive(team, alan, workbook(Sheet1=rows), "a.xlsx")
    [tab] = upload.sheets.all()
    assert (upload.state, tabs.layout_of(tab).missing()) == (ImportState.ASKING, [OTHER % "SSI Targets"])
    intake.answer(upload, 0, replace(tabs.layout_of(tab), other_title=""))

    assert receive(team, alan, workbook(Sheet1=rows), "b.xlsx").state == ImportState.READY
    other = receive(team, alan, workbook(Sheet1=[["SSI Plan"], *rows[1:]]), "c.xlsx")
    assert other.state == ImportState.ASKING


def test_what_is_no_table_is_left_out_and_named(team, alan):
    tabs = {"Read me": [["These are our scores."], ["Ask Ada"]], "SSI": totals(team, ["Ada", None, 61])}

    upload = receive(team, alan, workbook(**tabs), "a.xlsx")

    assert list(upload.sheets.values_list("name", "kind", "chosen")) == [("Read me", "", False), ("SSI", "sheet", True)]
    assert judged(upload) == [("C2", "member", "")]


def test_one_person_under_two_names_on_two_tabs_is_joined_once_that_is_said(team, alan):
    ada = make_rep(team, "Ada Lovelace")
    month = months(team, 2)[1]
    parts = [["Name", "Month", *PILLARS], ["A. Lovelace", str(month), 17, 12, 10, 22]]
    upload = receive(team, alan, workbook(Totals=totals(team, ["Ada Lovelace", None, 61]), Parts=parts), "a.xlsx")
    assert judged(upload) == [("C2", "new", ""), ("C2", "member", "")]

    intake.choose_people(upload, {upload.people.get(name="A. Lovelace").pk: str(ada.pk)})

    assert judged(upload) == [("C2", "new", ""), ("C2", "part", "")]


def test_pillars_in_a_second_file_complete_what_is_stored(team, alan):
    month = months(team, 2)[1]
    text = f"Name,Month,{','.join(PILLARS)}\nAda,{month},17,12,10,22\n"
    first = store(receive(team, alan, f"Name,{month}\nAda,61\n"))

    second = receive(team, alan, text)
    assert judged(second) == [("C2", "adds", "")]
    store(second)

    assert counting() == [("Ada", 61, 17, 12, 10, 22)]
    assert judged(receive(team, alan, text)) == [("C2", "same", "")]
    storing.take_back(second, alan)
    assert counting() == [("Ada", 61, None, None, None, None)]
    storing.take_back(first, alan)
    rank_stale_boards()
    assert counting() == []


def test_taken_back_in_the_order_in_which_they_came_nothing_comes_back(team, alan):
    month = months(team, 2)[1]
    first = store(receive(team, alan, f"Name,{month}\nAda,61\n"))
    second = store(receive(team, alan, f"Name,Month,{','.join(PILLARS)}\nAda,{month},17,12,10,22\n"))

    storing.take_back(first, alan)
    storing.take_back(second, alan)

    assert counting() == []


def test_pillars_that_do_not_make_the_stored_total_are_asked_about(team, alan):
    month = months(team, 2)[1]
    store(receive(team, alan, f"Name,{month}\nAda,61\n"))

    assert judged(receive(team, alan, f"Name,Month,{','.join(PILLARS)}\nAda,{month},17,12,10,12\n")) == [
        ("C2", "conflict", "")
    ]


def test_pillars_with_their_day_complete_a_total_whose_day_is_unknown(team, alan):
    month, day = months(team, 2)[0], months(team, 2)[0].first_day
    store(receive(team, alan, f"Name,{month}\nAda,61\n"))

    store(receive(team, alan, f"Name,Date,{','.join(PILLARS)}\nAda,{day},17,12,10,22\n"))

    assert counting() == [("Ada", 61, 17, 12, 10, 22)]
    assert list(Submission.objects.counting().values_list("taken_on", "day_unknown")) == [(day, False)]


def test_who_somebody_is_is_remembered_for_the_corrected_file(team, alan):
    ada, month = make_rep(team, "Ada Lovelace"), months(team, 1)[0]
    upload = receive(team, alan, f"Name,{month}\nA. L.,sixty\nTest user,12\n")
    people = {person.name: person.pk for person in upload.people.all()}
    intake.choose_people(upload, {people["A. L."]: str(ada.pk), people["Test user"]: "skip"})
    intake.cancel(upload)

    again = receive(team, alan, f"Name,{month}\nA. L.,60\nTest user,12\nBen,40\n")

    assert judged(again) == [("B2", "new", ""), ("B3", "skipped", ""), ("B4", "member", "")]


def test_a_total_with_decimals_is_rounded_half_up_and_says_so(team, alan):
    month = months(team, 1)[0]

    upload = receive(team, alan, f"Name;{month}\nAda;41,5\nBen;40\n")

    assert [(row.total, row.rounded_from and float(row.rounded_from)) for row in upload.rows.all()] == [
        (42, 41.5),
        (40, None),
    ]


def test_a_cell_is_mended_in_the_preview_itself(team, alan):
    month = months(team, 1)[0]
    upload = receive(team, alan, f"Name,{month}\nAda,sixty\nBen,40\n")
    [wrong] = upload.rows.exclude(problem="")
    assert (wrong.cell, wrong.text) == ("B2", "sixty")

    reading.mend(upload, wrong.pk, " 60 ")

    assert sorted(judged(upload)) == [("B2", "member", ""), ("B3", "member", "")]
    store(upload)
    assert [(name, total) for name, total, *_ in counting()] == [("Ada", 60), ("Ben", 40)]


def test_a_cell_that_is_mended_wrongly_is_asked_about_again_and_emptied_it_is_left_out(team, alan):
    upload = receive(team, alan, f"Name,{months(team, 1)[0]}\nAda,sixty\nBen,40\n")

    reading.mend(upload, upload.rows.get(cell="B2").pk, "600")
    assert upload.rows.get(cell="B2").text == "600"
    reading.mend(upload, upload.rows.get(cell="B2").pk, "")

    assert judged(upload) == [("B3", "member", "")]


def test_what_was_mended_stays_when_the_file_is_read_anew(team, alan):
    tabs = {"SSI": totals(team, ["Ada", None, "sixty"]), "Copy": totals(team, ["Ada", None, 60])}
    upload = receive(team, alan, workbook(**tabs), "a.xlsx")
    reading.mend(upload, upload.rows.get(sheet__number=0).pk, "61")

    intake.leave_out(upload, 1)
    reading.read(upload.pk)

    assert list(upload.rows.values_list("cell", "total")) == [("C2", 61)]


def test_a_cell_that_reads_well_is_not_mended(team, alan):
    upload = receive(team, alan, f"Name,{months(team, 1)[0]}\nAda,60\n")

    with pytest.raises(Refused, match="needs no correction"):
        reading.mend(upload, upload.rows.get().pk, "61")


def test_whoever_has_an_address_on_one_tab_is_the_same_on_the_tab_without(team, alan):
    month = months(team, 2)[1]
    parts = [["Name", "Email", "Month", *PILLARS], ["Ada", "ada@example.com", str(month), 17, 12, 10, 22]]

    upload = receive(team, alan, workbook(Totals=totals(team, ["Ada", 60, 61]), Parts=parts), "a.xlsx")

    assert list(upload.people.values_list("name", "email")) == [("Ada", "ada@example.com")]
    assert judged(upload) == [("B2", "member", ""), ("C2", "member", ""), ("D2", "part", "")]
