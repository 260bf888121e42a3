"""The score and its pillars as readers know them."""

from django.utils.translation import gettext_lazy as _

from teams.rules.measure import Pillar
from teams.words.translation import Words

PILLAR_NAMES: dict[str, Words] = {
    Pillar.BRAND: _("Professional brand"),
    Pillar.PEOPLE: _("Right people"),
    Pillar.INSIGHTS: _("Insights"),
    Pillar.RELATIONSHIPS: _("Relationships"),
}
"""As headings and labels."""
PILLARS_IN_SENTENCES: dict[str, Words] = {
    Pillar.BRAND: _("professional brand"),
    Pillar.PEOPLE: _("right people"),
    Pillar.INSIGHTS: _("insights"),
    Pillar.RELATIONSHIPS: _("relationships"),
}
