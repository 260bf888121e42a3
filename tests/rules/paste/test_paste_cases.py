"""Texts as people really paste them, each with what is right: other numbers are worse than none."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from teams.rules.paste import parse

SAMPLES = Path(__file__).parents[2] / "samples" / "pastes"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))


def told(reading):
    """A reading as it is written in expected.json: what was found, what is marked, the totals to choose from."""
    fields = asdict(reading)
    del fields["doubts"], fields["choices"]
    values = {name: value for name, value in fields.items() if value is not None}
    written = {
        name: value if isinstance(value, str | int) else f"{value.normalize():f}" for name, value in values.items()
    }
    marks = {"unsure": sorted(reading.unsure)} if reading.unsure else {}
    choices = {"choices": [choice.total for choice in reading.choices]} if reading.choices else {}
    return written | marks | choices


def test_every_sample_has_its_right_answer():
    assert sorted(EXPECTED) == sorted(path.stem for path in SAMPLES.glob("*.txt"))


@pytest.mark.parametrize("sample", sorted(EXPECTED))
def test_a_text_as_people_paste_it_is_read_right_or_not_at_all(sample):
    assert told(parse((SAMPLES / f"{sample}.txt").read_text(encoding="utf-8"))) == EXPECTED[sample]
