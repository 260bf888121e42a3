"""Where the site posts to: never to what is private, whatever its name says, and never on to elsewhere."""

import shutil
import ssl
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.chat import posting
from teams.chat.posting import Forbidden, check_url, post
from teams.network.public_addresses import WRAPPING, is_public
from teams.rules.messages.delivery import Reason, Verdict
from teams.words.delivery_reasons import reason_words

PRIVATE = [
    "127.0.0.1",
    "localhost",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "224.0.0.1",
    "255.255.255.255",
    "[::1]",
    "[::]",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "192.0.0.8",
    "192.0.0.192",
    "192.88.99.1",
    "198.18.0.1",
    "203.0.113.9",
    "240.0.0.1",
    "[fec0::1]",
    "[3fff::1]",
    "[5f00::1]",
    "[100::1]",
    "[100:0:0:1::1]",
    "[2001:db8::1]",
    "[2001:2::1]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    "[2002:808:808::]",
    "[64:ff9b:1::808:808]",
    "[64:ff9b::c000:c0]",
    "[::ffff:192.0.0.192]",
    "[::7f00:1]",
    "[::808:808]",
    "2130706433",
    "0x7f000001",
    "127.1",
]


@pytest.mark.parametrize("host", PRIVATE)
def test_a_private_address_gets_nothing_however_it_is_written(host):
    answer = post(f"https://{host}/hook", {})

    assert answer.verdict == Verdict.NEVER
    assert answer.reason == Reason.NOT_PUBLIC


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:4700::6810:84e5", "2001:4860:4860::8888", "64:ff9b::808:808"]
)
def test_an_address_of_the_public_internet_is_one(address):
    assert is_public(address)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_whatever_python_knows_to_be_private_is_not_public(address):
    wraps = any(address in network for network in WRAPPING)  # which is what it wraps

    assert wraps or not (is_public(str(address)) and not address.is_global)


def test_a_name_that_leads_to_one_private_address_among_public_ones_gets_nothing(monkeypatch):
    found = [(2, 1, 6, "", ("93.184.215.14", 443)), (2, 1, 6, "", ("10.0.0.8", 443))]
    monkeypatch.setattr(posting.socket, "getaddrinfo", lambda *_, **__: found)

    assert post("https://hooks.example.org/x", {}).verdict == Verdict.NEVER


def test_the_name_is_looked_up_once_and_the_checked_address_is_connected_to(chat, monkeypatch):
    asked = []

    def lookup(name, port, *_, **__):
        asked.append(name)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(posting.socket, "getaddrinfo", lookup)

    answer = post(f"http://hooks.example.org:{chat.server_port}/x?key=1", {"a": 1})

    assert answer.verdict == Verdict.TAKEN
    assert [name for name in asked if name != "127.0.0.1"] == ["hooks.example.org"]
    assert chat.posts == [("/x?key=1", f"hooks.example.org:{chat.server_port}", {"a": 1})]


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "ftp://example.org/", "https://a:b@example.org/", "https://", "nonsense", ""],
)
def test_an_address_of_another_form_is_refused(url):
    with pytest.raises(Forbidden):
        check_url(url)


@pytest.mark.parametrize(
    "url", ["https://acme.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/4", "https://outlook.office.com/webhook/1"]
)
def test_a_connector_of_teams_that_microsoft_has_retired_is_refused_with_the_way_to_a_workflow(url):
    with pytest.raises(Forbidden) as refused:
        check_url(url)

    assert "choose Workflows" in reason_words(refused.value.reason)


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "no-such-name.invalid"])
def test_a_name_that_is_none_is_said_to_be(host):
    assert post(f"https://{host}/", {}).verdict in (Verdict.NEVER, Verdict.LATER)


def test_a_redirect_is_not_followed(chat):
    chat.status, chat.headers = 307, {"Location": chat.url}

    assert post(chat.url, {}).verdict == Verdict.NEVER
    assert len(chat.posts) == 1


def test_a_proxy_of_the_environment_is_not_used(chat, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    assert post(chat.url, {}).verdict == Verdict.TAKEN


def test_of_a_long_answer_only_the_beginning_is_read(chat):
    chat.words = "no " * 100_000

    assert len(post(chat.url, {}).said) < 400


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        *[("30", 30), ("999999", 86400), ("9" * 5000, 86400), ("soon", 0), ("", 0)],
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 -1200", 86400),
        ("Mon, 01 Jan 0001 00:00:00 +1200", 0),
    ],
)
def test_how_long_a_chat_asks_to_wait(chat, said, seconds):
    chat.status, chat.headers = 429, {"Retry-After": said}

    assert post(chat.url, {}).wait.total_seconds() == seconds


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes a certificate with it")
def test_the_certificate_must_be_of_the_name_and_not_of_the_address(chat, monkeypatch, tmp_path):
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    make = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        certificate,
    ]
    names = ["-subj", "/CN=hooks.example.org", "-addext", "subjectAltName=DNS:hooks.example.org"]
    subprocess.run([*make, *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    chat.socket = context.wrap_socket(chat.socket, server_side=True)
    chat.handle_error = lambda *_: None

    def lookup(_, port, *__, **___):
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(posting.socket, "getaddrinfo", lookup)
    port = chat.server_port

    untrusted = post(f"https://hooks.example.org:{port}/", {})
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    trusted, other_name = (post(f"https://{name}.example.org:{port}/", {}) for name in ("hooks", "other"))

    assert [answer.verdict for answer in (untrusted, trusted, other_name)] == ["later", "taken", "later"]
