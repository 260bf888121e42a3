"""Somebody who can sign in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from teams.models.languages import LANGUAGES
from teams.models.triggers import keep_former_name
from teams.rules.people.names import canonical_address

if TYPE_CHECKING:
    from teams.models.people.memberships import Membership


class UserManager(BaseUserManager["User"]):
    """Users, made and found by their address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A stored user; without a password nobody can sign in as them yet."""
        user = self.model(email=canonical_address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """Who signs in with an address, however it is written."""
        return self.get(email=canonical_address(email or ""))


class User(AbstractBaseUser):
    """A login. The e-mail address is the name; what the person may do stands in their `Member`.

    Sessions carry `sessions_ended`: counting it up ends them all at once.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    language = models.CharField(max_length=5, blank=True, default="", db_default="", choices=LANGUAGES)
    sessions_ended = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = UserManager()

    class Meta:
        triggers = [keep_former_name("email", "SELECT id, OLD.email FROM teams_member WHERE user_id = OLD.id")]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def administers(self) -> list[int]:
        """The id of the organization whose admin they are, to filter by; an empty list for others."""
        member = getattr(self, "member", None)
        return [member.organization_id] if member and member.is_admin else []

    @property
    def active_memberships(self) -> list["Membership"]:
        """Those of their member that have not ended: every page has read them at its beginning."""
        member = getattr(self, "member", None)
        return member.active_memberships if member else []

    def get_session_auth_hash(self) -> str:
        """What a session must carry to be this user's."""
        return f"{super().get_session_auth_hash()}.{self.sessions_ended}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The session hashes under earlier secret keys."""
        return (f"{old}.{self.sessions_ended}" for old in super().get_session_auth_fallback_hash())
