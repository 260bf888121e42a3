"""A picture to upload."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.rules.people.faces import LARGEST_PICTURE


class PictureForm(forms.Form):
    """One picture; whether it is one is seen when it is made anew."""

    picture = forms.FileField(
        label=_("Picture"),
        error_messages={"required": _("Choose a picture first."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, up to 10 MB."),
    )

    def clean_picture(self) -> Any:
        """The file, if it is not too large."""
        file = self.cleaned_data["picture"]
        if file.size > LARGEST_PICTURE:
            raise forms.ValidationError(
                _("The picture is larger than 10 MB. Make it smaller, such as 2,000 pixels wide.")
            )
        return file

    def content(self) -> bytes:
        """The file's bytes."""
        content: bytes = self.cleaned_data["picture"].read()
        return content
