"""An authenticator app, as a test has one in its hand."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

SECRET = "JBSWY3DPEHPK3PXP"


def code(secret=SECRET):
    """What an app shows now, and for three seconds more."""
    if time.time() % 30 > 27:
        time.sleep(3)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
