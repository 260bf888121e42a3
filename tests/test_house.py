"""The house keeps its shape: what may import what, where settings come from, and what nobody may use."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from leaderboard.celery import app
from teams.views.site.running import JOBS
from tests.deploy.compose import ROOT, mentioned, variables
from tests.shots import named_in_documents

# Each layer may import those on its right; those that share a place do not know each other.
LAYERS = [
    "urls",
    "views management",
    "api slack",
    "accounts",
    "tasks",
    "actions",
    "files mail chat calendar live",
    "queries",
    "models",
    "words fields network",
    "rules",
]
PLACES = {layer: place for place, layers in enumerate(LAYERS) for layer in layers.split()}
BESIDE = {
    "forms": {"queries", "models", "words", "fields", "rules"},
    "templatetags": {"queries", "models", "words", "rules"},
    "admin": {"models"},
    "migrations": {"models", "fields", "rules"},
}
USED_BY = {"forms": {"views", "api", "slack"}, "migrations": {"management"}}
"""Who may import what stands beside the layers; the others are loaded by Django itself."""
NEW_FILES_GO_ELSEWHERE = {"utils.py", "helpers.py", "services.py", "signals.py", "managers.py", "mixins.py"}
HIDING = re.compile(r"\.(signals|dispatch|views\.generic)\b")
LONGEST = 350  # lines
WIDEST = 140  # characters a line of a template
SETTINGS = ROOT / "leaderboard/settings.py"


@cache
def tree(path):
    return ast.parse(path.read_text(), filename=str(path))


def python(*folders):
    """The product's own files, with their path from the root."""
    for folder in folders or ("leaderboard", "teams"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, path.relative_to(ROOT).as_posix()


def imports(path):
    """The full names of what a file imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by dots"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(name):
    """The layer of a module of teams: `teams.models.boards` is of `models`."""
    return name.split(".")[1]


def allowed(importer, imported):
    if importer == imported:
        return True
    if importer in BESIDE:
        return imported in BESIDE[importer]
    if imported in BESIDE:
        return importer in USED_BY.get(imported, ())
    return PLACES[importer] < PLACES[imported]


def test_imports_run_one_way():
    wrong = [
        (name, imported)
        for path, name in python("teams")
        for imported in imports(path)
        if imported.startswith("teams.")
        and not allowed(layer(name.removesuffix(".py").replace("/", ".")), layer(imported))
    ]

    assert wrong == []


def test_site_and_product_do_not_import_each_other():
    """They meet by names in settings and in `include`, and by what Django and Celery know both by."""
    met = [
        (name, imported)
        for path, name in python()
        for imported in imports(path)
        if imported.split(".")[0] in {"leaderboard", "teams"} - {name.split("/")[0]}
    ]

    assert met == []


def test_rules_know_only_python_and_each_other():
    outside = {"asyncio", "http", "os", "shutil", "socket", "subprocess", "tempfile", "threading", "time", "urllib"}
    wrong = [
        (name, imported)
        for path, name in python("teams/rules")
        for imported in imports(path)
        if not imported.startswith("teams.rules.") and imported.split(".")[0] not in sys.stdlib_module_names - outside
    ]

    assert wrong == []


def test_only_the_measure_names_the_pillars():
    """Those whose names are no ordinary words; but for what readers are told, and how others write them."""
    written_for_or_by_people = {"teams/words/measure.py", "teams/rules/sheets/headings.py"}
    named = {
        name
        for path, name in python("teams")
        if not name.startswith("teams/migrations/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in ("brand", "relationships")
    }

    assert named - written_for_or_by_people == {"teams/rules/measure.py"}


def test_rules_never_ask_for_the_time():
    clocks = {"today", "now", "utcnow"}
    wrong = [
        (name, node.lineno)
        for path, name in python("teams/rules")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clocks
    ]

    assert wrong == []


def test_what_runs_on_one_machine_does_not_load_django():
    own = ("leaderboard.local", "leaderboard.environment")
    files = [path for path, name in python("leaderboard") if name.removesuffix(".py").replace("/", ".").startswith(own)]
    wrong = [
        (path.name, imported)
        for path in files
        for imported in imports(path)
        if imported.split(".")[0] not in sys.stdlib_module_names and not imported.startswith(own)
    ]

    assert wrong == []


def test_nothing_is_imported_inside_a_function():
    wrong = [
        (name, inner.lineno)
        for path, name in python()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert wrong == []


def test_nothing_hides_behind_signals_saves_or_classes():
    wrong = []
    for path, name in python("teams"):
        wrong += [
            (name, found) for found in imports(path) if re.search(r"\.(signals|dispatch|views\.generic)\b", found)
        ]
        if "/migrations/" in name or name.startswith("teams/accounts/"):  # which Django and django-allauth ask for
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                methods = {inner.name for inner in node.body if isinstance(inner, ast.FunctionDef)}
                wrong += [(name, f"{node.name}.{method}") for method in methods & {"save", "delete", "as_view"}]
            if isinstance(node, ast.Attribute) and node.attr == "get_model":
                wrong.append((name, "get_model"))

    assert wrong == []


def test_views_are_functions():
    pages = [(path, name) for path, name in python("teams/views") if not name.startswith("teams/views/shared/")]

    assert [name for path, name in pages for node in tree(path).body if isinstance(node, ast.ClassDef)] == []


def test_a_template_says_one_thing_a_line():
    lines = [
        (path.relative_to(ROOT).as_posix(), number)
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > WIDEST
    ]

    assert lines == []


def test_no_file_is_named_for_everything_and_none_is_too_long():
    files = [(path, name) for path, name in python() if "/migrations/" not in name]

    assert [name for path, name in files if path.name in NEW_FILES_GO_ELSEWHERE] == []
    assert [name for path, name in files if len(path.read_text().splitlines()) > LONGEST] == []


def test_every_module_says_what_it_gives():
    files = [(path, name) for path, name in python() if "/migrations/" not in name and path.read_text()]

    assert [name for path, name in files if not ast.get_docstring(tree(path))] == []


def test_every_public_function_of_the_product_says_what_it_gives():
    functions = [
        (name, node)
        for path, name in python("teams")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]

    assert [(name, node.name) for name, node in functions if not ast.get_docstring(node)] == []


def settings_read():
    """Every name that settings.py takes from the environment."""
    return {
        node.args[0].value
        for node in ast.walk(tree(SETTINGS))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and isinstance(node.args[0], ast.Constant)
    }


def elsewhere_read():
    """Every name that other programs of ours take from the environment."""
    words = "".join(path.read_text() for path, _ in python("leaderboard/local", "tests/browser", "tools"))
    own = set(re.findall(r'os\.environ(?:\.get\(|\[)"([A-Z_]+)"(?:\]|\)| *,)(?! =)', words))
    return own & {"PORT", "PG_BIN", "VALKEY_BIN", "CHROMIUM"}


def test_the_example_has_every_variable_and_no_other():
    assert mentioned() == settings_read() | elsewhere_read() | variables()


def test_the_example_explains_each_in_a_line():
    lines = (ROOT / ".env.example").read_text().splitlines()
    variable = re.compile(r"(# )?[A-Z_]+=")
    explained = [before for before, line in pairwise(lines) if variable.match(line)]

    assert [line for line in explained if not re.match(r"# [A-Z`].*[.0-9)]$", line) and "Make " not in line] == []


@pytest.mark.parametrize("name", settings.CELERY_BEAT_SCHEDULE)
def test_every_scheduled_task_exists_expires_notes_its_end_and_has_words(name):
    entry = settings.CELERY_BEAT_SCHEDULE[name]
    module, _, task = entry["task"].rpartition(".")

    assert re.search(rf"^@sweep(\(.*\))?\ndef {task}\(", Path(import_module(module).__file__).read_text(), re.MULTILINE)
    assert entry["task"] in app.tasks
    assert 0 < entry["options"]["expires"] <= 3600
    assert name in JOBS


def test_models_and_migrations_say_the_same(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_database_of_the_tests_was_migrated_from_zero(db, django_db_use_migrations):
    assert django_db_use_migrations
    assert {model._meta.app_label for model in apps.get_models()} >= {"teams"}
    call_command("migrate", "--check", verbosity=0)


def tracked():
    """The files that the repository holds, as text; pictures and fonts aside."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file() and path.suffix not in {".png", ".jpg", ".woff2", ".xlsx"}:
            yield name, path.read_text()


def test_nothing_names_a_place_or_a_host_of_one_machine():
    words = ["/wo" + "rk/", "../sha" + "red", "npm" + "js.", "py" + "pi.org", "python" + "hosted.org", "/opt/" + "pypi"]
    found = [(name, word) for name, content in tracked() for word in words if word in content]

    assert found == []


def test_nothing_reads_outside_the_checkout():
    leaving = re.compile(r"parents\[([3-9])\]|(?:parent\.){4,}|\.\./\.\./\.\.")
    found = [name for name, content in tracked() if name.endswith((".py", ".toml", ".yml")) and leaving.search(content)]

    assert [name for name in found if name != "tests/test_house.py"] == []


def test_every_path_that_the_documents_name_exists():
    documents = [ROOT / name for name, _ in tracked() if name.endswith(".md") and name != "CHANGELOG.md"]
    links = [
        (document.name, target)
        for document in documents
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text())
        if not (document.parent / target).exists()
    ]

    assert links == []


def test_the_repository_holds_the_pictures_that_documents_show_and_no_others():
    pictures = {path.name: path.stat().st_size for path in (ROOT / "docs/pictures").iterdir()}

    assert pictures.keys() == named_in_documents()
    assert sum(pictures.values()) < 2_000_000


def test_the_root_of_the_tests_is_the_checkout():
    assert Path(__file__).is_relative_to(ROOT)
    assert (ROOT / "manage.py").exists()


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    node = json.loads((ROOT / "package.json").read_text())
    packages = [name for kind in ("dependencies", "devDependencies", "optionalDependencies") for name in node[kind]]
    names = {re.match(r"[\w-]+", line)[0] for line in wanted} | {*packages}
    reasons = (ROOT / "CONTRIBUTING.md").read_text().partition("## What we depend on")[2]
    named = {name for line in reasons.splitlines() for name in re.findall(r"`([^`]+)`", line.split(" | ")[0])}

    assert named & names == names
    assert {name for name in named if name not in names} <= {"make lock"}


def test_every_file_and_command_that_the_documents_name_exists():
    documents = [ROOT / name for name in ["README.md", "CONTRIBUTING.md", *ROOT.glob("docs/*.md")]]
    words = [word for document in documents for word in re.findall(r"`([^`\n]+)`", document.read_text())]
    files = [word for word in words if re.fullmatch(r"(teams|leaderboard|templates|static|tests|deploy)/[\w./]+", word)]
    text_of_all = "".join(document.read_text() for document in documents)
    targets = set(re.findall(r"(?:^|`)make ([a-z]+)", text_of_all, re.MULTILINE))

    assert [word for word in files if not (ROOT / word).exists()] == []
    assert targets <= set(re.findall(r"^([a-z_]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
