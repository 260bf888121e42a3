"""Whom an import takes the people of a file for: never somebody else without a question."""

from pathlib import Path

import pytest

from teams.actions.imports import intake, reading
from teams.models import ImportPerson
from teams.rules.people.name_matching import ASKED_ABOUT, Fit
from teams.words.name_doubts import DOUBTS
from tests.makers import make_admin, make_organization, make_rep, make_team, this_month

SAMPLES = Path(__file__).parents[2] / "samples" / "imports"


@pytest.fixture
def team(db):
    return make_team("North", make_organization())


def people_of(team, content):
    """Everybody a file names, as (name, address, member's name, what becomes of the rows)."""
    upload = intake.receive(team, make_admin(team.organization), "scores.csv", content)
    reading.read(upload.pk)
    people = upload.people.select_related("member").order_by("pk")
    return [(one.name, one.email, one.member and one.member.name, one.choice) for one in people]


def sample(name):
    return (SAMPLES / name).read_bytes()


def test_meena_is_not_mona(team):
    make_rep(team, "मोना")

    assert people_of(team, sample("names_hindi.csv")) == [("मीना", "", None, "add")]


def test_martin_paul_may_be_paul_martin(team):
    make_rep(team, "Paul Martin")

    assert people_of(team, sample("names_swapped.csv")) == [("Martin Paul", "", None, "ask")]


def test_a_name_that_fits_at_another_address_is_asked_about(team):
    maya = make_rep(team, "Maya Example")
    assert maya.user.email != "maya.e@example.com"

    assert people_of(team, sample("address_differs.csv")) == [("Maya Example", "maya.e@example.com", None, "ask")]


def test_an_address_in_the_column_of_names_is_whose_it_is(team):
    maya = make_rep(team, "Maya Example")
    maya.user.email = "maya@example.com"
    maya.user.save()

    assert people_of(team, sample("address_as_name.csv")) == [("Maya", "maya@example.com", "Maya Example", "known")]


def test_a_degree_behind_a_comma_is_no_first_name(team):
    make_rep(team, "Maya Example")

    assert people_of(team, sample("degree_behind_comma.csv")) == [("Maya Example", "", "Maya Example", "known")]


def test_an_apostrophe_that_belongs_to_a_name_stays(team):
    assert people_of(team, sample("apostrophe_name.csv")) == [("Gerard 't Hooft", "", None, "add")]


def test_lines_of_averages_are_asked_about_and_not_added(team):
    assert people_of(team, sample("group_average.csv")) == [
        ("Maya Example", "", None, "add"),
        ("North average", "", None, "ask"),
        ("Top 3 average", "", None, "ask"),
    ]


def test_two_spellings_of_one_member_in_a_file_are_two_people_until_somebody_says_otherwise(team):
    make_rep(team, "José Example")

    content = f"Name,{this_month(team.organization)}\nJosé Example,61\nJose Example,40\n".encode()

    assert people_of(team, content) == [
        ("José Example", "", "José Example", "known"),
        ("Jose Example", "", None, "ask"),
    ]


def test_one_address_for_two_names_is_nobodys(team):
    content = f"Name,Email,{this_month(team.organization)}\nAda,boss@example.com,61\nBen,boss@example.com,40\n".encode()

    assert people_of(team, content) == [
        ("Ada", "boss@example.com", None, "ask"),
        ("Ben", "boss@example.com", None, "ask"),
    ]


@pytest.mark.parametrize(("score", "choice"), [(61, "ask"), (62, "known"), (55, "known")])
def test_max_is_asked_about_where_the_scores_are_the_highest_of_the_others(team, score, choice):
    make_rep(team, "Max")

    content = f"Name,{this_month(team.organization)}\nAda,61\nBen,40\nMax,{score}\nMin.,40\n".encode()

    assert [(name, said) for name, _, _, said in people_of(team, content)] == [
        ("Ada", "add"),
        ("Ben", "add"),
        ("Max", choice),
        ("Min.", "ask"),
    ]


def test_an_import_keeps_why_it_asks_about_a_name(team):
    maya = make_rep(team, "Maya Example")
    for name in ("Sam Roe", "Samuel Roe", "Paul Martin", "José Blanc"):
        make_rep(team, name)
    team.organization.members.filter(name="Samuel Roe").update(name="Sam Roe")
    content = "\n".join(
        [
            f"Name,Email,{this_month(team.organization)}",
            "Sam Roe,,50",
            "Maya Example,other@example.com,51",
            f"Somebody Else,{maya.user.email},52",
            "Martin Paul,,53",
            "North average,,54",
            "José Blanc,,55",
            "Jose Blanc,,56",
            "Zoé New,,57",
            "Zoe New,,58",
            "Min,,50",
            "Nobody Known,,59",
        ]
    )

    upload = intake.receive(team, make_admin(team.organization), "scores.csv", content.encode())
    reading.read(upload.pk)

    assert dict(upload.people.values_list("name", "asked_because")) == {
        "Sam Roe": Fit.SEVERAL,
        "Maya Example": Fit.ADDRESS,
        "Somebody Else": Fit.OTHER,
        "Martin Paul": Fit.ALIKE,
        "North average": Fit.SUMS,
        "José Blanc": "",
        "Jose Blanc": Fit.TWICE,
        "Zoé New": Fit.PAIR,
        "Zoe New": Fit.PAIR,
        "Min": Fit.EXTREME,
        "Nobody Known": "",
    }


def test_each_reason_to_ask_has_a_sentence_until_somebody_has_answered():
    asked, answered = ImportPerson.Choice.ASK, ImportPerson.Choice.ADD

    assert {*DOUBTS} == {*ASKED_ABOUT}
    assert ImportPerson(choice=asked, asked_because=Fit.ALIKE).why_asked == "A member’s name is nearly the same."
    assert ImportPerson(choice=answered, asked_because=Fit.ALIKE).why_asked == ""
    assert ImportPerson(choice=asked).why_asked == ""


@pytest.mark.parametrize(
    "name", ["Overall", "Team North", "Std dev", "Count", "Previous month", "Anzahl", "Ø", "Vorjahr"]
)
def test_so_is_a_new_name_that_says_what_a_line_counts(team, name):
    content = f"Name,{this_month(team.organization)}\nAda,61\n{name},40\n".encode()

    assert people_of(team, content) == [("Ada", "", None, "add"), (name, "", None, "ask")]
