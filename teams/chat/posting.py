"""Posting to a webhook: only to an address in public that was checked, briefly, and without following anything."""

import socket
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from django.conf import settings

from teams.network import deadline
from teams.network.deadline import TooLong, trace, within_deadline
from teams.network.public_addresses import is_public
from teams.rules.delivery import Answer, Verdict, http_verdict

READ_AT_MOST = 300
"""Bytes of an answer."""


class Forbidden(Exception):
    """An address that the site does not post to; its text is a sentence for whoever typed it."""


def check_url(url: str) -> httpx.URL:
    """The address, if it has the form that one may post to; else Forbidden. Names are not resolved here."""
    try:
        parsed = httpx.URL(url.strip())
    except httpx.InvalidURL as invalid:
        raise Forbidden("This is not a web address.") from invalid
    schemes = ["https", "http"] if settings.ALLOW_PRIVATE_WEBHOOKS else ["https"]
    if parsed.scheme not in schemes or not parsed.host or parsed.userinfo:
        raise Forbidden("The address must begin with https:// and have no name or password in it.")
    return parsed


def post(url: str, payload: dict[str, Any]) -> Answer:
    """Post JSON and say what the other side answered, all within the deadline."""
    try:
        return within_deadline(lambda: _posted(url, payload))
    except TooLong as silent:
        verdict = Verdict.UNKNOWN if silent.had_begun else Verdict.LATER
        return Answer(verdict, f"The other side does not answer: {silent}")


def _posted(url: str, payload: dict[str, Any]) -> Answer:
    try:
        parsed = check_url(url)
        address = _checked_address(parsed)
    except Forbidden as forbidden:
        return Answer(Verdict.NEVER, str(forbidden))
    except OSError as unknown:
        return Answer(Verdict.LATER, f"The name {parsed.host} cannot be found: {unknown}")
    try:
        return _answered(parsed, address, payload)
    except (httpx.ConnectError, httpx.ConnectTimeout) as refused:
        return Answer(Verdict.LATER, f"Cannot connect: {refused or 'no answer in time'}")
    except httpx.HTTPError as broken:
        return Answer(Verdict.UNKNOWN, f"The other side stopped answering: {broken or type(broken).__name__}")


def _answered(url: httpx.URL, address: str, payload: dict[str, Any]) -> Answer:
    """What the checked address itself said, so that a second look at the name cannot lead elsewhere."""
    request = {
        "headers": {"Host": url.netloc.decode(), "Accept-Encoding": "identity"},
        "extensions": {"sni_hostname": _name(url), "trace": trace},
    }
    with (
        httpx.Client(
            verify=httpx.create_ssl_context(), timeout=deadline.SECONDS, follow_redirects=False, trust_env=False
        ) as client,
        client.stream("POST", url.copy_with(host=address), json=payload, **request) as response,
    ):
        words = _beginning(response)
        wait = _wait(response.headers.get("Retry-After", ""))
    return Answer(http_verdict(response.status_code), f"{response.status_code} {words}".strip(), wait)


def _beginning(response: httpx.Response) -> str:
    """The answer's first words, as they come: what is packed may unpack to any length.

    The status says what became of the post, so a body that breaks off is no matter.
    """
    read = b""
    try:
        for chunk in response.iter_raw(READ_AT_MOST):
            read += chunk
            if len(read) >= READ_AT_MOST:
                break
    except httpx.HTTPError:
        pass
    return " ".join(read[:READ_AT_MOST].decode(errors="replace").split()) or response.reason_phrase


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
        found = [info[4][0] for info in socket.getaddrinfo(_name(url), port, type=socket.SOCK_STREAM)]
    except UnicodeError as malformed:
        raise Forbidden(f"{url.host} is not the name of a host.") from malformed
    if not settings.ALLOW_PRIVATE_WEBHOOKS and not all(map(is_public, found)):
        raise Forbidden(f"{url.host} is not an address on the public internet. The operator can allow such addresses.")
    return found[0]


def _name(url: httpx.URL) -> str:
    """The host as the network knows it."""
    return url.raw_host.decode()
