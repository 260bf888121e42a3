"""`python tools/words.py [compile]`: the catalogues of teams/locale, brought up to date and compiled.

Says what a translator has to do. It needs no gettext programs: Django knows templates, Babel knows the rest.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ["de", "fr", "es"]
ONE, COUNTED, NAMED = ("source",), ("source", "several"), ("context", "source")
CALLS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy"], ONE),
    **dict.fromkeys(["ngettext", "ngettext_lazy", "Sentence"], COUNTED),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], NAMED),
}
"""What the words of a call are."""
FRENCH = [(r"(?<=[^\W\d_])'(?=\w)", "’"), (r" (?=[:;!?»])", "\N{NO-BREAK SPACE}"), (r"(?<=«) ", "\N{NO-BREAK SPACE}")]
"""How French is set: its own apostrophe, and no sign that could stand alone on the next line."""
UNSEEN = {"templates/style", "templates/allauth/elements"}
"""What no reader sees, or what has no words of its own."""
LITERAL = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*{LITERAL}(?:,\s*{LITERAL})?(?:,\s*{LITERAL})?")


class Message(NamedTuple):
    """What is to be translated, and in which file it stands; `several` and `context` may be empty."""

    file: str
    source: str
    several: str = ""
    context: str = ""


def messages() -> Iterator[Message]:
    """Every string of the product that readers see."""
    for folder in ("teams", "leaderboard"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from _of_python(path)
    for path in sorted((ROOT / "templates").rglob("*.*")):
        name = path.relative_to(ROOT).as_posix()
        if not any(name.startswith(f"{folder}/") for folder in UNSEEN):
            yield from _of_template(path, name)
    tips = ROOT / "teams/rules/insights/tips.json"
    for tip in json.loads(tips.read_text()):
        yield from (Message("teams/rules/insights/tips.json", tip[part]) for part in ("title", "how", "frequency"))


def template() -> Catalog:
    """All messages without translations."""
    catalog = Catalog(fuzzy=False)
    for message in messages():
        identity = (message.source, message.several) if message.several else message.source
        catalog.add(identity, context=message.context or None, locations=[(message.file, None)])
    return catalog


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is stored."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language, domain="django")


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return ROOT / "teams/locale" / language / "LC_MESSAGES/django.po"


def update(language: str) -> None:
    """Bring new messages into a catalogue and take old ones out; what is similar is proposed as fuzzy."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    known = catalogue(language) if path.exists() else Catalog(locale=language, domain="django", fuzzy=False)
    since = known.creation_date
    known.update(template(), no_fuzzy_matching=False)
    known.creation_date = since  # else each run would differ from the one before
    known.obsolete.clear()
    if language == "fr":
        for message in known:
            message.string = _set_in_french(message.string) if message.string else message.string
    known.project, known.version, known.fuzzy = "Leaderboard", "", False
    with path.open("wb") as file:
        write_po(file, known, width=110, omit_header=False, include_lineno=False, sort_by_file=False)
    todo = [message.id for message in known if message.id and (message.fuzzy or not _is_translated(message.string))]
    print(f"{language}: {len(known)} messages, {len(todo)} to translate or to check in {path.relative_to(ROOT)}")


def compile_all() -> None:
    """Write what Django reads, where it is not as new as the catalogue."""
    for language in LANGUAGES:
        path = path_of(language)
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            with compiled.open("wb") as file:
                write_mo(file, catalogue(language))


def _of_python(path: Path) -> Iterator[Message]:
    name = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            parts = CALLS[node.func.id]
            texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if texts and all(isinstance(text, str) for text in texts):
                yield Message(name, **dict(zip(parts, texts, strict=False)))


def _of_template(path: Path, name: str) -> Iterator[Message]:
    for call, *literals in CALL.findall(templatize(path.read_text())):
        texts = [ast.literal_eval(literal) for literal in literals if literal]
        if call == "npgettext":
            yield Message(name, texts[1], texts[2], texts[0])
        elif call == "pgettext":
            yield Message(name, texts[1], context=texts[0])
        elif call == "ngettext":
            yield Message(name, texts[0], texts[1])
        else:
            yield Message(name, texts[0])


def _set_in_french(string: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """A translation with the signs of French."""
    if isinstance(string, tuple):
        return tuple(str(_set_in_french(each or "")) for each in string)
    for written, right in FRENCH:
        string = re.sub(written, right, string)
    return string


def _is_translated(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    settings.configure()
    if "compile" not in sys.argv[1:]:
        for each in LANGUAGES:
            update(each)
    compile_all()
