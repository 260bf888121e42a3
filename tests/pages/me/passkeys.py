"""A passkey made of plain Python: what a browser says of it, and how that may be wrong."""

import json
from copy import deepcopy
from hashlib import sha256

from allauth.account.utils import user_pk_to_url_str
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticatorData, CollectedClientData

HOST = "testserver"
THERE, ATTESTED = 1 | 4, 64
"""Somebody is there and has shown who they are; and here is their key."""
NAME = b"a key"
LARGE = 200_000_000


class Key:
    """Somebody's key; it answers as the script of the page hands it on."""

    def __init__(self, user):
        self.user, self.secret = user, ec.derive_private_key(20261123, ec.SECP256R1())
        self.public = ES256.from_cryptography_key(self.secret.public_key())

    def added(self, challenge, public=None, flags=THERE | ATTESTED, **attested):
        """What is said when the key is added."""
        public = cbor.encode(public or self.public)
        credential = bytes(16) + len(NAME).to_bytes(2, "big") + NAME + public
        head = sha256(HOST.encode()).digest() + bytes([flags]) + bytes(4)
        data = head + credential if flags & ATTESTED else head
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data} | attested)
        return said(client("webauthn.create", challenge), attestationObject=attestation, rk=True)

    def signed(self, challenge):
        """What is said when it signs in."""
        data = AuthenticatorData.create(sha256(HOST.encode()).digest(), THERE, 0)
        about = client("webauthn.get", challenge)
        signature = self.secret.sign(data + CollectedClientData(about).hash, ec.ECDSA(SHA256()))
        handle = user_pk_to_url_str(self.user).encode()
        return said(about, authenticatorData=bytes(data), signature=signature, userHandle=handle)


def client(kind, challenge):
    return json.dumps({"type": kind, "challenge": challenge, "origin": f"https://{HOST}"}).encode()


def said(about, rk=None, **parts):
    response = {name: websafe_encode(part) for name, part in parts.items()}
    return {
        "type": "public-key",
        "id": websafe_encode(NAME),
        "rawId": websafe_encode(NAME),
        "authenticatorAttachment": "platform",
        "response": {"clientDataJSON": websafe_encode(about), "transports": ["internal"]} | response,
        "clientExtensionResults": {} if rk is None else {"credProps": {"rk": rk}},
    }


def changed(answer, *path, to):
    """The same answer with something else in one place."""
    answer = deepcopy(answer)
    place = answer
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = to
    return answer


WRONG_VALUES = [None, 5, LARGE, 1.5, float("nan"), True, [], [[]], {}, "x", "é", "\0", "\ud800", "AAA", "A" * 30_000]
WRONG_CLIENTS = [
    b"", b"[]", b"5", b"null", b"{}", b"\xff", b"[" * 9_000, b"9" * 5_000, b'"' + b"9" * 5_000,
    b'{"type":"webauthn.get","challenge":[],"origin":""}', b'{"type":5,"challenge":"","origin":""}',
    b'{"type":"webauthn.get","challenge":"","origin":[]}', b'{"type":"webauthn.get","challenge":"\\ud800","origin":""}',
    b'{"type":"webauthn.get","challenge":%d,"origin":""}' % LARGE,
]  # fmt: skip
WRONG_CBOR = [
    b"", b"\xc0", b"\x19\0", b"\x1c", b"\xa1\x80\x01", b"\xa1\x03\x01", b"\xa1\x03\x61a", b"\xa0", b"\x80", b"\1",
    b"\x81" * 9_000, b"\x9a\xff\xff\xff\xff" + b"\1" * 9_000, b"\x9b" + b"\xff" * 8, b"\x5b" + b"\xff" * 8,
]  # fmt: skip
WRONG_TEXTS = ["", "x", "5", "[]", "null", "{", '{"a": ' + "9" * 5_000 + "}", "[" * 9_000, "NaN", "\0", "9" * 2_000_000]


def wrong_answers(answer):
    """What is no JSON, and the answer with something wrong in each of its places."""
    places = [(name,) for name in ("rawId", "response")] + [("response", name) for name in answer["response"]]
    required = [place for place in places if place[-1] not in ("transports", "userHandle")]
    yield from WRONG_TEXTS
    for place in required:
        yield from (json.dumps(changed(answer, *place, to=value)) for value in WRONG_VALUES)
    for value in WRONG_VALUES[1:] if "userHandle" in answer["response"] else ():
        yield json.dumps(changed(answer, "response", "userHandle", to=value))
    for value in [5, [], {"credProps": 5}, {"credProps": [5]}, "x"]:
        yield json.dumps(changed(answer, "clientExtensionResults", to=value))
    for about in WRONG_CLIENTS:
        yield json.dumps(changed(answer, "response", "clientDataJSON", to=websafe_encode(about)))
    name = "attestationObject" if "attestationObject" in answer["response"] else "authenticatorData"
    for data in WRONG_CBOR:
        head = bytes(32) + bytes([THERE | ATTESTED]) + bytes(4)
        for whole in (data, head + data, head + bytes(18) + data, bytes(32) + b"\x80" + bytes(4) + data):
            yield json.dumps(changed(answer, "response", name, to=websafe_encode(whole)))
