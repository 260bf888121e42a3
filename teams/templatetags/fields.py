"""A form's fields, as they are shown again after somebody mistyped."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def is_first_fault(field: BoundField) -> bool:
    """Whether it is the first field that refuses what was typed: there the next thing is to be done."""
    return field.name == next(iter(field.form.errors), None)


@register.filter
def focused(field: BoundField) -> SafeString:
    """The field, with the focus where it is the first fault, so that a keyboard types right there."""
    return field.as_widget(attrs={"autofocus": True}) if is_first_fault(field) else field.as_widget()
