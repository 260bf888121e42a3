"""What the settings refuse, what they allow, and what they make of the environment of production."""

import os
import re
import runpy
import ssl
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from kombu import Connection
from redis import ConnectionPool

from leaderboard.environment import SECRETS, SecretError, read_secrets
from tests.deploy.compose import ROOT, environment

GOOD = {
    "SITE_URL": "https://board.example.com",
    "SECRET_KEY": "kept-for-the-tests-of-the-settings-0123456789-abcdefghij",
    "DEMO": "0",
    "DEBUG": "0",
}


@pytest.fixture
def settings_with(monkeypatch):
    """The settings of a process with this environment, read anew."""

    def read(**changes):
        for name, value in (GOOD | changes).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "leaderboard/settings.py"))

    return read


NO_WILDCARD = "CSRF_TRUSTED_ORIGINS must name each address: no wildcard."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"DEMO": "1"}, "https://board.example.com is open to others: switch DEBUG and DEMO off."),
        ({"DEBUG": "1"}, "https://board.example.com is open to others: switch DEBUG and DEMO off."),
        (
            {"SITE_URL": "http://board.example.com"},
            "http://board.example.com is open to others: SITE_URL must begin with https://.",
        ),
        (
            {"SITE_URL": "board.example.com"},
            "board.example.com is open to others: SITE_URL must begin with https://.",
        ),
        (
            {"SITE_URL": "http://0.0.0.0:8000"},
            "http://0.0.0.0:8000 is open to others: SITE_URL must begin with https://.",
        ),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too easy to guess: set at least 50 random characters."),
        ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY is too easy to guess: set at least 50 random characters."),
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing: set it to a long random text, or start with `make run`."),
        (
            {"OIDC_CLIENT_ID": "us", "OIDC_URL": "http://login.example.com"},
            "OIDC_URL must begin with https://: who signs in is taken from its word.",
        ),
        (
            {"MICROSOFT_CLIENT_ID": "us", "MICROSOFT_TENANT": "common"},
            "MICROSOFT_TENANT must be your own: others' administrators write what they like.",
        ),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name each host: no wildcard."),
        ({"ALLOWED_HOSTS": "a.example.com,.example.com"}, "ALLOWED_HOSTS must name each host: no wildcard."),
        ({"CSRF_TRUSTED_ORIGINS": "https://*.example.com"}, NO_WILDCARD),
        ({"CSRF_TRUSTED_ORIGINS": "https://board.example.com,https://*"}, NO_WILDCARD),
        (
            {"CSRF_TRUSTED_ORIGINS": "https://board.example.com,http://board.example.com"},
            "CSRF_TRUSTED_ORIGINS must begin with https://: http://board.example.com does not.",
        ),
    ],
)
def test_what_is_open_to_others_starts_only_when_it_is_safe(settings_with, changes, sentence):
    with pytest.raises(ImproperlyConfigured, match=f"^{re.escape(sentence)}$"):
        settings_with(**changes)


@pytest.mark.parametrize("site", ["http://127.0.0.1:8000", "http://localhost:8001", "http://[::1]:8000"])
def test_on_this_machine_alone_demo_and_debug_are_allowed(settings_with, site):
    settings = settings_with(SITE_URL=site, DEMO="1", DEBUG="1", SECRET_KEY="short")

    assert settings["DEMO"] is True
    assert settings["DEBUG"] is True
    assert settings["SECURE_SSL_REDIRECT"] is False


def test_not_even_on_this_machine_forms_are_taken_from_a_wildcard(settings_with):
    with pytest.raises(ImproperlyConfigured, match=f"^{re.escape(NO_WILDCARD)}$"):
        settings_with(SITE_URL="http://127.0.0.1:8000", CSRF_TRUSTED_ORIGINS="http://*.localhost")


HERE = "http://127.0.0.1:8000 is for this machine alone: ALLOWED_HOSTS must not name"


@pytest.mark.parametrize(
    ("hosts", "others"),
    [
        ("*", "*"),
        ("127.0.0.1,board.example.com", "board.example.com"),
        ("localhost,.localhost", ".localhost"),
        ("0.0.0.0,192.168.1.7", "0.0.0.0, 192.168.1.7"),
        ("localhost.example.com", "localhost.example.com"),
        ("[::1],[2001:db8::1]", "[2001:db8::1]"),
    ],
)
def test_what_is_for_this_machine_alone_goes_by_no_name_that_others_know(settings_with, hosts, others):
    with pytest.raises(ImproperlyConfigured, match=f"^{re.escape(f'{HERE} {others}.')}$"):
        settings_with(SITE_URL="http://127.0.0.1:8000", ALLOWED_HOSTS=hosts)


@pytest.mark.parametrize("hosts", ["127.0.0.1,127.0.0.2,localhost,[::1]", "127.255.255.254"])
def test_on_this_machine_every_address_of_its_own_is_allowed(settings_with, hosts):
    settings = settings_with(SITE_URL="http://127.0.0.1:8000", ALLOWED_HOSTS=hosts)

    assert settings["ALLOWED_HOSTS"] == hosts.split(",")


def test_production_answers_for_its_own_name_and_over_tls_only(settings_with):
    settings = settings_with()

    assert settings["ALLOWED_HOSTS"] == ["board.example.com"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://board.example.com"]
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert settings["SESSION_COOKIE_NAME"] == "__Host-session"
    assert settings["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert settings["MESSAGES_COOKIE_NAME"] == "__Host-messages"


def test_a_proxy_is_believed_only_where_one_is_named(settings_with):
    assert settings_with(TRUSTED_PROXIES="0")["SECURE_PROXY_SSL_HEADER"] is None
    assert settings_with(TRUSTED_PROXIES="1")["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert settings_with(TRUSTED_PROXIES="1")["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_a_provider_to_sign_in_with_takes_an_id_and_a_secret(settings_with):
    assert settings_with()["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"] == []

    told = {"GOOGLE_CLIENT_ID": "g", "GOOGLE_CLIENT_SECRET": "s", "MICROSOFT_CLIENT_ID": "m"}
    told |= {"MICROSOFT_TENANT": "4711", "MICROSOFT_DOMAINS": "example.com,example.org"}
    google, microsoft = settings_with(**told)["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]

    assert google == {
        "provider_id": "google",
        "name": "Google",
        "client_id": "g",
        "secret": "s",
        "settings": {"server_url": "https://accounts.google.com", "verified_email": []},
    }
    assert microsoft["settings"] == {
        "server_url": "https://login.microsoftonline.com/4711/v2.0",
        "verified_email": ["example.com", "example.org"],
    }


def test_djangos_own_check_of_a_deployment_has_nothing_to_say():
    env = environment("web", LEADERBOARD_VAR=os.environ["LEADERBOARD_VAR"])
    check = [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]

    said = subprocess.run(check, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == "System check identified no issues (0 silenced).\n"


def test_a_process_with_the_demo_does_not_start_where_others_can_reach_it():
    env = environment("web", LEADERBOARD_VAR=os.environ["LEADERBOARD_VAR"], DEMO="1")

    said = subprocess.run(
        [sys.executable, "manage.py", "migrate"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )

    assert said.returncode == 1
    assert "is open to others: switch DEBUG and DEMO off." in said.stderr


def test_behind_a_pooler_no_cursor_outlives_its_transaction_and_nothing_is_prepared(settings_with):
    pooled, direct = settings_with(DATABASE_POOLED="1"), settings_with(DATABASE_POOLED="0")
    found = [read["DATABASES"]["default"]["DISABLE_SERVER_SIDE_CURSORS"] for read in (pooled, direct)]

    assert found == [True, False]
    assert [read["DATABASES"]["default"]["OPTIONS"]["prepare_threshold"] for read in (pooled, direct)] == [None, 2]


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ({"DATABASE_POOLED": "1"}, None),
        ({}, "-c plan_cache_mode=force_generic_plan"),
        (
            {"DATABASE_URL": "postgresql://db/site?options=-c%20work_mem%3D8MB", "PGOPTIONS": "-c search_path=here"},
            "-c search_path=here -c work_mem=8MB -c plan_cache_mode=force_generic_plan",
        ),
    ],
)
def test_each_connection_keeps_one_plan_for_a_statement_unless_others_use_it_too(settings_with, given, options):
    assert settings_with(**given)["DATABASES"]["default"]["OPTIONS"].get("options") == options


@pytest.mark.parametrize(
    ("broker", "checked"),
    [
        ("rediss://cache.example.com:6380/0", ssl.CERT_REQUIRED),
        ("rediss://:secret@cache.example.com/0?ssl_ca_certs=/run/ca.pem", ssl.CERT_REQUIRED),
        ("rediss://cache.example.com/0?ssl_cert_reqs=none", ssl.CERT_NONE),
    ],
)
def test_a_broker_over_tls_is_checked_unless_somebody_says_that_it_is_not(settings_with, broker, checked):
    connection = Connection(settings_with(CELERY_BROKER_URL=broker)["CELERY_BROKER_URL"])

    assert connection.ssl["ssl_cert_reqs"] == checked
    assert connection.ssl.get("ssl_ca_certs") == ("/run/ca.pem" if "run" in broker else None)


def test_a_cache_over_tls_is_checked_too(settings_with):
    cache = settings_with(CACHE_URL="rediss://cache.example.com:6380/1")["CACHES"]["default"]

    connection = ConnectionPool.from_url(cache["LOCATION"]).make_connection()

    assert (connection.cert_reqs, connection.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.mark.parametrize("name", SECRETS)
def test_each_secret_may_stand_in_a_file_and_is_then_found_once(tmp_path, name):
    (tmp_path / "secret").write_text("pässword\r\n")
    environ = {name: "", f"{name}_FILE": str(tmp_path / "secret"), "PORT": "8000"}

    read_secrets(environ)

    assert environ == {name: "pässword", "PORT": "8000"}


def test_the_settings_read_secrets_from_files_and_so_does_a_process_that_is_started_from_there(settings_with, tmp_path):
    (tmp_path / "key").write_text(GOOD["SECRET_KEY"] + "\n")

    read = settings_with(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "key"))["SECRET_KEY"]
    script = "from leaderboard.settings import SECRET_KEY; print(SECRET_KEY)"
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert read == said.strip() == GOOD["SECRET_KEY"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read: No such file or directory. Name a file that the site's user may read."),
        (b"\xff\xfe", "cannot be read: it is not text in UTF-8. Name a file that the site's user may read."),
        (b"\n", "is empty: write SECRET_KEY into it, or leave it out."),
    ],
)
def test_a_secret_whose_file_is_of_no_use_says_what_to_do(settings_with, tmp_path, content, sentence):
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(SecretError) as refusal:
        settings_with(SECRET_KEY="", SECRET_KEY_FILE=str(file))

    assert str(refusal.value) == f"SECRET_KEY_FILE names {file}, which {sentence}"


def test_a_secret_is_given_once(settings_with):
    twice = "SECRET_KEY and SECRET_KEY_FILE are both set: leave one out."
    with pytest.raises(SecretError, match=f"^{twice}$"):
        settings_with(SECRET_KEY_FILE="/run/secrets/key")


def test_whatever_is_secret_in_the_compose_file_may_stand_in_a_file():
    secret = {name for name in environment("web") if re.search("SECRET|TOKEN|DSN|_URL$|_KEY$|PASSWORD", name)}

    assert secret - {"SITE_URL", "OIDC_URL"} == set(SECRETS)
