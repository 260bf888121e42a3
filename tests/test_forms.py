"""What a form's field is written as."""

import pytest
from django import forms
from django.test.html import parse_html

from teams.forms.mail import zones_or_none
from teams.forms.people import LongSelect

AWKWARD = {"id": "id_zone", "required": True, "disabled": False, "aria-describedby": 'a"<b>'}


@pytest.mark.parametrize("value", [None, "", "Europe/Berlin", "Mars/<b>"])
@pytest.mark.parametrize("attrs", [None, {"autofocus": True}, AWKWARD])
def test_a_long_list_is_what_django_makes_of_it(value, attrs):
    entries = [*zones_or_none(), ("<b>", 'Mars & "<b>"')]

    page = LongSelect(choices=entries).render("time_zone", value, attrs)

    assert parse_html(page) == parse_html(forms.Select(choices=entries).render("time_zone", value, attrs))
