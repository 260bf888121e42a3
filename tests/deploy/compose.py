"""docker-compose.yml as docker compose would read it, with the values of `.env.example` and made-up secrets."""

import os
import re
from pathlib import Path

import yaml

from tests.clock import passed_on

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}")
SECRETS = {
    "SECRET_KEY": "for-the-tests-of-the-compose-file-and-nothing-else-0123456789",
    "POSTGRES_PASSWORD": "0a1b2c3d",
}


def example():
    """The variables that `.env.example` gives a value, without those that it only mentions."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def mentioned():
    """Every name in `.env.example`."""
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def text():
    return (ROOT / "docker-compose.yml").read_text()


def compose(**changes):
    """The whole file; `${NAME:?…}` without a value is a KeyError, as it stops docker compose."""
    values = example() | SECRETS | changes

    def value(found):
        name, kind, default = found.groups()
        return values.get(name, default) if kind == "-" else values[name]

    return yaml.safe_load(VARIABLE.sub(value, text()))


def services():
    return compose()["services"]


def command(service, **changes):
    """A service's command as it runs here: this Python's programs, and `changes` instead of words of it."""
    words = [changes.get(word, word) for word in services()[service]["command"]]
    return [str(ROOT / ".venv/bin" / words[0]), *words[1:]]


def environment(service, **changes):
    """What a process of the service finds in its environment; of this machine's where programs are, and its clock."""
    return {"PATH": os.environ["PATH"], **passed_on(), **services()[service]["environment"], **changes}
