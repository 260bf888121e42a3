"""Mails in a real browser: as narrow as a phone, by day and by night."""

import pytest

from teams.models.languages import LANGUAGES
from tests.browser.test_pages import AXE, faults, sideways
from tests.mail.every_letter import every_letter, for_browsers

WCAG = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
GROUND = "document.documentElement.style.background = 'Canvas'"
"""The one that the browser shows: axe-core takes a page without any for white, by night too."""
FEW = ["reminder", "digest", "several", "password-reset-key"]


@pytest.mark.parametrize(
    ("codes", "names"),
    [(["de"], FEW), pytest.param([code for code, _ in LANGUAGES], None, marks=pytest.mark.soak, id="all")],
)
def test_every_mail_fits_a_phone_and_can_be_read_by_everybody_by_day_and_by_night(new_context, codes, names):
    wrong = []
    for colours in ("light", "dark"):
        page = new_context(color_scheme=colours, viewport={"width": 360, "height": 640}).new_page()
        for code in codes:
            for name, letter in every_letter(code):
                if names is None or name in names:
                    page.set_content(for_browsers(letter))
                    page.evaluate(GROUND)
                    page.evaluate(AXE)
                    wrong += [(name, code, colours, fault) for fault in [*faults(page, WCAG), sideways(page)] if fault]

    assert wrong == []
