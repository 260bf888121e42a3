"""Small parts of pages are made once for each language and what they are made from."""

from decimal import Decimal

import pytest
from django.template import Context, Library, Template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from teams.rules.months import Month
from teams.rules.scores import Change
from teams.templatetags.cached_tags import part

MONTH = Month(2026, 11)
ROW = {"rank": 2, "climb": 1, "name": "Ada", "is_me": False, "points": ((MONTH, 61),), "total": 61, "most": 100}
ROW |= {"change": Change(3, MONTH - 1), "headroom_closed": None, "read_late_on": None}


def shown(**changed):
    row = Template("{% load charts %}{% standing row month %}")
    return row.render(Context({"row": ROW | changed, "month": MONTH}))


def test_a_part_is_made_once_for_the_same_values():
    made = []
    tag = part(Library(), "parts/share.html")(lambda value: made.append(value) or {"percent": value})

    assert [tag(1), tag(2), tag(1)] == [tag(1), tag(2), tag(1)]
    assert made == [1, 2]


def test_a_part_is_in_the_readers_language():
    with override("en"):
        before, again = shown(), shown()
    with override("de"):
        german = shown()

    assert ("up 1 place" in before, before == again) == (True, True)
    assert "up 1 place" not in german


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"rank": 3}, 'class="rank">3<'),
        ({"climb": 2}, "up 2 places"),
        ({"name": "Ben"}, "Ben"),
        ({"is_me": True}, "you"),
        ({"total": 62}, 'score">62'),
        ({"total": Decimal("61.0")}, 'score">61.0'),
        ({"change": Change(5, MONTH - 1)}, "+5"),
        ({"change": Change(3, MONTH - 2)}, "since Sep"),
        ({"change": Change(3, MONTH - 1, recalibrated=True)}, "LinkedIn changed its formula"),
        ({"points": ((MONTH - 1, 50), (MONTH, 61))}, "from 50 in October 2026"),
        ({"headroom_closed": 7}, "7 % of what was left"),
        ({"read_late_on": MONTH.last_day}, "read"),
    ],
)
def test_a_row_that_differs_in_anything_is_another(changed, says):
    assert says not in shown()
    assert says in shown(**changed)


def test_a_name_that_may_be_markup_is_another_than_one_that_is_escaped():
    assert "<b>Ada" in shown(name=mark_safe("<b>Ada"))

    assert "&lt;b&gt;Ada" in shown(name="<b>Ada")
