"""docs/asvs.md names tests that exist, and each of its rows names something; the bill of materials is whole."""

import ast
import json
import re
import subprocess
import sys
from functools import cache

import pytest

from tests.deploy.compose import ROOT

TEXT = (ROOT / "docs/asvs.md").read_text()


@cache
def functions(name):
    """The functions of a file of tests."""
    return {node.name for node in ast.parse((ROOT / name).read_text()).body if isinstance(node, ast.FunctionDef)}


def test_every_test_that_is_named_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)

    assert len(named) > 60
    assert [(file, test) for file, test in named if test not in functions(file)] == []


def test_every_row_says_what_holds_it():
    rows = [line.split(" | ") for line in TEXT.splitlines() if re.match(r"\| \d", line)]

    assert [row[0] for row in rows if len(row) != 4 or not re.search(r"`|ruff", row[3])] == []


@pytest.mark.soak
def test_the_bill_of_materials_lists_what_is_locked(tmp_path):
    subprocess.run([sys.executable, "tools/sbom.py", tmp_path / "out"], cwd=ROOT, check=True, capture_output=True)

    bill = (tmp_path / "out").read_text()
    listed = json.loads(bill)["components"]
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    from_npm = ["@fontsource-variable/inter", "htmx.org", "lightningcss-wasm", "napi-wasm"]
    assert sorted(part["name"] for part in listed) == sorted([*locked, *from_npm])
    without = [part["name"] for part in listed if not (part.get("hashes") or part.get("externalReferences"))]
    assert without == ["napi-wasm"]  # it comes within lightningcss-wasm
    from cyclonedx.schema import SchemaVersion  # as slow to load as the schemas that it reads
    from cyclonedx.validation.json import JsonStrictValidator

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill) is None
