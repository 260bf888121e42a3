"""Tokens of the API, and the answers that a repeated request gets again."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.fields import WrittenField
from teams.models.people.members import Member
from teams.models.people.memberships import Membership
from teams.models.people.users import User
from teams.models.tokens import hashed


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens by whether they open anything, and by who may end them."""

    def usable(self, now: datetime) -> Self:
        """Those that neither ended nor expired, of people who can sign in; the company's while its maker is admin."""
        active = models.Exists(Membership.objects.active().filter(member=models.OuterRef("member")))
        of_somebody_here = Q(member__is_admin=True) | (Q(is_of_company=False) & active)
        return self.filter(
            of_somebody_here,
            member__deactivated_on=None,
            member__user__is_active=True,
            ended_at=None,
            expires_at__gt=now,
        )

    def holding(self, token: str) -> Self:
        """The one, if any, that has this secret."""
        return self.filter(token_hash=hashed(token))

    def editable_by(self, user: User) -> Self:
        """One's own; for an admin also the company's."""
        company = Q(is_of_company=True, member__organization__in=user.administers)
        return self.filter(Q(member__user=user) | company).select_related("member")


class ApiToken(models.Model):
    """A secret by which a program acts as the member who made it. Only its hash is kept; it is shown once.

    The company's can be seen and ended by every admin, and ends with the rights of the admin who made it.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="api_tokens")
    name = WrittenField(_("What it is for"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=8))
    is_of_company = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class ApiAnswer(models.Model):
    """What a request with an Idempotency-Key was answered, for whoever sends it again."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="answers", db_index=False)
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_answer_is_given_once")]

    def __str__(self) -> str:
        return self.key
