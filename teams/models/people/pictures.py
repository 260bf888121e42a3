"""Pictures that people uploaded: faces of members, logos of organizations. Both are made anew from what was sent.

The bytes have tables of their own, so that no page reads them with the names; a page reads the digest, which stands
beside the name and is a part of the picture's address.
"""

from django.db import models

from teams.models.people.members import Member
from teams.models.people.organizations import Organization

SIZES = ("small", "large")
"""For a line of text, and for a page or a wall about somebody."""


class Face(models.Model):
    """A member's picture as WebP, in two sizes; `Member.face` is its digest."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="picture")
    large = models.BinaryField()
    small = models.BinaryField()

    def __str__(self) -> str:
        return str(self.member)


class Logo(models.Model):
    """An organization's logo as PNG, which mail programs show, in two sizes; `Organization.logo` is its digest."""

    organization = models.OneToOneField(Organization, models.CASCADE, primary_key=True, related_name="picture")
    large = models.BinaryField()
    small = models.BinaryField()

    def __str__(self) -> str:
        return str(self.organization)
