"""The paste parser against whole pages, languages, layouts and traps."""

import json
import unicodedata
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import pytest

from teams.rules.paste import parse

SAMPLES = Path(__file__).parents[2] / "samples" / "ssi"
FOUR = {"brand": Decimal("12.05"), "people": Decimal("4.76"), "insights": Decimal(1), "relationships": Decimal(15)}
LABELS = ["Establish your professional brand", "Find the right people", "Engage with insights", "Build relationships"]
NUMBERS = ["12.05", "4.76", "1", "15"]
HEAD = "Your Social Selling Index\nCurrent Social Selling Index\n33 out of 100\n"
BARS = "\n".join(f"{number} | {label}" for number, label in zip(NUMBERS, LABELS, strict=True))
PAGE = HEAD + BARS


def lines(pattern, numbers=NUMBERS):
    return "\n".join(pattern.format(n=n, label=label) for n, label in zip(numbers, LABELS, strict=True))


def found(text):
    """What a text gave, without the fields that it did not."""
    reading = parse(text)
    given = asdict(reading) | {"unsure": reading.unsure}
    return {name: value for name, value in given.items() if value not in (None, frozenset(), ()) and name != "doubts"}


def ok(**more):
    return {"state": "ok", "total": 33, **FOUR, **more}


@pytest.mark.parametrize("sample", sorted(path.stem for path in SAMPLES.glob("*.txt")))
def test_every_sample_page_reads_as_written_beside_it(sample):
    expected = json.loads((SAMPLES / f"{sample}.json").read_text(encoding="utf-8"))
    expected.pop("source")
    read = parse((SAMPLES / f"{sample}.txt").read_text(encoding="utf-8"))
    reading = asdict(read) | {"unsure": read.unsure}
    del reading["doubts"], reading["choices"]
    pillars = {name: None if expected[name] is None else Decimal(expected[name]) for name in FOUR}
    assert reading == expected | pillars | {"unsure": frozenset(expected["unsure"])}


LAYOUTS = {
    "number, bar, label": lines("{n} | {label}"),
    "label, tab, number": lines("{label}\t{n}"),
    "number on the line above": lines("{n}\n{label}"),
    "number on the line below": lines("{label}\n{n}"),
    "label and colon": lines("{label}: {n}"),
    "bold in Markdown": lines("- **{label}** — {n}"),
    "quoted in a CSV": lines('"{label}","{n}"'),
    "an l read for the bar": lines("{n} l {label} ©"),
    "out of 25 for a screen reader": lines("{n} out of 25\n{label}"),
    "blank lines and spaces between": lines("  {n}  \n\n \t\n  {label}  "),
    "all on one line": lines("{n} | {label}").replace("\n", " "),
    "two on a line": lines("{n} | {label}").replace("\n", " ", 1),
    "a help text between number and label": lines("{n}\nInfo about this part\n{label}"),
    "capitals": lines("{n} | {label}").upper(),
    "Windows line ends": lines("{n}\n{label}").replace("\n", "\r\n"),
    "no-break spaces and marks that nobody sees": lines("\u200f{n}\u00a0|\u202f{label}\u200b"),
    "decimal commas": lines("{n} | {label}").replace(".", ","),
    "trailing zeros": lines("{n} | {label}", ["12.050", "4.760", "1.000", "15.0"]),
    "wide digits": lines("{n} | {label}", ["１２．０５", "４．７６", "１", "１５"]),
    "another order": "\n".join(reversed(lines("{n} | {label}").split("\n"))),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_four_pillars_are_read_in_any_layout(layout):
    assert found("\ufeff" + HEAD + LAYOUTS[layout]) == ok()


LANGUAGES = {
    "English of 2014": (
        "Create a professional brand/Find the right people/Engage with insights/Build strong relationships",
        "Current Social Selling Index/{} out of 100",
    ),
    "Portuguese": (
        "Estabelecer sua marca profissional/Localizar as pessoas certas/Interagir oferecendo insights"
        "/Cultivar relacionamentos",
        "Social Selling Index atual/{} de 100",
    ),
    "Spanish": (
        "Establece tu marca profesional/Encuentra a las personas adecuadas/Interactúa ofreciendo información"
        "/Crea relaciones",
        "Índice de ventas con las redes sociales actual/{} de 100",
    ),
    "German": (
        "professionelle Marke aufbauen/Gezielt die richtigen Personen finden/Durch Einblicke Interesse wecken"
        "/Beziehungen aufbauen",
        "Aktueller Social Selling Index/{} von 100",
    ),
    "French": (
        "Asseoir votre marque professionnelle/Trouver les bonnes personnes/Échanger des informations"
        "/Établir des relations",
        "Social Selling Index actuel/{} sur 100",
    ),
    "Russian": (
        "Создавайте профессиональный бренд/Находите нужных людей/Взаимодействуйте с контентом/Развивайте отношения",
        "Индекс социальных продаж/{} из 100",
    ),
    "Polish, known by stems": (
        "Rozwijaj swoją markę/Szukaj właściwych osób/Dziel się treściami/Dbaj o relacje",
        "Twój Social Selling Index/{} na 100",
    ),
    "Dutch": (
        "Bouw aan uw professionele merk/Vind de juiste personen/Deel goede inzichten/Bouw relaties op",
        "Uw Social Selling Index/{} van 100",
    ),
    "Italian": (
        "Afferma il tuo brand professionale/Trova le persone giuste/Interagisci con informazioni/Crea relazioni",
        "Il tuo Social Selling Index/{} su 100",
    ),
}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_read_in_every_language(language, form):
    labels, head = LANGUAGES[language]
    bars = "\n".join(f"{n} | {label}" for n, label in zip(NUMBERS, labels.split("/"), strict=True))
    text = head.format(33).replace("/", "\n") + "\n" + bars.replace(".", ",")
    assert found(unicodedata.normalize(form, text)) == ok()


def test_labels_may_be_in_different_languages():
    labels = [
        "Estabelecer sua marca profissional",
        LABELS[1],
        "Interactúa ofreciendo información",
        "Beziehungen aufbauen",
    ]
    assert found(HEAD + "\n".join(f"{n} | {label}" for n, label in zip(NUMBERS, labels, strict=True))) == ok()


def test_an_unknown_language_is_read_by_the_sum_and_marked():
    text = "Nuvarande index\n33 av 100\n12,05 | Etablera ditt namn\n4,76 | Hitta folk\n1 | Engagera dig\n15 | Bygg"
    assert found(text) == ok(unsure=frozenset({"total", *FOUR}))


def test_labels_first_and_numbers_after_them_are_read_by_order_and_marked():
    assert found(HEAD + "\n".join(LABELS + NUMBERS)) == ok(unsure=frozenset(FOUR))


RANKS = {
    "label, then rank": "Industry SSI rank\nTop 65%\nNetwork SSI rank\nTop 43%",
    "rank, then label": "Top 65% Industry SSI rank\nTop 43% Network SSI rank",
    "rank in two lines, then label": "Top\n65%\nIndustry SSI rank\nTop\n43%\nNetwork SSI rank",
    "label between the words": "Top\nIndustry SSI rank\n65\n%\nTop\nNetwork SSI rank\n43\n%",
    "label between the words, on one line": "Top Industry SSI rank 65 % Top Network SSI rank 43 %",
    "Spanish": "Mejor\nclasificación SSI del sector\n65\u00a0%\nMejor\nclasificación SSI de la red\n43\u00a0%",
    "Portuguese": "Classificação SSI do setor\nPrimeiros 65%\nClassificação SSI da rede\nPrimeiros 43%",
    "German": "Branchen-SSI-Rang\nTop 65 %\nNetzwerk-SSI-Rang\nTop 43 %",
    "Russian": "Рейтинг SSI в отрасли\nТоп 65 %\nРейтинг SSI в сети\nТоп 43 %",
    "a team's before": "Team SSI rank\nTop 1%\nIndustry SSI rank\nTop 65%\nNetwork SSI rank\nTop 43%",
    "a team's between": "Top 65% Industry SSI rank\nTop 1% Team SSI rank\nTop 43% Network SSI rank",
}


@pytest.mark.parametrize("order", RANKS)
def test_ranks_are_read_in_every_order_of_their_words(order):
    assert found(RANKS[order] + "\n" + PAGE) == ok(industry_rank=65, network_rank=43)


def test_ranks_alone_are_a_partial_page():
    assert found("Top 85% Industry SSI rank") == {"state": "partial", "industry_rank": 85}


def test_ranks_come_from_the_groups_blocks_where_the_top_was_left_out():
    text = (
        "\nPeople in your industry\n29 out of 100\nUp 1% since last week\nYou rank in the top 37%"
        "\nPeople in your network\n36 out of 100\nYou rank in the top 12%\nDown 2% since last week"
    )
    groups = {"industry_rank": 37, "network_rank": 12, "industry_average": 29, "network_average": 36}
    assert found(PAGE + text) == ok(**groups)


def test_an_industry_with_network_in_its_name_stays_the_industry():
    text = "\nSales professionals in the Computer and Network Security industry have an average SSI of 29."
    assert found(PAGE + text + "\nPeople in your network have an average SSI of 36.") == ok(
        industry_average=29, network_average=36
    )


def test_a_team_in_place_of_the_network_stays_out():
    text = "\nPeople in your industry\n29 out of 100\nPeople in your team\n55 out of 100\nYou rank in the top 1%"
    assert found(PAGE + text) == ok(industry_average=29)


def test_three_columns_read_line_by_line_are_dealt_out_in_order():
    text = (
        "\nPeople in your industry People in your network People in your team"
        "\nhave an average SSI of 29. have an average SSI of 36. have an average SSI of 55."
        "\nYou rank in the top 37% You rank in the top 12% You rank in the top 1%"
    )
    groups = {"industry_rank": 37, "network_rank": 12, "industry_average": 29, "network_average": 36}
    assert found(PAGE + text) == ok(**groups)


def test_a_rank_that_is_said_twice_differently_is_in_doubt():
    text = "Industry SSI rank\nTop 37%\n" + PAGE + "\nPeople in your industry\nYou rank in the top 73%"
    assert found(text) == ok(industry_rank=37, unsure={"industry_rank"})


def test_an_average_is_rounded_half_up():
    assert found(PAGE + "\nPeople in your network have an average SSI of 32.5.")["network_average"] == 33


def test_the_hidden_tables_do_not_win_though_they_come_first():
    tables = "People in your industry\n29 out of 100\n" + lines("{label}\t{n}", ["11.27", "4.54", "1.56", "11.88"])
    assert found(tables + "\n" + PAGE) == ok(industry_average=29)


def test_a_table_of_averages_alone_is_not_the_members():
    tables = "\nPeople in your industry\n29 out of 100\n" + lines("{label}\t{n}", ["11.27", "4.54", "1.56", "11.88"])
    assert found(HEAD + tables) == {"state": "partial", "total": 33, "industry_average": 29}


GROUPS_TABLES = {
    "under a bare heading": "Industry\n33 out of 100\n" + BARS,
    "between the page's title and the group's sentence": "Your Social Selling Index\n" + BARS + "\nRemaining points 67"
    "\nSales professionals in your industry have an average SSI of 33.",
    "in a row called mean": "Team\tSSI\tBrand\tPeople\tInsights\tRelationships\nMittelwert\t33\t12.05\t4.76\t1\t15",
}


@pytest.mark.parametrize("where", GROUPS_TABLES)
def test_a_groups_four_numbers_are_never_the_members(where):
    reading = parse(GROUPS_TABLES[where])
    assert [getattr(reading, name) for name in ("total", *FOUR)] == [None] * 5


def test_pillars_that_do_not_make_the_total_are_kept_and_all_five_marked():
    assert found(PAGE.replace("33 out", "40 out")) == ok(total=40, unsure={"total", *FOUR})


def test_a_total_is_computed_half_up_where_it_is_missing():
    assert found(lines("{n} | {label}", ["12.5", "5", "1", "15"]))["total"] == 34


@pytest.mark.parametrize(("number", "total"), [("0", 0), ("25", 100)])
def test_the_lowest_and_the_highest_page_are_read(number, total):
    pillars = dict.fromkeys(FOUR, Decimal(number))
    text = HEAD.replace("33", str(total)) + lines("{n} | {label}", [number] * 4)
    assert found(text) == {"state": "ok", "total": total, **pillars}


@pytest.mark.parametrize("impossible", ["26", "25.001", "-5", "1234", "1.2.3", "12:30"])
@pytest.mark.parametrize("pattern", ["{n} | {label}", "{label}\t{n}", "{n}\n{label}", "{label}\n{n}"])
def test_an_impossible_pillar_is_left_out_and_shifts_no_other(impossible, pattern):
    text = HEAD + lines(pattern, [impossible, *NUMBERS[1:]])
    rest = {name: value for name, value in FOUR.items() if name != "brand"}
    assert found(text) == {"state": "partial", "total": 33, **rest}


def test_impossible_totals_and_ranks_are_left_out():
    text = PAGE.replace("33 out", "133 out") + "\nIndustry SSI rank\nTop 0%\nNetwork SSI rank\nTop 101%"
    assert found(text) == ok()


def test_a_few_pillars_are_a_partial_page():
    text = "\n".join(BARS.split("\n")[:2])
    assert found(text) == {"state": "partial", "brand": Decimal("12.05"), "people": Decimal("4.76")}


def test_thousands_of_lines_around_the_page_change_nothing():
    before = "".join(f"Notification {n} of 100 people\nTop {n}%\n" for n in range(3000))
    assert found(before + PAGE + "\nHome 7\nTry Premium for 0 EUR" * 2000) == ok()


PROSE = {
    "nothing": "",
    "an own share text": "My industry SSI rank is top 5%. My Social Selling Index is 71 out of 100!",
    "headlines with numbers": "5 ways to build relationships\n7 tips to find the right people\nTop 5%\n71 out of 100",
    "a numbered list": "What is the Social Selling Index?\n" + lines("{n}. {label}", "1234"),
    "a numbered list on one line": lines("{n} {label}", "1234").replace("\n", " "),
    "a numbered list under the title": "Social Selling Index\n" + lines("{n}\n{label}", "1234"),
    "what each is worth": lines("{label}: {n} points", ["25"] * 4) + "\nA perfect score is 100 out of 100.",
    "pages of results": "Page 1 2 3 4\n10 of 100",
    "a quiz": "You scored\n71 out of 100\nTop 5%",
    "other JSON": '{"score": 33, "pillars": [12.05, 4.76, 1, 15]}',
    "an article about the end": "LinkedIn has discontinued the Social Selling Index, I no longer have access to SSI.",
}


@pytest.mark.parametrize("prose", PROSE)
def test_prose_with_the_pages_words_is_not_the_page(prose):
    assert found(PROSE[prose]) == {"state": "not_ssi_page"}


ENDED = {
    "English": "Current Social Selling Index\nYou no longer have access\nYour access to SSI has been discontinued",
    "Portuguese on one line": "Lista Seu Social Selling Index atual Você não tem acesso ao SSI foi descontinuado",
    "Portuguese without a title": "Seu acesso ao SSI foi descontinuado",
    "Spanish": "Tu índice de ventas con las redes sociales\nTu acceso al SSI ha sido descontinuado",
    "German": "Aktueller Social Selling Index\nDer Zugriff auf den SSI wurde eingestellt.",
    "French": "Votre Social Selling Index\nVous n’avez plus accès\nLe SSI a été abandonné",
    "Russian": "Индекс социальных продаж\nУ вас больше нет доступа",
    "Polish": "Twój Social Selling Index\nTwój dostęp do SSI został wycofany",
    "Dutch": "Uw Social Selling Index\nUw toegang is stopgezet",
    "Italian": "Il tuo Social Selling Index\nNon hai più accesso",
}


@pytest.mark.parametrize("language", ENDED)
def test_the_page_that_says_access_has_ended_is_recognised(language):
    assert found("Home\nNotifications 3\n" + ENDED[language] + "\nLinkedIn © 2026") == {"state": "discontinued"}


def test_scores_on_the_page_matter_more_than_a_notice_of_the_end():
    assert found("SSI will be discontinued, you no longer have access in 2027\n" + PAGE) == ok()


ANSWER = {
    "activeSeat": False,
    "memberScore": {
        "overall": 19.705751,
        "subScores": [
            {"score": 2.6077502, "pillar": "STRONG_RELATIONSHIP"},
            {"score": 0.29999998, "pillar": "INSIGHT_ENGAGEMENT"},
            {"score": 13.118002, "pillar": "PROFESSIONAL_BRAND"},
            {"score": 3.68, "pillar": "FIND_RIGHT_PEOPLE"},
        ],
    },
    "groupScore": [
        {"groupType": "TEAM", "rank": 1, "score": {"overall": 54.6}},
        {"groupType": "NETWORK", "rank": 81, "score": {"overall": 32.72}},
        {"groupType": "INDUSTRY", "rank": 75, "score": {"overall": 30.5}, "industry": "Top 5%"},
    ],
}
BARE = json.dumps(ANSWER)
READ = {
    "state": "ok", "total": 20, "brand": Decimal("13.118"), "people": Decimal("3.68"), "insights": Decimal("0.3"),
    "relationships": Decimal("2.608"), "industry_rank": 75, "network_rank": 81, "industry_average": 31,
    "network_average": 33,
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        BARE,
        json.dumps(ANSWER, indent=4),
        json.dumps({"object": "LinkedinRawData", "status": 200, "data": ANSWER}),
        json.dumps({"object": "LinkedinRawData", "data": BARE}),
        json.dumps(json.dumps({"data": BARE})),
        json.dumps([{"elements": [ANSWER]}]),
        f'<code id="bpr">{BARE}</code>',
        "\ufeff \n" + BARE,
    ],
    ids=["bare", "indented", "in an object", "in a string", "in two strings", "in lists", "in a page", "with a mark"],
)
def test_linkedins_json_is_read_in_any_wrapping(text):
    assert found(text) == READ


@pytest.mark.parametrize(
    "nothing", ["null", "NaN", "Infinity", "-1", "101", '"20"', "true", "1e999999999999", "9" * 5000]
)
def test_a_total_that_is_no_number_is_computed_from_the_answers_pillars(nothing):
    assert found(BARE.replace("19.705751", nothing)) == READ


def test_an_answer_without_pillars_is_partial():
    text = '{"memberScore": {"overall": 54.5, "subScores": null}, "groupScore": [null, {"rank": 5}]}'
    assert found(text) == {"state": "partial", "total": 55}


def test_an_answer_whose_pillars_were_repainted_marks_all_five():
    assert found(BARE.replace("13.118002", "24.5"))["unsure"] == {"total", *FOUR}


def test_broken_json_is_read_as_text():
    assert found('{"memberScore": \n' + PAGE) == ok()
