"""Texts that hold another's number where one's own might stand: what is filled in without a mark is right."""

import json
from dataclasses import asdict
from decimal import Decimal

import pytest

from teams.rules.measure import Pillar
from teams.rules.paste import FieldState, lacks_headings, parse

LABELS = ["Establish your professional brand", "Find the right people", "Engage with insights", "Build relationships"]
MINE = ["17.42", "12.35", "9.6", "23.9"]
FOUR = dict(zip(Pillar, map(Decimal, MINE), strict=True))
OWN = {"total": 63, **FOUR}
TITLE = "Your Social Selling Index"
PAGE = f"{TITLE}\n63 out of 100"


def bars(form, numbers=MINE):
    return "\n".join(form.format(label=label, n=n) for label, n in zip(LABELS, numbers, strict=True))


def unmarked(text):
    reading = parse(text)
    fields = asdict(reading)
    for other in ("state", "doubts", "choices", *reading.unsure):
        del fields[other]
    return {name: value for name, value in fields.items() if value is not None}


THEIRS = bars("{label}\t{n}", ["14.5", "14.5", "14", "15"])
RUSSIAN = ["Создавайте профессиональный бренд", "Находите нужных людей", "Взаимодействуйте с контентом"]
RUSSIAN += ["Развивайте отношения"]
RUSSIANS = "\n".join(f"{label}\t{n}" for label, n in zip(RUSSIAN, ["11,8", "5,4", "2,2", "15,2"], strict=True))
RANKS = TITLE + "\nIndustry SSI rank: {}4%\nNetwork SSI rank: {}9%\n63 out of 100"
TRAPS = {
    "places that count down": ("Social Selling Index\n4 {}\n3 {} –\n2 {}\n1 {}".format(*LABELS), {}),
    "a group's sentence in other words": (f"{RUSSIANS}\nСредний SSI специалистов по продажам в вашей отрасли: 35", {}),
    "a team's heading": (f"Your team\n58 out of 100\n{THEIRS}", {}),
    "a colleague's page": (f"Anna's Social Selling Index\n58 out of 100\n{THEIRS}\n{PAGE}", {"total": 63}),
    "James's page": (f"James' LinkedIn SSI: 58\n{THEIRS}", {}),
    "today's page": (f"Today's Social Selling Index\n63 out of 100\n{bars('{n} | {label}')}", OWN),
    "a share of those behind": (RANKS.replace("{}", "better than 9"), {"total": 63}),
    "a percentile": (RANKS.replace("{}", "percentile: "), {"total": 63}),
    "words that are not known": (RANKS.replace("{}", "egy "), {"total": 63}),
    "a number between the words": (
        "Votre Social Selling Index\nClassement SSI du secteur\nLes 4 premiers %\nClassement SSI du réseau\n"
        "Les 9 premiers %\nSocial Selling Index actuel\n63 sur 100",
        {"total": 63, "industry_rank": 4, "network_rank": 9},
    ),
    "a total that was split": (f"{TITLE}\n6 3 out of 100", {}),
    "a letter for a nought": (f"{TITLE}\n6O out of 100", {}),
    "a stroke for a one": (
        f"{TITLE}\n|7.42 | {bars('{n} | {label}').partition(' | ')[2]}",
        dict(list(FOUR.items())[1:]),
    ),
    "a space for the point": (f"{TITLE}\n0 out of 100\n{bars('{label} {n}', ['0 01'] * 4)}", {"total": 0}),
    "two columns that make the total": (
        f"{PAGE}\n{bars('{label} {n}', ['17.42 17.4', '12.35 12.4', '9.6 9.6', '23.9 23.9'])}",
        {"total": 63, "insights": Decimal("9.6"), "relationships": Decimal("23.9")},
    ),
    "a benchmark": ("Social Selling Index\nBenchmark 70/100\nCurrent 63/100", {"total": 63}),
    "yesterday above": ("Social Selling Index\nGestern 61 von 100\nHeute 63 von 100", {"total": 63}),
}


@pytest.mark.parametrize("trap", sorted(TRAPS))
def test_what_stands_there_without_a_mark_is_the_members(trap):
    text, right = TRAPS[trap]
    assert unmarked(text) == right


@pytest.mark.parametrize(
    "notice",
    [
        "You do not have access. Please sign in to continue.",
        "Your score for this week is not available. Access returns on Monday.",
        "Sie haben noch keinen Zugriff. Bitte einloggen.",
    ],
)
def test_a_page_that_asks_to_sign_in_or_to_wait_is_no_end_of_access(notice):
    assert parse(f"{TITLE}\n{notice}").state == FieldState.NOT_SSI_PAGE


NAMES = ["PROFESSIONAL_BRAND", "FIND_RIGHT_PEOPLE", "INSIGHT_ENGAGEMENT", "STRONG_RELATIONSHIP"]
PARTS = "".join(f'{at}\t\nscore\t{n}\npillar\t"{name}"\n' for at, (name, n) in enumerate(zip(NAMES, MINE, strict=True)))
FIREFOX = (
    f"JSON\nRaw Data\nHeaders\nactiveSeat\tfalse\nmemberScore\t\noverall\t63.27\nsubScores\t\n{PARTS}groupScore\t\n"
    '0\t\ngroupType\t"INDUSTRY"\nrank\t4\nscore\t\noverall\t35.11\nsubScores\t\n0\t\nscore\t11.8\n'
    'pillar\t"PROFESSIONAL_BRAND"\n1\t\ngroupType\t"NETWORK"\nrank\t9\nscore\t\noverall\t40.9\nsubScores\t[]'
)
CHROME = (
    "{activeSeat: false, memberScore: {…}, groupScore: Array(2)}\ngroupScore: Array(2)\n"
    "0: {groupType: 'INDUSTRY', rank: 4, score: {…}}\n1: {groupType: 'NETWORK', rank: 9, score: {…}}\nlength: 2\n"
    "memberScore:\noverall: 63.27\nsubScores: Array(4)\n"
    + "\n".join(f"{{score: {n}, pillar: '{name}'}}" for name, n in zip(NAMES, MINE, strict=True))
)
READ = {
    "a browser's view of JSON": (
        FIREFOX,
        {**OWN, "industry_rank": 4, "network_rank": 9, "industry_average": 35, "network_average": 41},
    ),
    "a console's print of JSON": (CHROME, {**OWN, "industry_rank": 4, "network_rank": 9}),
    "parts by name": (
        json.dumps({"memberScore": {"ssi": 63.27, "pillars": dict(zip(NAMES, MINE, strict=True))}}),
        OWN,
    ),
    "parts in a list": (
        json.dumps(
            {
                "socialSellingIndex": {
                    "previousScore": {"score": 61},
                    "currentScore": {"score": 63.27},
                    "pillars": [{"name": name, "value": float(n)} for name, n in zip(NAMES, MINE, strict=True)],
                }
            }
        ),
        OWN,
    ),
    "shared lines": ("My SSI\n63\nBrand 17.42\nPeople 12.35\nInsights 9.6\nRelationships 23.9", OWN),
    "shared lines in Polish": ("Mój SSI: 63/100\nMarka 17,42\nLudzie 12,35\nTreści 9,6\nRelacje 23,9", OWN),
}


@pytest.mark.parametrize("text", sorted(READ))
def test_what_people_bring_in_other_clothes_is_read(text):
    pasted, right = READ[text]
    assert unmarked(pasted) == right


ASKED = {
    "JSON beside another page": '{"memberScore": {"overall": 63}}\nYour Social Selling Index\n61 out of 100',
    "two views of JSON": FIREFOX + "\n" + FIREFOX.replace("63.27", "48.2"),
    "a name that stands twice": '{"memberScore": {"overall": 61, "overall": 63, "subScores": []}}',
    "a row without headings": "Dana\t63\t17.42\t12.35\t9.6\t23.9\t4\t9",
    "a row with more cells": "SSI\tBrand\tPeople\tInsights\tRelationships\nNorth\t63\t17.42\t12.35\t9.6\t23.9",
    "unquoted commas": "Datum,SSI,Marke,Personen,Einblicke,Beziehungen\n20.11.2026,63,17,42,12,35,9,6,23,9",
    "an estimate": f"SSI calculator\nEstimated score: 48/100\n{bars('{label} 12')}",
    "a group in an unknown language": "Ihmiset alallasi\n35/100\n11,8 | Luo\n5,4 | Löydä\n2,2 | Ole\n15,2 | Ra",
    "what else is out of 100": f"{TITLE}\nInMail credits left\n20 of 100",
}


@pytest.mark.parametrize("text", sorted(ASKED))
def test_what_may_be_somebody_elses_is_asked_about(text):
    assert unmarked(ASKED[text]) == {}


def test_two_pages_that_differ_in_a_rank_only_are_one_with_a_mark():
    ranked = "Your Social Selling Index\nIndustry SSI rank\nTop {}%\nNetwork SSI rank\nTop 9%\n63 out of 100\n"
    reading = parse("\n".join([ranked.format(4), bars("{n} | {label}"), ranked.format(5), bars("{n} | {label}")]))
    assert (reading.choices, reading.unsure, reading.total) == ((), {"industry_rank"}, 63)


@pytest.mark.parametrize("twice", [lambda line: f"{line}\n{line}", lambda line: line + line])
def test_a_page_of_which_each_line_stands_twice_is_read_once(twice):
    page = f"{PAGE}\n" + bars("{n} | {label}")

    assert unmarked("\n".join(map(twice, page.split("\n")))) == OWN


def test_numbers_in_emojis_are_numbers_and_those_of_a_list_are_nobodys():
    keycaps = str.maketrans({digit: f"{digit}\ufe0f\u20e3" for digit in "0123456789"})
    whole = {"total": 63, **dict(zip(Pillar, map(Decimal, (17, 12, 10, 24)), strict=True))}

    written = bars("{label} {n}", ["17", "12", "10", "24"]).translate(keycaps)
    listed = "\n".join(f"{n}\ufe0f\u20e3 {line}" for n, line in enumerate(bars("{label}: {n}").split("\n"), 1))

    assert unmarked(f"SSI {'63'.translate(keycaps)}/💯\n{written}") == whole
    assert unmarked(f"🎯 SSI: 63/100\n{listed}") == OWN


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("Ada\t61\t17\t12\t10\t22", True),
        ("Ada\t61\t17\t12\t10\t22\nBen\t40\t10\t10\t10\t10", True),
        ("2026-11-20,63,17.42,12.35,9.6,23.9", True),
        ("Ada\t61\t17", False),
        (f"Name\t{TITLE}\nAda\t61\t17\t12\t10\t22", False),
        ("", False),
    ],
)
def test_rows_of_numbers_without_headings_are_known(text, lacks):
    assert lacks_headings(text) == lacks
