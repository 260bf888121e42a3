"""What no password may be, wherever one is chosen; the length and the likeness to the address Django looks at."""

import string

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from teams.models import User
from teams.rules.people.passwords import is_predictable

AROUND = string.digits + string.punctuation + string.whitespace


class NotCommon(CommonPasswordValidator):
    """Django's list of 20,000 passwords, also with digits and signs before and after: `Password1234!`."""

    def validate(self, password: str, user: User | None = None) -> None:
        """ValidationError for a common one."""
        super().validate(password, user)
        super().validate(password.strip(AROUND), user)


class NotPredictable:
    """No password that is counted, or that is the same few characters again and again."""

    def validate(self, password: str, user: User | None = None) -> None:
        """ValidationError for a predictable one."""
        if is_predictable(password):
            raise ValidationError(self.get_help_text(), code="password_predictable")

    def get_help_text(self) -> str:
        """The sentence for whoever chooses one."""
        return _("That repeats or counts the same few characters. Take a few words that do not belong together.")
