"""The address by which one's own calendar asks for one's own days."""

import base64
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from teams.models.people.members import Member
from teams.models.people.memberships import Membership
from teams.models.tokens import hashed
from teams.rules.calendar import Told


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Addresses of calendars by their secret, and those that open."""

    def usable(self) -> Self:
        """Those of people who can sign in, and are in a team or run the company."""
        there = Exists(Membership.objects.active().filter(member=OuterRef("member")))
        return self.filter(
            there | Q(member__is_admin=True), member__deactivated_on=None, member__user__is_active=True
        ).select_related("member__user", "member__organization")

    def holding(self, token: str) -> Self:
        """The one, if any, that has this secret."""
        return self.filter(token_hash=hashed(token))


class CalendarFeed(models.Model):
    """One a member. The secret is made of the salt and the site's key, so that its page can show it again.

    It is found by its hash; neither of the two columns opens anything without the key. `told` is what calendars were
    told last: digests and numbers, by the key of each entry.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="calendar_feed")
    salt = models.CharField(max_length=43)
    token_hash = models.CharField(max_length=64, unique=True)
    told = models.JSONField(default=dict, blank=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    used_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"calendar of {self.member}"

    @property
    def token(self) -> str:
        """The secret; empty where the site has another key since it was made, so that nobody knows it here."""
        token = calendar_token(self.salt)
        return token if hashed(token) == self.token_hash else ""

    @property
    def told_before(self) -> dict[str, Told]:
        """What calendars were told last, by the key of each entry, in that order."""
        return {key: Told(*values) for key, *values in self.told.get("entries", [])}

    def is_idle(self, now: datetime) -> bool:
        """Whether no calendar has asked for an hour."""
        return self.used_at is None or (now - self.used_at).total_seconds() > 3600


def calendar_token(salt: str) -> str:
    """The secret that belongs to a salt: 256 bits, in 43 letters that may stand in an address."""
    digest = salted_hmac("teams.calendar", salt, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
