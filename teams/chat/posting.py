"""Posting to a webhook: only to an address in public that was checked, briefly, and without following anything."""

import json
import socket
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from django.conf import settings

from teams.network import deadline
from teams.network.deadline import TooLong, trace, within_deadline
from teams.network.public_addresses import is_public
from teams.rules.messages.delivery import Answer, Reason, Verdict, http_verdict

READ_AT_MOST = 300
"""Bytes of an answer."""


class Forbidden(Exception):
    """An address that the site does not post to, with why."""

    def __init__(self, reason: Reason, host: str = "") -> None:
        super().__init__(reason, host)
        self.reason, self.host = reason, host


def check_url(url: str) -> httpx.URL:
    """The address, if it has the form that one may post to; else Forbidden. Names are not resolved here."""
    try:
        parsed = httpx.URL(url.strip())
    except httpx.InvalidURL as invalid:
        raise Forbidden(Reason.NO_WEB_ADDRESS) from invalid
    schemes = ["https", "http"] if settings.ALLOW_PRIVATE_WEBHOOKS else ["https"]
    if parsed.scheme not in schemes or not parsed.host or parsed.userinfo:
        raise Forbidden(Reason.ADDRESS_NOT_PLAIN)
    if parsed.host == "outlook.office.com" or parsed.host.endswith((".webhook.office.com", ".webhook.office365.com")):
        raise Forbidden(Reason.ADDRESS_RETIRED)
    return parsed


def post(url: str, payload: dict[str, Any]) -> Answer:
    """Post JSON and say what the other side answered, all within the deadline."""
    return send(url, json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode(), {})


def send(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Post these very bytes, which are JSON, with headers, and say what was answered, all within the deadline."""
    try:
        return within_deadline(lambda: _posted(url, body, headers))
    except TooLong as silent:
        verdict = Verdict.UNKNOWN if silent.had_begun else Verdict.LATER
        return Answer(verdict, Reason.CHAT_SILENT, str(silent))


def _posted(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    try:
        parsed = check_url(url)
        address = _checked_address(parsed)
    except Forbidden as forbidden:
        return Answer(Verdict.NEVER, forbidden.reason, forbidden.host)
    except OSError as unknown:
        return Answer(Verdict.LATER, Reason.CHAT_UNKNOWN, f"{parsed.host}: {unknown}")
    try:
        return _answered(parsed, address, body, headers)
    except (httpx.ConnectError, httpx.ConnectTimeout) as refused:
        return Answer(Verdict.LATER, Reason.CHAT_UNREACHABLE, str(refused) or type(refused).__name__)
    except httpx.HTTPError as broken:
        return Answer(Verdict.UNKNOWN, Reason.CHAT_STOPPED, str(broken) or type(broken).__name__)


def _answered(url: httpx.URL, address: str, body: bytes, given: Mapping[str, str]) -> Answer:
    """What the checked address itself said, so that a second look at the name cannot lead elsewhere."""
    own = {"Host": url.netloc.decode(), "Accept-Encoding": "identity", "Content-Type": "application/json"}
    headers = {**given, **own}
    extensions = {"sni_hostname": _name(url), "trace": trace}
    with (
        httpx.Client(
            verify=httpx.create_ssl_context(), timeout=deadline.SECONDS, follow_redirects=False, trust_env=False
        ) as client,
        client.stream(
            "POST", url.copy_with(host=address), content=body, headers=headers, extensions=extensions
        ) as response,
    ):
        words = _beginning(response)
        wait = _wait(response.headers.get("Retry-After", ""))
    verdict = http_verdict(response.status_code)
    reason = None if verdict == Verdict.TAKEN else Reason.CHAT_SAID
    return Answer(verdict, reason, f"{response.status_code} {words}".strip(), wait)


def _beginning(response: httpx.Response) -> str:
    """The answer's first words, as they come: what is packed may unpack to any length.

    The status says what became of the post, so a body that breaks off is no matter.
    """
    beginning = b""
    try:
        for chunk in response.iter_raw(READ_AT_MOST):
            beginning += chunk
            if len(beginning) >= READ_AT_MOST:
                break
    except httpx.HTTPError:
        pass
    return " ".join(beginning[:READ_AT_MOST].decode(errors="replace").split()) or response.reason_phrase


def _wait(retry_after: str) -> timedelta:
    """What `Retry-After` asks for, in seconds or as a date; at most a day."""
    if retry_after.isdecimal():
        return timedelta(seconds=min(int(retry_after[:9]), 24 * 3600))
    try:
        until = parsedate_to_datetime(retry_after)
        return min(max(until.astimezone(UTC) - datetime.now(UTC), timedelta()), timedelta(days=1))
    except ValueError:
        return timedelta()
    except OverflowError:  # of a day in the first or the last year that there is
        return timedelta(days=1) if until.year > 1 else timedelta()


def _checked_address(url: httpx.URL) -> str:
    """An address of the host, once every address that it has was found to be public; OSError if it has none."""
    port = url.port or {"https": 443, "http": 80}[url.scheme]
    try:
        addresses = [str(info[4][0]) for info in socket.getaddrinfo(_name(url), port, type=socket.SOCK_STREAM)]
    except UnicodeError as malformed:
        raise Forbidden(Reason.NO_HOST, url.host) from malformed
    if not settings.ALLOW_PRIVATE_WEBHOOKS and not all(map(is_public, addresses)):
        raise Forbidden(Reason.NOT_PUBLIC, url.host)
    return addresses[0]


def _name(url: httpx.URL) -> str:
    """The host as the network knows it."""
    return url.raw_host.decode()
