"""The pillars as readers know them."""

from django.utils.translation import gettext_lazy as _

from teams.rules.pillars import Pillar

PILLAR_NAMES = {
    Pillar.BRAND: _("Professional brand"),
    Pillar.PEOPLE: _("Right people"),
    Pillar.INSIGHTS: _("Insights"),
    Pillar.RELATIONSHIPS: _("Relationships"),
}
