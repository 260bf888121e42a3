"""Scores copied from a spreadsheet find whose they are, or nobody."""

import pytest

from teams.rules.months import Month
from teams.rules.people.name_matching import Roster, Somebody
from teams.rules.sheets.pasted_scores import PlacedScores, placed_scores

NOVEMBER = Month(2026, 11)
PEOPLE = [Somebody(1, "Ada Lovelace"), Somebody(2, "Ben Roe"), Somebody(3, "José Müller")]


def placed(text, people=PEOPLE):
    return placed_scores(text, Roster(people), NOVEMBER)


def test_names_and_scores_in_any_order():
    found = placed("Ben Roe\t55\nAda Lovelace\t61\n")

    assert found == PlacedScores({2: {"total": "55"}, 1: {"total": "61"}})


@pytest.mark.parametrize(
    "line", ["Ben Roe 55", "Ben Roe: 55", "Ben Roe – 55", "Ben Roe, 55", "Ben Roe;55", "Ben Roe = 55 "]
)
def test_a_name_and_its_score_as_one_writes_them_into_a_mail(line):
    assert placed(f"Ada Lovelace\t61\n{line}").texts == {1: {"total": "61"}, 2: {"total": "55"}}


def test_a_score_and_its_pillars_without_tabs():
    found = placed("Ada Lovelace 61 15,5 12 10,25 23,25")

    expected = {"total": "61", "brand": "15,5", "people": "12", "insights": "10,25", "relationships": "23,25"}
    assert found == PlacedScores({1: expected})


@pytest.mark.parametrize("line", ["Ben Roe 54 55", "Ben Roe -5", "Ben Roe 55 points", "55 Ben Roe", "Ben Roe 5a"])
def test_a_line_that_leaves_it_open_which_number_is_the_score_is_left_out(line):
    assert placed(line) == PlacedScores(left_out=[line])


def test_names_scores_and_pillars_in_the_page_s_order_with_decimal_commas():
    found = placed("Ada Lovelace\t61\t15,5\t12\t10,25\t23,25")

    expected = {"total": "61", "brand": "15,5", "people": "12", "insights": "10,25", "relationships": "23,25"}
    assert found.texts == {1: expected}


def test_headings_say_which_column_is_which():
    found = placed("Team\tName\tPeople\tSSI\tBrand\nNorth\tAda Lovelace\t12\t61\t15.5")

    assert found.texts == {1: {"people": "12", "total": "61", "brand": "15.5"}}


def test_of_a_sheet_of_months_it_is_this_months_column():
    found = placed("Name\tSep 2026\tOct 2026\tNov 2026\nBen Roe\t50\t52\t55")

    assert found.texts == {2: {"total": "55"}}


@pytest.mark.parametrize(
    "header", ["Name\tOct 2026\tNov 2026\tTotal", "Vertriebler\tErgebnis\tVormonat", "Name\tQuota", "Name\tOct 2026"]
)
def test_headings_that_leave_it_open_which_column_counts_fill_in_nothing(header):
    found = placed(f"{header}\nAda Lovelace\t61\t62\t63")

    assert found == PlacedScores(left_out=["Ada Lovelace 61 62 63"])


def test_another_spelling_of_a_name_is_the_same_person():
    assert placed("BEN ROE\t55\njosé muller\t40").texts == {2: {"total": "55"}, 3: {"total": "40"}}


def test_a_name_that_may_be_anothers_is_left_out():
    assert placed("Roe B.\t55") == PlacedScores(left_out=["Roe B."])


def test_who_is_unknown_or_there_twice_is_left_out_and_named():
    found = placed("Ada Lovelace\t61\nCleo\t70\nBen Roe\t55\nBen Roe\t56")

    assert found == PlacedScores({1: {"total": "61"}}, ["Cleo", "Ben Roe", "Ben Roe"])


def test_two_people_of_one_name_are_not_told_apart():
    found = placed("Ada Lovelace\t61", [*PEOPLE, Somebody(4, "Ada Lovelace")])

    assert found == PlacedScores(left_out=["Ada Lovelace"])


def test_numbers_alone_go_down_the_list_when_they_are_as_many():
    assert placed("61\t15\n55\n-\n").texts == {1: {"total": "61", "brand": "15"}, 2: {"total": "55"}, 3: {"total": ""}}


@pytest.mark.parametrize("text", ["61\n55", "61\n55\n40\n30"])
def test_numbers_alone_are_left_out_when_they_are_more_or_fewer(text):
    assert placed(text) == PlacedScores(left_out=text.split())


@pytest.mark.parametrize("text", ["", "\n\n", "\t\t\n", "Name\tScore"])
def test_where_nothing_is_there_nothing_happens(text):
    assert placed(text).texts == {}


def test_what_is_no_number_stands_in_the_field_for_its_owner_to_see():
    assert placed("Ben Roe\t55\nAda Lovelace\tabout 60").texts[1] == {"total": "about 60"}


def test_numbers_alone_go_from_the_chosen_field_on_as_far_as_there_is_room():
    def from_ben(text):
        return placed_scores(text, Roster(PEOPLE), NOVEMBER, (2, "insights"))

    assert from_ben("10\t11\n12\t13").texts == {
        2: {"insights": "10", "relationships": "11"},
        3: {"insights": "12", "relationships": "13"},
    }
    assert from_ben("10").texts == {2: {"insights": "10"}}
    assert [from_ben(text).texts for text in ("1\n2\n3", "1\t2\t3")] == [{}, {}]


def test_names_count_more_than_the_chosen_field():
    assert placed_scores("Ada Lovelace\t61", Roster(PEOPLE), NOVEMBER, (2, "total")).texts == {1: {"total": "61"}}
