"""What holds for every paste: it never raises, its numbers come back, and its cost is linear."""

from decimal import Decimal
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from teams.rules.measure import Pillar, rounded
from teams.rules.paste import LONGEST, FieldState, parse
from teams.rules.paste.words import LABELS

WORDS = ["Top", "100", "out of", "%", "|", "SSI", "Industry SSI rank", "People in your network", "{", '"memberScore":']
WORDS += ["Your Social Selling Index", "average SSI of", "12,5", "\n", "\t", *(LABELS[pillar][0] for pillar in Pillar)]
PILLAR = st.integers(0, 25_000).map(lambda thousandths: Decimal(thousandths) / 1000)
PAGES = {
    "Current Social Selling Index/{} out of 100": [
        "Establish your professional brand", "Find the right people", "Engage with insights", "Build relationships",
    ],
    "Social Selling Index atual/{} de 100": [
        "Estabelecer sua marca profissional", "Localizar as pessoas certas", "Interagir oferecendo insights",
        "Criar relacionamentos",
    ],
    "Índice de ventas con las redes sociales actual/{} de 100": [
        "Establece tu marca profesional", "Encuentra a las personas adecuadas", "Interactúa ofreciendo información",
        "Crea relaciones",
    ],
    "Aktueller Social Selling Index/{} von 100": [
        "Ihre professionelle Marke aufbauen", "Gezielt die richtigen Personen finden",
        "Durch Einblicke Interesse wecken", "Beziehungen aufbauen",
    ],
    "Social Selling Index actuel/{} sur 100": [
        "Construire votre marque professionnelle", "Trouver les bonnes personnes", "Échanger des informations",
        "Établir des relations",
    ],
    "Индекс социальных продаж/{} из 100": [
        "Создавайте профессиональный бренд", "Находите нужных людей", "Взаимодействуйте с контентом",
        "Развивайте отношения",
    ],
}  # fmt: skip
LAYOUTS = ["{n} | {label}", "{label}\t{n}", "{n}\n{label}", "{label}\n{n}", "{n}\u00a0{label}"]


@given(st.text() | st.lists(st.sampled_from(WORDS) | st.text(max_size=3)).map(" ".join))
@example("\ud800")
@example("[" * 100_000)
@example('{"memberScore":' * 20_000)
@example('{"memberScore": {"overall": ' + "9" * 100_000 + "}}")
def test_any_text_gives_a_reading(text):
    assert parse(text).state in FieldState


@given(
    head=st.sampled_from(sorted(PAGES)),
    numbers=st.tuples(PILLAR, PILLAR, PILLAR, PILLAR),
    layout=st.sampled_from(LAYOUTS),
    comma=st.booleans(),
    order=st.permutations(range(4)),
)
def test_numbers_come_back_from_any_page_whatever_the_order_of_its_labels(head, numbers, layout, comma, order):
    total = rounded(sum(numbers))
    bars = [
        layout.format(n=format(n.normalize(), "f").replace(".", "," if comma else "."), label=label)
        for n, label in zip(numbers, PAGES[head], strict=True)
    ]
    reading = parse(head.format(total).replace("/", "\n") + "\n" + "\n".join(bars[at] for at in order))
    assert (reading.state, reading.total, reading.unsure) == ("ok", total, frozenset())
    assert tuple(getattr(reading, pillar) for pillar in Pillar) == numbers


HOSTILE = [
    "-", "rank_",
    "9", "12345 ", "1 ", "1\n", "1.5 ", "1,", "1.1.1.1", "1% ", " ", "\n", " \n", "\t", "\u00a0 ", "\u200b", "a", "a ",
    "a\u0301\u0316", "İ", "😀 ", "[", "{", '{"memberScore":', '"memberScore', '\\"memberScore', "1 out of ",
    "1 out of 100 ", "1 out of 100\n", "20 out of 100\n1.5 1.5 1.5 1.5 ", "1 out of 25 ", "7 words 100 ", "Top ",
    "Top 1% ", "1% since ", "ssi ", "average ", "average SSI of ", "average SSI of 3 ", "Industry SSI rank ",
    "Top 5% Industry SSI rank\n", "People in your industry\nPeople in your team\n", "Sales professionals in the ",
    "Your Social Selling Index\n", "your ", "SSI you no longer have access ", "brand people insight relation ",
    "Establish your professional brand ", "establish your ", "из 100 Находите ", "Build relationships\n12\n",
    "1 Establish your professional brand 2.5 Find the right people 3 Engage with insights 4.1 Build relationships ",
]  # fmt: skip


def _seconds(text):
    started = process_time()
    parse(text)
    return process_time() - started


@pytest.mark.soak
@pytest.mark.parametrize("unit", HOSTILE)
def test_twice_the_text_costs_at_most_three_times_as_much(unit):
    half, whole = ((unit * (length // len(unit) + 1))[:length] for length in (LONGEST // 2, LONGEST))
    runs = [(_seconds(half), _seconds(whole)) for _ in range(5)]
    # Below fifteen milliseconds the clock's noise is larger than the difference.
    assert min(long for _, long in runs) <= 3 * max(0.015, min(short for short, _ in runs))


def test_text_beyond_the_longest_costs_nothing():
    assert parse(" " * LONGEST + "Current Social Selling Index\n33 out of 100") == parse("")
