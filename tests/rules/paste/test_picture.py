"""A picture of LinkedIn's page, as the words that a browser saw in it: those of real ones, recorded."""

import json
import sys

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from teams.rules.paste import Doubt, FieldState
from teams.rules.paste.picture import MOST_BYTES, SCORES, read, seen
from teams.rules.paste.result import NOT_SSI_PAGE
from tests.page_pictures import FOLDER, MARKED, differing, exact, truth

WORDS = json.loads((FOLDER / "words.json").read_text())
TRUTH = truth()

ROWS = ["13.118 Establish your professional brand", "3.68 Find the right people"]
ROWS += ["0.3 Engage with insights", "2.608 Build relationships"]


def reading_of(name):
    return read(seen(json.dumps(WORDS[name])))


@pytest.mark.parametrize("name", WORDS)
def test_a_field_that_is_wrong_is_marked_or_empty(name):
    reading = reading_of(name)

    wrong = {field for field in differing(reading, TRUTH[name]) if getattr(reading, field) is not None}
    assert wrong - reading.unsure == set()


@pytest.mark.parametrize("name", [name for name in WORDS if name not in MARKED])
def test_the_five_scores_are_read_from_whole_pictures_photographs_and_sideways_ones(name):
    assert differing(reading_of(name), {field: TRUTH[name][field] for field in SCORES}) == set()


def words(*lines, size=20, top=0, left=0):
    """Lines of words as they stand under each other, everything seen clearly."""
    placed = []
    for row, line in enumerate(lines):
        x = left
        for word in line.split():
            y = top + 2 * row * size
            placed.append([x, y, x + len(word) * size // 2, y + size, 96, word])
            x += (len(word) + 1) * size // 2
    return placed


def picture(total="20", rows=ROWS, closer=()):
    """The member's card: the score in its ring on the left, the pillars on the right."""
    ring = [[100, 100, 200, 160, 96, total], *words("out of 100", top=180, left=90)]
    title = words("Current Social Selling Index")
    placed = [*title, *ring, *words(*rows, top=80, left=400)]
    return seen(json.dumps({"words": placed, "closer": list(closer)}))


def test_the_score_in_its_ring_and_the_pillars_beside_it_prove_each_other():
    reading = read(picture())

    assert [getattr(reading, field) for field in SCORES] == [20, *map(exact, [13.118, 3.68, 0.3, 2.608])]
    assert (reading.state, reading.doubts) == (FieldState.OK, {})


def test_a_score_that_the_pillars_do_not_make_marks_all_five():
    reading = read(picture(total="29"))

    assert reading.unsure == {*SCORES}


def test_pillars_without_a_score_that_was_seen_are_all_marked():
    reading = read(seen(json.dumps({"words": words("Social Selling Index", *ROWS), "closer": []})))

    assert (reading.total, reading.unsure) == (20, {*SCORES})


def test_a_score_that_only_the_look_from_near_saw_right_counts():
    reading = read(picture(total="29", closer=[[101, 99, 199, 161, 95, "20"]]))

    assert (reading.total, reading.doubts) == (20, {})


def test_a_pillar_that_the_two_looks_saw_differently_is_marked():
    rows = words(*ROWS, top=80, left=400)
    reading = read(picture(closer=[[*rows[0][:4], 90, "13.113"]]))

    assert reading.doubts == {"brand": Doubt.UNCLEAR}


def test_a_lost_decimal_point_comes_back_where_one_way_makes_the_score_and_all_five_are_marked():
    reading = read(picture(rows=["13118 Establish your professional brand", *ROWS[1:]]))

    assert (reading.brand, reading.unsure) == (exact(13.118), {*SCORES})


def test_digits_that_nearly_touch_are_one_number_and_a_rank_belongs_to_what_stands_below_it():
    rank = [[0, 0, 36, 20, 96, "Top"], [44, 0, 54, 20, 96, "1"], [57, 0, 85, 20, 96, "3%"]]
    page = [*rank, *words("Industry SSI Rank", size=12, top=28), *words("Your Social Selling Index", top=80)]

    assert read(seen(json.dumps({"words": page, "closer": []}))).industry_rank == 13


def test_a_picture_of_something_else_says_so():
    assert read(seen(json.dumps({"words": words("Lunch at 12", "Soup 4.50"), "closer": []}))) == NOT_SSI_PAGE


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "[]",
        "{}",
        '{"words": 1, "closer": []}',
        '{"words": [[1, 2, 3]], "closer": []}',
        '{"words": [[1, 2, 3, 4, 90, 5]], "closer": []}',
        '{"words": [["1", 2, 3, 4, 90, "a"]], "closer": []}',
        '{"words": [[1e400, 2, 3, 4, 90, "a"]], "closer": []}',
        '{"words": [[NaN, 2, 3, 4, 90, "a"]], "closer": []}',
        '{"words": [[1, 2, 3, 4, Infinity, "a"]], "closer": []}',
        "[" * 5_000,
        json.dumps({"words": [], "closer": []}) + " " * MOST_BYTES,
    ],
)
def test_what_is_no_list_of_words_is_refused(raw):
    assert seen(raw) is None


places = st.integers(-50, 900)
texts = st.sampled_from(
    ["20", "out", "of", "100", "13.118", "3,68", "Establish", "Top", "5%", "SSI", "|", "١٢", "\x00"]
)
placed = st.lists(
    st.tuples(places, places, places, places, st.integers(0, 100), texts | st.text(max_size=9)), max_size=20
)


@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate], max_examples=60, deadline=None)
@given(placed, placed)
def test_any_words_anywhere_are_read_without_a_fault(one, other):
    assert read(seen(json.dumps({"words": one, "closer": other}))).state in FieldState


@pytest.mark.parametrize("text", ["nothing out of 100", "²5 out of 100", "61\ud800 out of 100", "out of 100"])
def test_what_stands_before_out_of_100_and_is_no_number_is_no_score(text):
    pillar = [0, 20, 5, 25, 90, "13.5 | Establish your professional brand"]
    picture = seen(json.dumps({"words": [[0, 0, 10, 10, 90, text], pillar], "closer": []}))

    assert read(picture).total is None


N = 700
HOSTILE = {
    "a column of numbers": [[0, 3 * i, 1, 3 * i + 1, 99, "125"] for i in range(N)],
    "a staircase": [[3 * i, 3 * i, 3 * i + 1, 3 * i + 1, 99, "12"] for i in range(N)],
    "all at one place": [[0, 0, 1, 1, 99, "12"] for _ in range(N)],
    "ranks without labels": [[0, i, 1, i + 1, 99, "9%"] for i in range(N)],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_words_that_were_made_to_be_hard_are_read_in_little_work(name):
    picture = seen(json.dumps({"words": HOSTILE[name], "closer": []}, separators=(",", ":")))
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        read(picture)
    finally:
        sys.setprofile(None)

    assert calls < 2_200_000
