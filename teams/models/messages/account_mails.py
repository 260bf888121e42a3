"""A mail about a login, such as a link to a new password: it waits here until a worker hands it over."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from teams.models.languages import LANGUAGES
from teams.models.people.users import User

LIVES = timedelta(days=1)
"""How long one is tried for, and kept where nobody knows what became of it."""


class AccountMailQuerySet(models.QuerySet["AccountMail"]):
    """Mails about a login that are to be handed over, and those to be forgotten."""

    def due(self, now: datetime) -> Self:
        """Those that are to be handed over to the mail server."""
        return self.filter(due_at__lte=now).order_by("due_at")

    def over(self, now: datetime) -> Self:
        """Those that are a day old: a worker died over them."""
        return self.filter(created_at__lte=now - LIVES)


class AccountMail(models.Model):
    """It exists until it was handed over. A link to a new password is made then: no secret waits here.

    The mail waits while there is a `due_at`, and was begun at `started_at`. Without a `user` nobody has the address.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="account_mails")
    email = models.EmailField()
    template = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)

    objects = AccountMailQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="account_mail_waits")]

    def __str__(self) -> str:
        return f"{self.template} to {self.email}"
