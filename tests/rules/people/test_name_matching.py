"""Who is meant by a name and an address: the very name, another spelling of it, or a question."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.people.name_matching import Fit, Match, Named, Roster, Somebody, doubtful
from teams.rules.sheets.names import key, likeness, person, spelling, turned


def roster(*names, former=()):
    """People numbered from 1; a name may bring its address, as "Maya <maya@example.com>"."""
    people = enumerate((person(name, "", "") for name in names), 1)
    return Roster([Somebody(number, name, frozenset({email} - {""})) for number, (name, email) in people], former)


@pytest.mark.parametrize(
    ("one", "other"),
    [("मीना", "मोना"), ("राम", "रामा"), ("சீதா", "சோதி"), ("ガク", "カク"), ("นัท", "นท")],
)
def test_marks_outside_latin_greek_and_cyrillic_tell_people_apart(one, other):
    assert roster(other).match(one) == Match(Fit.NOBODY)
    assert roster(other, one).match(one).person.id == 2


@pytest.mark.parametrize(
    ("written", "member", "fit"),
    [
        ("Jane Doe", "Jane Doe", Fit.SAME),
        ("JANE  DOE", "Jane Doe", Fit.SAME),
        ("Zoe Doe", "Zoë Doe", Fit.SPELLING),
        ("Алёна", "Алена", Fit.SPELLING),
        ("Martin Paul", "Paul Martin", Fit.ALIKE),
        ("Dr. Jane Doe", "Jane Doe", Fit.ALIKE),
        ("Jane Doe Jr.", "Jane Doe", Fit.ALIKE),
        ("Jörg Müller", "Joerg Mueller", Fit.ALIKE),
        ("Lukasz Zak", "Łukasz Żak", Fit.ALIKE),
        ("Maya Jansen (she/her)", "Maya Jansen", Fit.ALIKE),
        ("Maya Jansen she/her", "Maya Jansen", Fit.ALIKE),
        ("Maya Jansen [on leave]", "Maya Jansen", Fit.ALIKE),
        ("Maya Jansen（産休）", "Maya Jansen", Fit.ALIKE),
        ("Maya Jansen – Elternzeit", "Maya Jansen", Fit.ALIKE),
        ("Maya Jansen | Sales", "Maya Jansen", Fit.ALIKE),
        ("Maya Jansen", "Maya Jansen (Berlin)", Fit.ALIKE),
        ("(Maya)", "Maya", Fit.SPELLING),
        ("Jane Roe", "Jane Doe", Fit.NOBODY),
        ("North average", "Jane Doe", Fit.SUMS),
        ("Top 3", "Jane Doe", Fit.SUMS),
        ("Target", "Jane Doe", Fit.SUMS),
        ("Max Best", "Jane Doe", Fit.NOBODY),
    ],
)
def test_a_name_is_somebody_or_is_asked_about(written, member, fit):
    assert roster(member).match(written).fit == fit


def test_the_very_name_wins_over_another_spelling():
    assert roster("Jose", "José").match("José").person.id == 2
    assert roster("James Thomas", "Thomas James").match("Thomas James").person.id == 2


@pytest.mark.parametrize(
    "name",
    [
        *("Maya", "M.", "M. Jansen", "Jansen M", "Maya J. Jansen", "Dr. Maya Jansen", "Máya  Jansen"),
        *("Maya Jansen (she/her)", "Maya Jansen-Roe", "Maya@Example.com"),
    ],
)
def test_an_address_finds_its_owner_by_whatever_may_be_their_name(name):
    assert roster("Maya Jansen <maya@example.com>").match(name, "maya@example.com").person.id == 1


@pytest.mark.parametrize("name", ["Zoe Stranger", "Ben Roe", "Maya Roe", "B. Jansen", "Team lead", "Maja"])
def test_beside_any_other_name_it_is_asked_whose_it_is(name):
    people = roster("Maya Jansen <maya@example.com>", "Ben Roe")

    assert people.match(name, "maya@example.com").fit == Fit.OTHER
    assert people.match(name, "maya@example.com").alike[0].name == "Maya Jansen"


def test_an_address_that_is_anothers_is_asked_about():
    people = roster("Maya <maya@example.com>", "Ben Roe", "Cy")

    assert people.match("Maya", "maya.e@example.com").fit == Fit.ADDRESS
    assert people.match("Ben Roe", "maya@example.com").fit == Fit.OTHER
    assert people.match("Ben Roe", "ben.roe@example.com").fit == Fit.SAME
    assert people.match("Cy", "cy@example.com").fit == Fit.ADDRESS


def test_a_former_member_is_nobody():
    assert roster("Jane", former=["Former member"]).match("former member") == Match(Fit.FORMER)


def test_two_spellings_of_a_file_for_one_member_are_asked_about():
    zoe = Somebody(1, "Zoë", frozenset())

    assert doubtful([Named(7, "Zoë", "", zoe), Named(8, "Zoe", "", zoe)]) == {8: Fit.TWICE}
    assert doubtful([Named(7, "Zoé", "", zoe)]) == {}
    assert doubtful([Named(7, "Zoé", "", None), Named(8, "Zoe", "", None)]) == {7: Fit.PAIR, 8: Fit.PAIR}
    assert doubtful([Named(7, "Zoe Roe", "", None), Named(8, "Zoe Roe (she/her)", "", None)]) == {
        7: Fit.PAIR,
        8: Fit.PAIR,
    }
    assert doubtful([Named(7, "Ada", "a@x.org", None), Named(8, "Ben", "a@x.org", None)]) == {
        7: Fit.PAIR,
        8: Fit.PAIR,
    }


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Doe, Jane", "Jane Doe"),
        ("Maya Example, MBA", "Maya Example"),
        ("Example, Maya, Ph.D.", "Maya Example"),
        ("Cole Porter, Jr.", "Cole Porter Jr."),
        ("King, Jr., Martin", "Martin King Jr."),
        ("Rahman, Md", "Md Rahman"),
        ("Zhang, He", "He Zhang"),
        ("'t Hooft, Gerard", "Gerard 't Hooft"),
        ("Jane Doe, she/her", "Jane Doe"),
    ],
)
def test_what_follows_a_comma_is_a_first_name_or_a_suffix(written, read):
    assert turned(written) == read


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (("maya.example@example.com", "", ""), ("Maya Example", "maya.example@example.com")),
        (("Maya Example <maya@example.com>", "", ""), ("Maya Example", "maya@example.com")),
        (("Ada", "", "mailto:Ada@example.com"), ("Ada", "ada@example.com")),
        (("Ben", "Roe", "Ben <ben@example.com>"), ("Ben Roe", "ben@example.com")),
        (("Bo\u0301b\u200b", "", ""), ("Bób", "")),
    ],
)
def test_a_rows_cells_say_a_name_and_an_address(cells, read):
    assert person(*cells) == read


NAMES = st.text(alphabet="aàáåæåøłZz мйи μ मीनाोக ー'-,.", min_size=1, max_size=12)


@given(NAMES)
def test_a_name_is_itself_in_either_form_of_unicode(name):
    for form in ("NFC", "NFD"):
        same = unicodedata.normalize(form, name)
        assert (spelling(same), key(same), likeness(same)) == (spelling(name), key(name), likeness(name))
