"""How sign-in behaves: what django-allauth asks us to decide."""

from ipaddress import ip_address, ip_network
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import UserTokenForm
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from teams.actions.audit import member_of, record
from teams.actions.messages.account_mails import store_account_mail
from teams.actions.messages.addresses import site_url
from teams.models import Act, User
from teams.queries.people.signed_in import signed_in
from teams.rules.people.names import canonical_address
from teams.tasks import send_account_mail_soon

FACTORS = {
    "totp_activated": Act.FACTOR_ADDED,
    "webauthn_added": Act.FACTOR_ADDED,
    "totp_deactivated": Act.FACTOR_REMOVED,
    "webauthn_removed": Act.FACTOR_REMOVED,
}
"""The mails that tell of a second factor, by name."""
FROM_ADDRESS = ("login_failed_address", None)
"""What a wrong password counts as for its address; nothing that somebody does with an account of theirs clears it."""


def network(address: str) -> str:
    """What one visitor has: an IPv4 address, or the /64 of an IPv6 address, as allauth's own limits count them."""
    ip = ip_address(address)
    return str(ip_network((ip, 64), strict=False)) if ip.version == 6 else address


class Backend(AuthenticationBackend):
    """Finds whoever asks together with their member, organization and teams, which every page needs."""

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, if they may still sign in."""
        user = signed_in(user_id, timezone.now())
        return user if user and self.user_can_authenticate(user) else None


NOT_YOURS = _("This is not your password. Type the one that you sign in with.")
WRONG_CODE = _("This code is wrong or too old. Type the one that your app shows now.")


class TwoSteps(DefaultMFAAdapter):
    """What the second step of signing in says, in our voice."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people are added by their organization.

    Wrong passwords are counted for an account from one address, and more of them from everywhere, and by address
    alone. So nobody's tries lock out whoever signs in from elsewhere. What follows the password allauth counts for an
    account from everywhere: whoever does not know the password is not asked for it, and locks nobody out.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_passwords": _("Too many wrong tries. Wait five minutes, or choose a new password by mail."),
        "too_many_login_attempts": _("Too many wrong codes. Wait an hour, then try again."),
        "email_password_mismatch": _("This address and this password do not go together. Check both."),
        "incorrect_password": NOT_YOURS,
        "enter_current_password": NOT_YOURS,
        "incorrect_code": WRONG_CODE,
        "rate_limited": _("A little slower, please"),
    }

    def format_email_subject(self, subject: str) -> str:
        """Return the subject alone: who it comes from stands in the mail's From."""
        return str(subject)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """False: people come by invitation."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in under a new session id, also where the same person was signed in before."""
        super().login(request, user)
        request.session.cycle_key()
        record(Act.SIGNED_IN, by=member_of(user))

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and note who did."""
        if request.user.is_authenticated:
            record(Act.SIGNED_OUT, by=member_of(request.user))
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count it and note it, also for an address that nobody has, so that how long it takes tells nothing."""
        for action, key in [FROM_ADDRESS, *self._failures(request, credentials["email"])]:
            ratelimit.consume(request, action=action, key=key)
        user = User.objects.filter(email=canonical_address(str(credentials.get("email", "")))).first()
        member = member_of(user)
        record(Act.SIGN_IN_FAILED if member else Act.SIGN_IN_UNKNOWN, member)

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """Choose a password, when it is changed and by the link of a reset; wrong ones of before are forgotten."""
        super().set_password(user, password)
        for action, key in self._failures(self.request, user.email):
            ratelimit.clear(self.request, action=action, key=key)
        record(Act.PASSWORD_CHOSEN, by=member_of(user))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """ValidationError where there were too many wrong passwords."""
        for action, key in [FROM_ADDRESS, *self._failures(request, credentials["email"])]:
            if not ratelimit.consume(request, action=action, key=key, dry_run=True):
                raise self.validation_error("too_many_passwords")

    def _failures(self, request: HttpRequest, email: str) -> list[tuple[str, str]]:
        """Under which names and for what a wrong password counts for its account."""
        here = f"{email.lower()} {network(self.get_client_ip(request))}"
        return [("login_failed_here", here), ("login_failed_anywhere", email.lower())]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Have a worker mail it, in the language of whoever has the address; for an unknown one in that of the page."""
        known = User.objects.filter(email=canonical_address(email)).select_related("member__organization").first()
        user = context.get("user") or known
        language = user.member.speaks if user and hasattr(user, "member") else get_language() or "en"
        mail = store_account_mail(template_prefix, email, user, context, language, timezone.now())
        send_account_mail_soon(mail.pk)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Mail what happened to a login; of second factors that come and go, the log tells too."""
        super().send_notification_mail(template_prefix, user, *args, **kwargs)
        if act := FACTORS.get(template_prefix.removeprefix("mfa/email/")):
            record(act, by=member_of(user))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail: the site's own, whatever name and port a request was sent to."""
        user, _, token = key.partition("-")
        return site_url("account_reset_password_from_key", user, token)

    def get_user_search_fields(self) -> list[str]:
        """By what somebody is found: the address alone."""
        return ["email"]

    def populate_username(self, request: HttpRequest, user: User, **_: Any) -> None:
        """There are no user names: the e-mail address is the name."""


class PasswordLinkForm(UserTokenForm):
    """What the link to a new password says; nothing as long as the login is closed."""

    def _get_user(self, uidb36: str) -> User | None:
        user = super()._get_user(uidb36)
        return user if user and user.is_active else None
