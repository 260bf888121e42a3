"""What follows the password, at a sign-in and before something that needs to be confirmed: what is wrong is noted."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django.core.exceptions import ValidationError

from teams.accounts.passkeys import PasskeyField
from teams.actions.audit import member_of, record
from teams.models import Act, User


@contextmanager
def recording_wrong_codes(user: User) -> Iterator[None]:
    """Notes that what was given for somebody is wrong; not that there was too much of it, which costs nothing."""
    try:
        yield
    except ValidationError as error:
        if error.code == "incorrect_code":
            record(Act.SECOND_STEP_FAILED, member_of(user))
        raise


class CodeForm(AuthenticateForm):
    """A code after the password."""

    def clean_code(self) -> str:
        """The code, noted in the log where it is wrong."""
        with recording_wrong_codes(self.user):
            return super().clean_code()


class ConfirmCodeForm(ReauthenticateForm):
    """A code before something that needs to be confirmed."""

    def clean_code(self) -> str:
        """The code, noted in the log where it is wrong."""
        with recording_wrong_codes(self.user):
            return super().clean_code()


class PasskeyForm(AuthenticateWebAuthnForm):
    """A passkey after the password."""

    credential = PasskeyField()

    def clean_credential(self) -> Authenticator:
        """The passkey, noted in the log where it does not fit."""
        with recording_wrong_codes(self.user):
            return super().clean_credential()


class ConfirmPasskeyForm(ReauthenticateWebAuthnForm):
    """A passkey before something that needs to be confirmed."""

    credential = PasskeyField()

    def clean_credential(self) -> Authenticator:
        """The passkey, noted in the log where it does not fit."""
        with recording_wrong_codes(self.user):
            return super().clean_credential()
