"""The score and its pillars as readers know them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from teams.rules.measure import Pillar
from teams.words.translation import Words

PILLAR_NAMES: dict[str, Words] = {
    Pillar.BRAND: _("Professional brand"),
    Pillar.PEOPLE: _("Right people"),
    Pillar.INSIGHTS: _("Insights"),
    Pillar.RELATIONSHIPS: _("Relationships"),
}
"""As headings and labels."""
PILLARS_IN_SHORT: dict[str, Words] = {
    Pillar.BRAND: pgettext_lazy("pillar", "Brand"),
    Pillar.PEOPLE: pgettext_lazy("pillar", "People"),
    Pillar.INSIGHTS: pgettext_lazy("pillar", "Insights"),
    Pillar.RELATIONSHIPS: pgettext_lazy("pillar", "Relations"),
}
"""Over narrow fields."""
PILLARS_IN_SENTENCES: dict[str, Words] = {
    Pillar.BRAND: _("professional brand"),
    Pillar.PEOPLE: _("right people"),
    Pillar.INSIGHTS: _("insights"),
    Pillar.RELATIONSHIPS: _("relationships"),
}
MEANS_OF_PILLARS: dict[str, Words] = {
    Pillar.BRAND: _("The mean of the professional brand"),
    Pillar.PEOPLE: _("The mean of the right people"),
    Pillar.INSIGHTS: _("The mean of insights"),
    Pillar.RELATIONSHIPS: _("The mean of relationships"),
}
"""As what a goal may be about."""
