"""What the operator's pages tell one to type exists: services, commands and their options, scripts, links."""

import re
import shlex

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from tests.deploy.compose import ROOT, mentioned, services

PAGES = {path.stem: path.read_text() for path in sorted((ROOT / "docs").glob("*.md"))}
PAGES |= {path.stem: path.read_text() for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md")}
BEFORE_A_SERVICE = re.compile(r"docker compose (?:--\S+ \S+ )?(?:exec|run|cp|restart|logs|ps)\s+(.*)")


def blocks(text, language):
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)


def one_line(text):
    return " ".join(text.split())


def commands(text):
    """Each line of its examples for a shell, without its remark, and what stands between backquotes in sentences."""
    lines = [line for block in blocks(text, "sh") for line in block.replace("\\\n", " ").splitlines()]
    inline = re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return [re.sub(r"(^|\s)#.*", "", line).strip() for line in [*lines, *map(one_line, inline)]]


def named_services(command):
    """The services that a command of docker compose names: one where something is run in it, else all."""
    found = BEFORE_A_SERVICE.search(re.split(r"&&|\|", command)[0])
    words = found[1].split() if found else []
    plain = [
        word.partition(":")[0] for before, word in zip(["", *words], words, strict=False) if is_a_name(before, word)
    ]
    return plain[:1] if re.search(r"compose (?:--\S+ \S+ )?(exec|run|cp)", command) else plain


def is_a_name(before, word):
    return not word.startswith("-") and before != "--since"


@pytest.mark.parametrize("page", PAGES)
def test_services_are_those_of_compose(page):
    named = {name for command in commands(PAGES[page]) for name in named_services(command)}

    assert named - {*services()} == set()


@pytest.mark.parametrize("page", PAGES)
def test_commands_of_the_site_are_there_and_take_what_they_are_given(page):
    for name, words in re.findall(r"manage\.py ([a-z_]+)([^&|'\n]*)", "\n".join(commands(PAGES[page]))):
        app = get_commands()[name]
        if app in ("leaderboard", "teams") and "…" not in words:
            load_command_class(app, name).create_parser("manage.py", name).parse_args(shlex.split(words))


@pytest.mark.parametrize("page", PAGES)
def test_scripts_can_be_started(page):
    scripts = {script for command in commands(PAGES[page]) for script in re.findall(r"deploy/\w+\.sh", command)}

    assert [script for script in scripts if not (ROOT / script).stat().st_mode & 0o100] == []


def test_enough_is_looked_at():
    every = [command for text in PAGES.values() for command in commands(text)]

    assert len([command for command in every if named_services(command)]) > 15
    assert len([command for command in every if "manage.py" in command]) > 10
    assert named_services("docker compose logs --since 1h web") == ["web"]
    assert named_services("docker compose exec worker python manage.py backup") == ["worker"]
    assert named_services("docker compose restart beat worker") == ["beat", "worker"]


def test_files_beside_compose_speak_of_its_services():
    files = [yaml.safe_load(block) for text in PAGES.values() for block in blocks(text, "yaml") if "services:" in block]

    assert len(files) > 2
    assert [name for file in files for name in file["services"] if name not in services()] == []


def test_settings_that_an_example_sets_are_in_the_list():
    lines = [line for text in PAGES.values() for block in blocks(text, "sh") for line in block.splitlines()]
    named = {
        name for line in lines if line.strip().startswith("# .env:") for name in re.findall(r"([A-Z_]{4,})=", line)
    }

    assert named
    assert named - mentioned() == set()


@pytest.mark.parametrize("page", PAGES)
def test_a_link_into_a_page_finds_its_heading(page):
    folder = ROOT if page.isupper() else ROOT / "docs"
    broken = []
    for target, anchor in re.findall(r"\]\(([\w./-]*\.md)?#([\w-]+)\)", PAGES[page]):
        text = (folder / target).read_text() if target else PAGES[page]
        headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        if anchor not in [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]:
            broken.append((target, anchor))

    assert broken == []
