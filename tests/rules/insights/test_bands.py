"""How scores are spread."""

from hypothesis import given
from hypothesis import strategies as st

from teams.rules.insights.bands import Band, bands


def test_scores_fall_into_bands_that_touch():
    assert bands([0, 29, 30, 49, 50, 69, 70, 100, 100]) == [
        Band(0, 29, 2),
        Band(30, 49, 2),
        Band(50, 69, 2),
        Band(70, 100, 3),
    ]


@given(st.lists(st.integers(0, 100)))
def test_every_score_lies_in_one_band(totals):
    assert sum(band.count for band in bands(totals)) == len(totals)
