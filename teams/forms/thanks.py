"""Thanking a colleague."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.forms.fields import offer
from teams.models import Member
from teams.rules.thanks import LONGEST


class ThanksForm(forms.Form):
    """To whom of some colleagues, and for what."""

    to = forms.ChoiceField(label=_("To"), error_messages={"required": _("Choose whom you thank.")})
    text = forms.CharField(
        max_length=LONGEST,
        label=_("What for"),
        help_text=_("One sentence. Only they read it, unless they want it on the board."),
        error_messages={"required": _("Write what for, in a sentence.")},
    )

    def __init__(self, *args: Any, colleagues: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["to"], [("", _("Choose somebody")), *((str(each.pk), each.name) for each in colleagues)])


class WordForm(forms.Form):
    """A manager's word after a closing."""

    text = forms.CharField(max_length=LONGEST)
