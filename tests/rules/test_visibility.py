"""Who sees the figures of others."""

import pytest

from teams.rules.visibility import Audience, audience, sees_figures, sees_mean, shows_figures, wall_size


@pytest.mark.parametrize(
    ("visibility", "manages", "sees"),
    [("all", False, True), ("own", False, False), ("none", False, False), ("own", True, True), ("none", True, True)],
)
def test_figures_of_others_are_for_all_or_for_those_who_manage(visibility, manages, sees):
    assert sees_figures(visibility, manages=manages) == sees


@pytest.mark.parametrize(
    ("visibility", "reps", "sees"), [("all", 1, True), ("own", 4, False), ("own", 5, True), ("none", 5, True)]
)
def test_a_mean_of_fewer_than_five_says_too_much_of_each(visibility, reps, sees):
    assert sees_mean(visibility, reps, manages=False) == sees


@pytest.mark.parametrize(
    ("visibility", "manages", "competes", "wanted"),
    [
        ("all", False, True, Audience.RANKS),
        ("all", False, False, Audience.RANKS),
        ("own", False, True, Audience.OWN),
        ("own", False, False, Audience.NONE),
        ("own", True, False, Audience.RANKS),
        ("none", False, True, Audience.NONE),
        ("none", True, True, Audience.RANKS),
    ],
)
def test_the_audience_of_a_board(visibility, manages, competes, wanted):
    assert audience(visibility, manages=manages, competes=competes, sees_ranks=True) == wanted


@pytest.mark.parametrize(
    ("memberships", "shows"),
    [
        ([(1, True)], True),
        ([(2, True)], False),
        ([(2, True), (1, False)], False),
        ([(2, False), (1, False)], True),
        ([], False),
    ],
)
def test_the_team_in_which_a_colleague_competes_decides_about_their_figures(memberships, shows):
    assert shows_figures(memberships, {1}) == shows


@pytest.mark.parametrize("visibility", ["all", "own", "none"])
@pytest.mark.parametrize("manages", [False, True])
def test_whoever_wants_to_see_no_places_sees_none(visibility, manages):
    assert audience(visibility, manages=manages, competes=True, sees_ranks=False) == Audience.NONE


@pytest.mark.parametrize(("ranked", "rows"), [(0, 0), (1, 1), (2, 2), (3, 2), (5, 2), (9, 4), (16, 8), (40, 8)])
def test_a_wall_shows_the_upper_half_and_no_bottom(ranked, rows):
    assert wall_size(ranked) == rows
