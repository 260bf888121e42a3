"""Slack, as far as it sends commands: forms with its signature."""

import time
from urllib.parse import urlencode

from teams.rules.slack import signature

SECRET = "0123456789abcdef" * 2


def command(text, *, user="U1", workspace="T1", name="ada.l", secret=SECRET, at=None):
    """The body of `/ssi text`, and the headers that Slack sends with it."""
    fields = {"team_id": workspace, "team_domain": "acme", "user_id": user, "user_name": name, "command": "/ssi"}
    body = urlencode(fields | {"text": text}).encode()
    timestamp = str(int(at or time.time()))
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(secret, timestamp, body),
    }
    return body, headers
