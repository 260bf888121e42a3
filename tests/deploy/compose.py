"""docker-compose.yml as docker compose would read it, with the values of `.env.example` and made-up secrets; alone, and
with other files over it."""

import os
import re
from pathlib import Path
from string import Template

import yaml

from tests.clock import passed_on

ROOT = Path(__file__).resolve().parents[2]
EXTERNAL, HOSTS = "deploy/compose.external.yml", "deploy/compose.hosts.yml"
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


def text(file="docker-compose.yml"):
    return (ROOT / file).read_text()


def variables():
    """Every variable that the compose files ask for."""
    return {name for file in ("docker-compose.yml", EXTERNAL, HOSTS) for name, *_ in VARIABLE.findall(text(file))}


def compose(file="docker-compose.yml", **changes):
    """The whole file; `${NAME:?…}` without a value is a KeyError, as it stops docker compose."""
    values = example() | SECRETS | changes

    def value(found):
        name, kind, default = found.groups()
        return values.get(name, Template(default).safe_substitute(values)) if kind == "-" else values[name]

    return yaml.load(VARIABLE.sub(value, text(file)), Overriding)


class Overriding(yaml.SafeLoader):
    """YAML with what Compose knows besides: `!reset` takes something out, `!override` puts something in its place."""


class Instead:
    """What takes the place of what was there; None takes it out."""

    def __init__(self, value):
        self.value = value


Overriding.add_constructor("!reset", lambda *_: Instead(None))
Overriding.add_constructor("!override", lambda loader, node: Instead(loader.construct_mapping(node, deep=True)))


def merged(below, above):
    """Two files as Compose reads one over the other: mappings are joined, lists are added up."""
    if isinstance(above, Instead):
        return above.value
    if isinstance(below, dict) and isinstance(above, dict):
        both = {name: merged(below.get(name), above[name]) if name in above else below[name] for name in below | above}
        return {name: value for name, value in both.items() if value is not None}
    return [*below, *above] if isinstance(below, list) else above


def external(**changes):
    """The whole of docker-compose.yml with other files over it."""
    return merged(compose(**changes), compose(EXTERNAL, **changes))


def services():
    return compose()["services"]


def command(service, **changes):
    """A service's command as it runs here: this Python's programs, and `changes` instead of words of it."""
    words = [changes.get(word, word) for word in services()[service]["command"]]
    return [str(ROOT / ".venv/bin" / words[0]), *words[1:]]


def environment(service, **changes):
    """What a process of the service finds in its environment; of this machine's where programs are, and its clock."""
    return {"PATH": os.environ["PATH"], **passed_on(), **services()[service]["environment"], **changes}
