"""docker-compose.yml, Dockerfile, Caddyfile and settings fit together, as far as that shows without an engine."""

import configparser
import re
import subprocess
import sys
from importlib import import_module

import pytest
from celery.app.utils import find_app
from django.conf import settings

from leaderboard.local import postgres
from tests.deploy.compose import ROOT, VARIABLE, compose, environment, mentioned, services, text, variables
from tests.test_house import settings_read

APP = ["migrate", "web", "worker", "beat"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
CADDYFILE = (ROOT / "deploy/Caddyfile").read_text()


def test_it_has_these_services():
    assert list(services()) == ["db", "broker", "pooler", "migrate", "web", "worker", "beat", "proxy"]


def test_web_and_worker_are_several_and_beat_is_one():
    replicas = {name: service["deploy"]["replicas"] for name, service in services().items() if "deploy" in service}

    assert replicas == {"web": "2", "worker": "2"}


def test_only_the_proxy_has_ports_and_only_for_visitors_whose_address_reaches_it():
    ports = {name: service["ports"] for name, service in services().items() if "ports" in service}

    assert ports == {"proxy": ["0.0.0.0:80:80", "0.0.0.0:443:443", "0.0.0.0:443:443/udp"]}


def test_whatever_goes_wrong_in_one_takes_no_more_than_its_share_and_no_right_that_it_does_not_need():
    nobody = {name: service for name, service in services().items() if not service.get("cap_add")}
    others = {name: service["cap_add"] for name, service in services().items() if name not in nobody}

    for name, service in services().items():
        assert re.fullmatch(r"\d+[mg]", service["mem_limit"]), name
        assert service["pids_limit"] <= 300, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert name == "db" or service["read_only"], name
        assert all(":size=" in folder for folder in service.get("tmpfs", [])), name
    assert list(nobody) == ["pooler", *APP]
    assert others == {
        "db": ["CHOWN", "DAC_READ_SEARCH", "FOWNER", "SETGID", "SETUID"],
        "broker": ["CHOWN", "DAC_READ_SEARCH", "SETGID", "SETUID"],
        "proxy": ["NET_BIND_SERVICE"],
    }


def test_database_and_broker_are_on_a_network_without_a_way_out():
    networks = {name: service["networks"] for name, service in services().items()}

    assert compose()["networks"]["inside"] == {"internal": True}
    assert {networks[name][0] for name in ("db", "broker", "pooler", "beat", "migrate")} == {"inside"}
    assert {len(networks[name]) for name in ("db", "broker", "pooler", "beat", "migrate")} == {1}
    assert networks["proxy"] == ["outside"]


def test_everything_that_stays_is_watched_started_again_and_has_time_to_stop():
    for name, service in services().items():
        if name == "migrate":
            continue
        assert service["restart"] == "unless-stopped", name
        assert "stop_grace_period" in service, name
        assert name == "web" or service["healthcheck"]["test"], name  # the image's own
    assert "HEALTHCHECK" in DOCKERFILE


def test_everything_starts_after_what_it_needs():
    needs = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in services().items()
    }
    ready = {"db": "service_healthy", "broker": "service_healthy", "migrate": "service_completed_successfully"}

    assert needs == {
        "db": {},
        "broker": {},
        "pooler": {"db": "service_healthy"},
        "migrate": {"db": "service_healthy"},
        "web": ready,
        "worker": ready,
        "beat": ready,
        "proxy": {"web": "service_healthy"},
    }


def test_settings_read_every_variable_that_it_sets():
    elsewhere = {"PROMETHEUS_MULTIPROC_DIR"}  # read by leaderboard/metrics.py, and by its library

    assert {name for service in APP for name in services()[service]["environment"]} <= settings_read() | elsewhere


def test_every_variable_that_it_asks_for_is_in_the_example():
    assert variables() <= mentioned()


def test_no_secret_has_a_default():
    required = {name for name, kind, _ in VARIABLE.findall(text()) if kind == "?"}

    assert required == {"SITE_URL", "SECRET_KEY", "POSTGRES_PASSWORD", "EMAIL_URL", "DEFAULT_FROM_EMAIL"}


def test_the_environment_leads_to_the_services_by_their_names():
    env = environment("web")

    assert env["DATABASE_URL"] == "postgresql://leaderboard:0a1b2c3d@db:5432/leaderboard"
    assert env["CELERY_BROKER_URL"] == "redis://broker:6379/0"
    assert env["CACHE_URL"] == "redis://broker:6379/1"
    assert all(environment(name) == env for name in APP)


def test_with_the_pooler_web_and_worker_share_connections_and_others_have_their_own():
    pooled = {"DATABASE_HOST": "pooler", "DATABASE_POOLED": "1"}
    found = {name: compose(**pooled)["services"][name]["environment"] for name in APP}
    ini = configparser.ConfigParser()
    ini.read(ROOT / "deploy/pgbouncer.ini")

    assert {name: env["DATABASE_URL"].split("@")[1] for name, env in found.items()} == {
        "migrate": "db:5432/leaderboard",
        "web": "pooler:5432/leaderboard",
        "worker": "pooler:5432/leaderboard",
        "beat": "db:5432/leaderboard",
    }
    assert {env["DATABASE_DIRECT_URL"].split("@")[1] for env in found.values()} == {"db:5432/leaderboard"}  # backups
    assert [env["DATABASE_POOLED"] for env in found.values()] == ["0", "1", "1", "0"]
    assert services()["pooler"]["profiles"] == ["pooler"]
    assert ini["databases"]["leaderboard"] == "host=db port=5432"
    assert (ini["pgbouncer"]["pool_mode"], ini["pgbouncer"]["listen_port"]) == ("transaction", "5432")
    assert int(ini["pgbouncer"]["default_pool_size"]) < 100 - 3 - 20  # leaves some to beat, migrate and whoever looks


def test_the_pooler_looks_each_second_for_a_database_that_was_away():
    ini = configparser.ConfigParser()
    ini.read(ROOT / "deploy/pgbouncer.ini")
    waits = ("server_login_retry", "dns_max_ttl", "dns_nxdomain_ttl")

    assert [ini["pgbouncer"][name] for name in waits] == ["1", "1", "1"]


def test_nothing_in_the_product_keeps_state_in_a_connection_that_the_pooler_would_lose():
    session = re.compile(r"advisory_lock|\bLISTEN\b|CREATE TEMP|SET SESSION")
    sources = [path for kind in ("*.py", "*.sql") for path in (ROOT / "teams").rglob(kind)]
    sources = [path for path in sources if "migrations" not in path.parts]

    assert len(sources) > 200
    assert [path.name for path in sources if session.search(path.read_text())] == []


def test_the_database_is_told_what_the_site_will_say():
    assert services()["db"]["environment"] == {
        "POSTGRES_USER": "leaderboard",
        "POSTGRES_DB": "leaderboard",
        "POSTGRES_PASSWORD": "0a1b2c3d",
    }


@pytest.mark.parametrize("name", APP)
def test_the_command_of_each_exists(name):
    program, *words = services()[name]["command"]
    options = [word for word in words if word.startswith("-")]
    subcommand = [word for word in words if word in ("worker", "beat", "migrate")]
    known = {"python": [sys.executable, "manage.py"]}.get(program, [ROOT / ".venv/bin" / program])

    said = subprocess.run([*known, *subcommand, "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    if program == "celery":
        said += subprocess.run([*known, "--help"], capture_output=True, text=True, check=True).stdout

    assert [option for option in options if option.split("=")[0] not in said] == []


def test_the_modules_in_the_commands_exist(static_files):
    assert "leaderboard.wsgi:application" in services()["web"]["command"]
    assert "leaderboard" in services()["worker"]["command"]
    assert callable(import_module("leaderboard.wsgi").application)
    assert find_app("leaderboard").main == "leaderboard"


@pytest.mark.parametrize("name", ["jit", "client_connection_check_interval"])
def test_the_database_is_set_up_the_same_here_and_there(name):
    assert f"{name}={postgres.CAREFUL[name]}" in services()["db"]["command"]


def test_web_listens_where_image_proxy_and_health_check_look():
    assert "--port=8000" in services()["web"]["command"]
    assert "EXPOSE 8000" in DOCKERFILE
    assert "dynamic a web 8000" in CADDYFILE
    assert "healthy(8000)" in (ROOT / "deploy/healthy.py").read_text()


def test_there_are_connections_for_everybody():
    words = dict(word.split("=") for word in services()["web"]["command"] if "=" in word)
    web = 2 * int(words["--workers"]) * int(words["--blocking-threads"])
    workers = 2 * 2

    assert web + workers < 100 - 3  # PostgreSQL's own default, and its reserve


def test_volumes_are_where_the_programs_keep_their_data():
    volumes = {name: service["volumes"] for name, service in services().items() if "volumes" in service}

    assert volumes == {
        "db": ["db:/var/lib/postgresql"],
        "broker": ["broker:/data"],
        "migrate": ["backups:/backups", "releases:/releases"],
        "web": ["metrics:/metrics", "backups:/backups:ro", "releases:/releases:ro"],
        "worker": ["metrics:/metrics", "backups:/backups"],
        "beat": ["beat:/var/lib/leaderboard"],
        "proxy": ["caddy-data:/data", "caddy-config:/config"],
    }
    assert {volume.split(":")[0] for names in volumes.values() for volume in names if volume[0] != "."} == set(
        compose()["volumes"]
    )
    assert {environment(name)["BACKUPS"] for name in ("migrate", "web", "worker")} == {"/backups"}
    assert {environment(name)["PROMETHEUS_MULTIPROC_DIR"] for name in ("web", "worker")} == {"/metrics"}
    assert "install --directory --owner=10001 --group=10001 --mode=700 /backups /metrics /releases" in DOCKERFILE
    assert "--schedule=/var/lib/leaderboard/beat" in services()["beat"]["command"]
    assert "LEADERBOARD_VAR=/var/lib/leaderboard" in DOCKERFILE
    assert "--home-dir /var/lib/leaderboard --create-home" in DOCKERFILE


def test_what_all_containers_count_is_in_memory_and_theirs_alone():
    assert compose()["volumes"]["metrics"] == {
        "driver_opts": {"type": "tmpfs", "device": "tmpfs", "o": "size=64m,mode=700,uid=10001"}
    }
    assert "useradd --uid 10001" in DOCKERFILE


def test_the_broker_keeps_jobs_over_a_restart_and_drops_none():
    assert services()["broker"]["command"][1:3] == ["--appendonly", "yes"]
    assert services()["broker"]["command"][-2:] == ["--maxmemory-policy", "noeviction"]


def test_the_proxy_speaks_tls_and_believes_no_client_about_its_address():
    assert "{$SITE_URL} {" in CADDYFILE
    assert services()["proxy"]["environment"]["SITE_URL"] == "https://leaderboard.example.com"
    assert "protocols tls1.2 tls1.3" in CADDYFILE
    assert "@refused method TRACE" in CADDYFILE
    assert environment("web")["TRUSTED_PROXIES"] == "1"


def test_only_proxies_that_are_named_may_say_where_a_visitor_comes_from():
    named = compose(FRONT_PROXIES="10.1.2.0/24 fd00::/8", TRUSTED_PROXIES="2")["services"]

    assert re.findall(r"trusted_proxies (.*)$", CADDYFILE, re.MULTILINE) == ["static {$FRONT_PROXIES:127.0.0.1/32}"]
    assert services()["proxy"]["environment"]["FRONT_PROXIES"] == "127.0.0.1/32"  # the proxy's container itself
    assert named["proxy"]["environment"]["FRONT_PROXIES"] == "10.1.2.0/24 fd00::/8"
    assert named["web"]["environment"]["TRUSTED_PROXIES"] == "2"


def test_while_web_is_away_the_proxy_says_so_in_each_language_and_when_to_come_again():
    page = CADDYFILE[CADDYFILE.index("map {header.Accept-Language}") : CADDYFILE.index("request_body")]

    assert re.findall(r"^\t+(?:~\^|default )(\w\w) \w*", page, re.MULTILINE) == ["de", "fr", "es", "en"]
    assert {"handle_errors 502 503 504 {", "header Retry-After 5", "PAGE 503"} <= {
        line.strip() for line in page.splitlines()
    }
    assert {language for language, _ in settings.LANGUAGES} == {"de", "fr", "es", "en"}


def test_a_web_process_that_is_silent_is_left_out_within_two_seconds():
    main, watch = (CADDYFILE[CADDYFILE.index(start) :] for start in ("{$SITE_URL} {", "http://127.0.0.1:8080 {"))
    every = int(re.search(r"health_interval (\d+)ms", watch)[1])
    patience = int(re.search(r"response_header_timeout (\d+)ms", watch)[1])
    replicas = int(services()["web"]["deploy"]["replicas"])

    assert replicas * every + patience <= 2000
    assert "lb_policy round_robin" in watch
    assert "fail_duration" in main[: main.index("http://127.0.0.1:8080 {")]  # it heeds what the watch counts
