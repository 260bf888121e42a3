"""The letters and the colour that stand for somebody without a picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.people.faces import Tone, monogram, tone


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Jane Doe", "JD"),
        ("Ada", "A"),
        ("Maximilian Graf von Hohenstein", "MH"),
        ("jean-luc picard", "JP"),
        ("Dr. Anna Berg", "AB"),
        ("Prof. Dr. Anna Berg", "AB"),
        ("Dr.", "D"),
        ("Seán O'Neil", "SO"),
        ("(Anna) »Berg«", "AB"),
        ("'t Hooft", "TH"),
        ("Rep 7", "R7"),
        ("Ängström Øre", "ÄØ"),
        ("ßeta", "ß"),
        ("Юлия Иванова", "ЮИ"),
        ("山田太郎", "山"),
        ("김 민준", "김민"),
        ("क्षितिज शर्मा", "कश"),
        ("कि रे", "किरे"),
        ("محمد علي", "م\N{ZERO WIDTH NON-JOINER}ع"),
        ("דוד לוי", "דל"),
        ("🙂 🙃", ""),
        ("", ""),
    ],
)
def test_a_name_is_known_by_the_first_letters_of_its_first_and_its_last_word(name, letters):
    assert monogram(name) == letters


@given(st.text(max_size=100))
def test_any_text_has_a_monogram_of_at_most_two_letters(name):
    letters = [sign for sign in monogram(name) if sign.isalnum()]

    assert len(letters) <= 2


def test_people_who_were_added_one_after_the_other_have_different_colours():
    assert [tone(member) for member in range(100, 108)] == [*list(Tone)[4:], *list(Tone)[:4]]
