"""What a wall shows, in which order, when it is bright, and how it is."""

from datetime import datetime, timedelta

import pytest

from teams.rules.displays.pairing import hyphenated, read_code
from teams.rules.displays.slides import CHOICE, Contact, Facts, Slide, contact, is_bright, round_of, slides

EVERYTHING = Facts(
    shows_places=True,
    ranked=7,
    improved=4,
    goals=1,
    challenges=2,
    moments=3,
    thanks=1,
    has_pillars=True,
    takes_scores=True,
    closed_for=timedelta(days=1),
)
NOW = datetime(2026, 11, 23, 14, 5)


def with_facts(**facts):
    return slides(Facts(**{name: getattr(EVERYTHING, name) for name in EVERYTHING.__slots__} | facts), CHOICE)


def test_with_everything_there_the_round_has_its_order():
    assert slides(EVERYTHING, CHOICE) == [
        Slide.STANDINGS,
        Slide.PODIUM,
        Slide.IMPROVED,
        Slide.GOAL,
        Slide.CHALLENGES,
        Slide.MOMENTS,
        Slide.THANKS,
        Slide.PILLARS,
        Slide.TIP,
        Slide.SUBMIT,
    ]


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"improved": 0}, Slide.IMPROVED),
        ({"goals": 0}, Slide.GOAL),
        ({"challenges": 0}, Slide.CHALLENGES),
        ({"moments": 0}, Slide.MOMENTS),
        ({"thanks": 0}, Slide.THANKS),
        ({"has_pillars": False}, Slide.PILLARS),
        ({"takes_scores": False}, Slide.SUBMIT),
        ({"closed_for": None}, Slide.PODIUM),
        ({"closed_for": timedelta(days=3)}, Slide.PODIUM),
    ],
)
def test_a_slide_with_nothing_to_show_is_left_out(facts, missing):
    assert with_facts(**facts) == [slide for slide in slides(EVERYTHING, CHOICE) if slide != missing]


def test_where_places_are_not_for_everybody_there_is_coverage_and_the_goal():
    assert with_facts(shows_places=False) == [Slide.GOAL, Slide.THANKS, Slide.TIP, Slide.SUBMIT]
    assert with_facts(shows_places=False, goals=0) == [Slide.COVERAGE, Slide.THANKS, Slide.TIP, Slide.SUBMIT]


def test_a_wall_is_never_empty():
    assert slides(EVERYTHING, []) == [Slide.COVERAGE]
    assert with_facts(ranked=0, goals=0)[0] == Slide.COVERAGE


def test_only_what_was_chosen_is_shown():
    assert slides(EVERYTHING, ["goal", "standings"]) == [Slide.STANDINGS, Slide.GOAL]


def test_teams_come_in_turn_and_what_is_for_everybody_once():
    one = [Slide.STANDINGS, Slide.TIP, Slide.SUBMIT]

    assert round_of([one, one]) == [
        (0, Slide.STANDINGS),
        (1, Slide.STANDINGS),
        (1, Slide.TIP),
        (1, Slide.SUBMIT),
    ]


def test_a_team_that_takes_no_scores_does_not_hide_where_another_does():
    assert round_of([[Slide.STANDINGS, Slide.SUBMIT], [Slide.STANDINGS, Slide.TIP]]) == [
        (0, Slide.STANDINGS),
        (0, Slide.SUBMIT),
        (1, Slide.STANDINGS),
        (1, Slide.TIP),
    ]


@pytest.mark.parametrize(
    ("day", "hour", "hours", "bright"),
    [
        (23, 14, (7, 19), True),
        (23, 6, (7, 19), False),
        (23, 7, (7, 19), True),
        (23, 19, (7, 19), False),
        (22, 14, (7, 19), False),  # a Sunday
        (22, 14, (8, 8), True),
        (20, 23, (22, 6), True),  # a Friday's night shift
        (21, 5, (22, 6), True),
        (21, 23, (22, 6), False),
        (23, 5, (22, 6), False),  # what began on Sunday
    ],
)
def test_a_wall_is_bright_while_people_are_there(day, hour, hours, bright):
    assert is_bright(datetime(2026, 11, day, hour, 30), *hours) is bright


@pytest.mark.parametrize(
    ("paired", "seen", "how"),
    [
        (False, NOW, Contact.UNPAIRED),
        (True, None, Contact.WAITING),
        (True, NOW - timedelta(seconds=90), Contact.SHOWING),
        (True, NOW - timedelta(minutes=4), Contact.LOST),
    ],
)
def test_a_screen_that_is_not_heard_of_for_three_minutes_is_lost(paired, seen, how):
    assert contact(is_paired=paired, seen_at=seen, now=NOW) == how


@pytest.mark.parametrize("typed", ["BCDF-GHJK", "bcdfghjk", " bcdf ghjk ", "BCDF–GHJK"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "BCDFGHJK"
    assert hyphenated("BCDFGHJK") == "BCDF-GHJK"


@pytest.mark.parametrize("typed", ["", "BCDF", "BCDFGHJKL", "AEIOUAEI", "<script>", "١٢٣٤٥٦٧٨"])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) is None
