"""Whatever file is sent: an answer within seconds and little memory, with a sentence; what is stored comes back."""

import resource
from random import Random

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from teams.files.csv_escaping import csv_text, undefused
from teams.models import Import, ImportPerson, Submission
from teams.tasks.imports import go_on
from tests.hostile import (
    BOOKS,
    FILES,
    LARGE_BOOKS,
    PAGES,
    random_files,
    table,
    with_text,
    workbook,
    workbooks_with_text,
)
from tests.pages.naughty import naughty_strings

pytestmark = pytest.mark.django_db
HERE = "/team/north/import/"
MOST_SECONDS, MOST_MEGABYTES = 30, 250
"""Of computing, the reader's process included; and of memory besides that, ten megabytes of a file included."""


def spent():
    """Seconds of computing by this process and by those it started."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def most_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def sent(browser, page, name, content):
    """What is wrong with what becomes of a file, one line each; nothing of it stays."""
    cache.clear()
    began = spent()
    with transaction.atomic():
        try:
            answer = browser.post(page, {"file": SimpleUploadedFile(name, content)})
            wrong = answer.status_code == 200 and (
                b'class="errorlist"' not in answer.content and b"figures" not in answer.content
            )
            if answer.status_code == 302:
                go_on(int(answer.url.split("/")[2]))
                wrong = browser.get(answer.url).status_code != 200 or unexplained()
            if wrong or answer.status_code not in (200, 302):
                yield f"{name[:60]!r}, {content[:60]!r}: {answer.status_code} {wrong}"
        except Exception as fault:
            yield f"{name[:60]!r}, {content[:60]!r}: {fault!r}"[:400]
        finally:
            transaction.set_rollback(True)
    if spent() - began > MOST_SECONDS:
        yield f"{name!r}, {content[:60]!r}: {spent() - began:.0f} s"


def unexplained():
    """Files that are refused without a sentence, or because reading them broke."""
    return [each.problem for each in Import.objects.filter(state="failed") if not each.problem.endswith(".")]


@pytest.fixture
def grace(world, browse):
    return browse(world.grace)


def all_wrong(browser, files):
    """What is wrong with any of them, and how much memory they took."""
    before = most_memory()
    found = [line for name, content in files for line in sent(browser, HERE, name, content)]
    return found + ([f"{most_memory() - before} MB"] if most_memory() - before > MOST_MEGABYTES else [])


WORST = [
    "opposite corners", "a corner in single quotes", "a row without end", "more shared texts than there are",
    "the number -1e308", "NUL as workbooks write it", "a sheet that is a picture", "sizes that lie",
]  # fmt: skip
"""What ended the web server once, and what stands for the rest of them."""


@pytest.mark.parametrize("names", [WORST, pytest.param([*BOOKS], marks=pytest.mark.soak)], ids=["worst", "all"])
def test_hostile_workbooks_are_answered(grace, names):
    assert all_wrong(grace, [("scores.xlsx", BOOKS[name]()) for name in names]) == []


@pytest.mark.soak
@pytest.mark.parametrize("name", LARGE_BOOKS)
def test_a_large_hostile_workbook_is_answered(grace, name):
    assert all_wrong(grace, [("scores.xlsx", LARGE_BOOKS[name]())]) == []


@pytest.mark.soak
def test_hostile_texts_are_answered(grace):
    texts = [*(text.encode() for text in PAGES.values()), *FILES.values()]

    assert all_wrong(grace, [("scores.csv", content) for content in texts]) == []


@pytest.mark.parametrize("many", [10, pytest.param(2_000, marks=pytest.mark.soak)])
def test_random_bytes_are_answered(grace, many):
    files = random_files(Random(20261123), many)

    assert all_wrong(grace, files) == []


@pytest.mark.parametrize("many", [5, pytest.param(None, marks=pytest.mark.soak)])
def test_a_naughty_string_is_answered_wherever_it_stands(grace, many):
    random = Random(20261123)
    strings = random.sample(naughty_strings(), many) if many else naughty_strings()
    files = [one for text in strings for one in random.sample([*with_text(text)], 2 if many else 4)]
    files += [random.choice([*workbooks_with_text(text)]) for text in (strings[:3] if many else strings)]

    print(f"{len(strings)} strings, {len(files)} files")
    assert all_wrong(grace, files) == []


def test_business_figures_take_the_same_files(world, grace):
    texts = [
        PAGES["a month of nines"].encode(),
        PAGES["headings of accents"].encode(),
        FILES["NUL"],
        BOOKS["NUL by number"](),
    ]

    found = [
        line for content in texts for line in sent(grace, f"/figures/{world.counter.pk}/import/", "a.csv", content)
    ]

    assert found == []


def noted(texts, month):
    """A list of readings, one for each text, which stands beside it as its note."""
    return [
        ["Name", "Month", "Score", "Note"],
        *([f"Rep {number}", str(month), "50", text] for number, text in enumerate(texts)),
    ]


@pytest.mark.parametrize("many", [25, pytest.param(None, marks=pytest.mark.soak)])
@pytest.mark.parametrize(("write", "name"), [(table, "notes.csv"), (workbook, "notes.xlsx")])
def test_what_a_file_says_comes_back_as_it_was(world, grace, write, name, many):
    """The space around it is taken off, and what defuses a formula; a note has 300 characters.

    A bare number is left out: behind the score of a csv it may be its fraction, which is asked about.
    """
    texts = [text for text in naughty_strings() if text.isprintable() and text.strip() and len(text) < 10_000]
    texts = [text for text in texts if not text.strip().isdecimal()]
    texts = Random(20261123).sample(texts, many) if many else texts
    cache.clear()

    here = grace.post(HERE, {"file": SimpleUploadedFile(name, write(noted(texts, world.month)))}).url
    go_on(int(here.split("/")[2]))
    grace.post(f"{here}store/")
    go_on(int(here.split("/")[2]))

    stored = Submission.objects.filter(member__name__startswith="Rep ").values_list("member__name", "note")
    taken = undefused if write is workbook else csv_text
    assert dict(stored) == {f"Rep {number}": taken(text.strip()).strip()[:300] for number, text in enumerate(texts)}


@pytest.mark.parametrize("many", [25, pytest.param(None, marks=pytest.mark.soak)])
def test_people_are_named_as_the_file_names_them(world, grace, many):
    texts = [text for text in naughty_strings() if text.isprintable() and text.strip() and len(text) < 90]
    texts = Random(20261123).sample(texts, many) if many else texts
    names = [" ".join(f"{number} {text}".replace(",", " ").split()) for number, text in enumerate(texts)]
    cache.clear()

    here = grace.post(
        HERE, {"file": SimpleUploadedFile("a.csv", table([["Name", str(world.month)], *([n, "50"] for n in names)]))}
    ).url
    go_on(int(here.split("/")[2]))

    assert set(ImportPerson.objects.filter(upload=Import.objects.first()).values_list("name", flat=True)) == set(names)
    for page in range(1, len(names) // 25 + 2):
        assert grace.get(f"{here}?people={page}&page={page}").status_code == 200
