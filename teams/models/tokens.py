"""The secrets of links and screens: 256 random bits, of which only the SHA-256 is kept.

A row is looked up by the hash, so how long that takes tells nothing about a token.
"""

import hashlib
import secrets


def new_token() -> str:
    """A secret that nobody guesses, of 43 letters that may stand in an address."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of it, in hex."""
    return hashlib.sha256(token.encode()).hexdigest()
