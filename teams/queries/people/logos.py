"""The logo of an organization as a mail carries it: a file beside the words, so that nothing lies open on the web."""

import struct
from functools import lru_cache
from typing import NamedTuple

from teams.models.people.organizations import Organization
from teams.models.people.pictures import Logo

HIGHEST, WIDEST = 40, 200
"""Pixels."""


class LetterLogo(NamedTuple):
    """A PNG, and how large a mail shows it."""

    content: bytes
    width: int
    height: int


def logo_of(organization: Organization) -> LetterLogo | None:
    """The logo; None where there is none."""
    return _logo(organization.pk, organization.logo) if organization.logo else None


@lru_cache(maxsize=50)
def _logo(organization: int, digest: str) -> LetterLogo | None:
    """Asked for once in a process for each picture; the digest is another when it is another."""
    logo = Logo.objects.filter(organization=organization, organization__logo=digest).first()
    if logo is None:
        return None
    content = bytes(logo.small)
    width, height = struct.unpack(">II", content[16:24])
    share = min(HIGHEST / height, WIDEST / width, 1)
    return LetterLogo(content, max(1, round(width * share)), max(1, round(height * share)))
