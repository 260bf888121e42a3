"""Texts that hold another's number where one's own might stand: what is filled in without a mark is right."""

from dataclasses import asdict
from decimal import Decimal

import pytest

from teams.rules.measure import Pillar
from teams.rules.paste import State, parse

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
    assert parse(f"{TITLE}\n{notice}").state == State.NOT_SSI_PAGE
