"""What a browser says of a passkey, looked at before django-allauth and its library read it.

They take whatever JSON and CBOR comes: a number where bytes belong becomes that many bytes of memory, and what is
nested or cut off raises whatever it likes. So what is wrong is refused here with a sentence, and only what is read
is handed on, and stored.
"""

import json
import re
import struct
from collections.abc import Iterable, Mapping
from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.utils.translation import gettext_lazy as _
from fido2 import cbor
from fido2.utils import websafe_decode
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

LONGEST = 20_000
"""Characters: what devices say has a few hundred, with certificates some thousand."""
LONGEST_NAME = 100
PARTS = ("clientDataJSON", "authenticatorData", "signature", "userHandle")
PARTS_OF_NEW = ("clientDataJSON", "attestationObject")
UNREADABLE = (
    ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, RuntimeError, TypeError, ValueError,
    UnsupportedAlgorithm, struct.error,
)  # fmt: skip
"""What the library raises over what it cannot read."""
REFUSED = _("This passkey could not be read. Try once more, or use another way to sign in.")


class PasskeyField(forms.CharField):
    """A browser's answer for a passkey that is there, or with `added` for a new one: a dictionary of texts."""

    widget = forms.HiddenInput
    default_error_messages = {"required": REFUSED, "max_length": REFUSED, "null_characters_not_allowed": REFUSED}

    def __init__(self, *, added: bool = False) -> None:
        super().__init__(max_length=LONGEST)
        self.parts: tuple[str, ...] = PARTS_OF_NEW if added else PARTS
        self.read = _read_new if added else _read

    def clean(self, value: Any) -> dict[str, Any]:
        """What the browser says, as far as we read it; a sentence where it cannot be read."""
        text = super().clean(value)
        try:
            credential = _only_what_is_read(json.loads(text), self.parts)
            self.read(credential)
        except UNREADABLE as error:
            raise forms.ValidationError(REFUSED) from error
        return credential


def _only_what_is_read(credential: Mapping[str, Any], parts: Iterable[str]) -> dict[str, Any]:
    response = {
        name: _base64(credential["response"][name]) for name in parts if credential["response"].get(name) is not None
    }
    client = json.loads(websafe_decode(response["clientDataJSON"]))
    if not all(isinstance(client[name], str) for name in ("type", "challenge", "origin")):
        raise ValueError("a text is none")
    credential_id = _base64(credential["rawId"])
    alone = credential.get("clientExtensionResults", {}).get("credProps", {}).get("rk")
    return {
        "id": credential_id,
        "rawId": credential_id,
        "response": response,
        "clientExtensionResults": {"credProps": {"rk": alone}} if isinstance(alone, bool) else {},
    }


def _base64(text: Any) -> str:
    if not re.fullmatch(r"[\w-]+={0,2}", text, re.ASCII):
        raise ValueError("no base64")
    return text


def _read(credential: Mapping[str, Any]) -> None:
    AuthenticationResponse.from_dict(credential)


def _read_new(credential: Mapping[str, Any]) -> None:
    """And its key can check signatures: one that cannot would lock its owner out."""
    attested = cbor.decode(websafe_decode(credential["response"]["attestationObject"]))
    if not isinstance(attested, Mapping) or not isinstance(attested["authData"], bytes):
        raise ValueError("no bytes")
    registration = RegistrationResponse.from_dict(credential)
    key_data = registration.response.attestation_object.auth_data.credential_data
    if key_data is None or key_data.credential_id != registration.raw_id:
        raise ValueError("another key")
    try:
        key_data.public_key.verify(b"", b"")
    except InvalidSignature:
        return
    raise ValueError("a key that any signature fits")


class AddForm(AddWebAuthnForm):
    """A new passkey of somebody who is signed in."""

    name = forms.CharField(label=_("Name"), required=False, max_length=LONGEST_NAME)
    credential = PasskeyField(added=True)


class RenameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)


class SignInForm(LoginWebAuthnForm):
    """Signing in with a passkey and nothing else."""

    credential = PasskeyField()
