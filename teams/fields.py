"""Model fields for the values that rules work with."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from teams.rules.months import Month
from teams.rules.people.names import FormerMember, normalized_name


def codes(values: Iterable[str]) -> list[tuple[str, str]]:
    """The choices of a column that holds codes of ours; what readers see instead is in words."""
    return [(str(value), str(value)) for value in values]


class MonthField(models.DateField):
    """A `Month`, stored as the date of its first day."""

    # What the type checker's plugin reads: what may be assigned, what comes back, what may be looked up. It is ignored
    # that a DateField says otherwise: a month is stored as a day, and is none.
    _pyi_private_set_type: Month | Combinable  # type: ignore[assignment]
    _pyi_private_get_type: Month  # type: ignore[assignment]
    _pyi_lookup_exact_type: Month  # type: ignore[assignment]

    def from_db_value(self, value: date | None, expression: Any, connection: Any) -> Month | None:
        """The month of the day that is stored."""
        return None if value is None else Month.of(value)

    def to_python(self, value: Any) -> Month | None:
        """The month of a day, or of a text such as 2026-11; a sentence for anything else."""
        if value is None or isinstance(value, Month):
            return value
        if isinstance(value, date):
            return Month.of(value)
        try:
            return Month.parse(str(value)[:7])
        except ValueError as error:
            raise ValidationError(_("Write a month like 2026-11.")) from error

    def get_prep_value(self, value: Any) -> date | None:
        """Its first day, which is stored."""
        month = self.to_python(value)
        return None if month is None else month.first_day

    def value_to_string(self, obj: models.Model) -> str:
        """As it is written, for a dump."""
        value = self.value_from_object(obj)
        return "" if value is None else str(value)


FORMER = "Former member"
"""How the name of somebody who was erased is stored, whatever the language."""


def name_as_read(stored: str) -> str:
    """A name as the reader sees it, from how it is stored."""
    return FormerMember(gettext("Former member")) if stored == FORMER else stored


def former_names() -> set[str]:
    """What readers see in place of it, in any language: in a file it names nobody."""
    names = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            names.add(gettext("Former member"))
    return names


class NameField(models.CharField):
    """A person's name, stored by `normalized_name`; FORMER is read in the reader's language, and stays FORMER."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """The name as its reader sees it."""
        return None if value is None else name_as_read(value)

    def get_prep_value(self, value: Any) -> Any:
        """The name as it is stored."""
        stored = super().get_prep_value(value)
        if isinstance(value, FormerMember):
            return FORMER
        return normalized_name(stored) if isinstance(stored, str) else stored


@models.CharField.register_lookup
class Alphabetical(models.Transform):
    """What names are put in order by, as in `order_by("name__alphabetical")`: Ä beside A in every database."""

    lookup_name = "alphabetical"
    function = "teams_alphabetical"
    output_field = models.TextField()


DEMO_TEXTS = {
    "Most improved of the month": _("Most improved of the month"),
    "Plus five by month end": _("Plus five by month end"),
    "lunch at the corner": _("lunch at the corner"),
    "a coffee from across the street": _("a coffee from across the street"),
    "One step at a time.": _("One step at a time."),
    "Among the best in the industry.": _("Among the best in the industry."),
    "Then the whole team goes out for dinner.": _("Then the whole team goes out for dinner."),
    "Meetings from LinkedIn": _("Meetings from LinkedIn"),
}
"""What the demo's people have written, and what its readers see of it."""


class IsIn(models.Func):
    """Whether a value is in an array."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = models.BooleanField()


class DemoText(str):
    """A text of the demo in the reader's language, which is stored as it was written."""

    stored: str


class WrittenField(models.CharField):
    """What somebody wrote; what the demo's people did is read in the reader's language."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """The text as the reader sees it."""
        if value not in DEMO_TEXTS:
            return value
        text = DemoText(DEMO_TEXTS[value])
        text.stored = value
        return text

    def get_prep_value(self, value: Any) -> Any:
        """The text as it was written."""
        return value.stored if isinstance(value, DemoText) else super().get_prep_value(value)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """For migrations it is a plain column."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options


class EncryptedField(models.TextField):
    """A secret that has to be known in full, encrypted by a key made of `SECRET_KEY`; empty under another key."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """The secret."""
        try:
            return value and _cipher().decrypt(value.encode()).decode()
        except InvalidToken:
            return ""

    def get_prep_value(self, value: Any) -> Any:
        """What is stored of it: another text each time."""
        return value and _cipher().encrypt(str(value).encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(f"secrets: {key}".encode()).digest())) for key in keys])


class PillarField(models.DecimalField):
    """A pillar's points, 0–25 with up to three decimals; empty when not known."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"max_digits": 5, "decimal_places": 3, "null": True, "blank": True} | options))
