"""Asking a member without a login to choose a password."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teams.models.people.members import Member
from teams.models.people.users import User
from teams.models.tokens import hashed
from teams.models.triggers import keep_invited_address
from teams.rules.messages.delivery import STUCK_AFTER
from teams.words.delivery_reasons import reason_words
from teams.words.translation import Words


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations that work, whose mail is due, or that a manager should look after."""

    def managed_by(self, user: User) -> Self:
        """Those of the members whose logins somebody manages."""
        return self.filter(member__in=Member.objects.login_managed_by(user))

    def open(self, now: datetime) -> Self:
        """Those whose link still works."""
        return self.filter(expires_at__gt=now, member__user=None, member__deactivated_on=None)

    def holding(self, token: str) -> Self:
        """The invitation, if any, whose link has this token."""
        return self.filter(token_hash=hashed(token))

    def due(self, now: datetime) -> Self:
        """Those that are to be handed over to the mail server."""
        return self.open(now).filter(due_at__lte=now).order_by("due_at")

    def unsettled(self, now: datetime) -> Self:
        """Those that a manager should know of: nobody knows whether they arrived, or they did not."""
        stuck = Q(started_at__lte=now - STUCK_AFTER)
        gone = self.open(now).filter(sent_at=None, due_at=None, member__organization__is_demo=False)
        return gone.filter(stuck | ~Q(problem=""))


class Invitation(models.Model):
    """It exists while it is open: accepting and withdrawing delete it. Its link has a token from its mail on.

    The mail waits while there is a `due_at`; was begun at `started_at`; and was handed over at `sent_at`, or there is
    a `problem`, a code, with what the mail server `said`.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="invitation")
    email = models.EmailField(_("e-mail"))
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001  none is no text: unsent ones are many
    invited_by = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    first_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    said = models.CharField(max_length=300, blank=True, default="", db_default="")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        triggers = [keep_invited_address()]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="invitation_waits")]

    def __str__(self) -> str:
        return f"{self.member}, {self.email}"

    def state(self, now: datetime) -> Words:
        """In a few words, for managers."""
        if now >= self.expires_at:
            return _("has expired")
        if self.sent_at:
            return _("is sent")
        if self.due_at:
            return _("is on its way")
        if self.problem:
            return _("did not arrive: %(problem)s") % {"problem": reason_words(self.problem, self.said)}
        stuck = self.started_at and now >= self.started_at + STUCK_AFTER
        return _("may not have arrived") if stuck else _("is on its way")
