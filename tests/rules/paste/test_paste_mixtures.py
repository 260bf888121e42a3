"""Mixtures of what may stand in one text: whatever is not marked is what was put in."""

from decimal import Decimal
from itertools import zip_longest

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from teams.rules.measure import Pillar, rounded
from teams.rules.paste import parse

LABELS = {
    "en": ["Establish your professional brand", "Find the right people", "Engage with insights", "Build relationships"],
    "pt": [
        "Estabelecer sua marca profissional", "Localizar as pessoas certas", "Interagir oferecendo insights",
        "Criar relacionamentos",
    ],
    "de": [
        "Ihre professionelle Marke aufbauen", "Gezielt die richtigen Personen finden",
        "Durch Einblicke Interesse wecken", "Beziehungen aufbauen",
    ],
}  # fmt: skip
TOTALS = {"en": "{} out of 100", "pt": "{} de 100", "de": "{} von 100"}
TITLES = {"en": "Your Social Selling Index", "pt": "Seu Social Selling Index", "de": "Ihr Social Selling Index"}
DIGITS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९"]
FIELDS = ("total", *Pillar, "industry_rank", "network_rank", "industry_average", "network_average")

scores = st.tuples(*[st.integers(1, 2500).map(lambda hundredths: Decimal(hundredths) / 100)] * 4)
percents = st.integers(1, 100)
languages = st.sampled_from(sorted(LABELS))


def plain(number):
    return f"{number.normalize():f}"


def total_of(four):
    return rounded(sum(four))


def put_in(four, **more):
    return {"total": total_of(four), **dict(zip(Pillar, four, strict=True)), **more}


def wrong_and_unmarked(text, *allowed):
    """The fields that are not marked and are not what one and the same of `allowed` says."""
    reading = parse(text)
    told = {name: getattr(reading, name) for name in FIELDS if name not in reading.unsure}
    shown = {name: value for name, value in told.items() if value is not None}
    return min(({n: v for n, v in shown.items() if right.get(n) != v} for right in allowed), key=len)


def bars(language, four, form="{n} | {label}"):
    labelled = zip(four, LABELS[language], strict=True)
    return "\n".join(form.format(n=plain(number), label=label) for number, label in labelled)


def page(language, four, form="{n} | {label}"):
    return "\n".join([TITLES[language], TOTALS[language].format(total_of(four)), bars(language, four, form)])


FORMS = st.sampled_from(["{n} | {label}", "{label}\t{n}", "{n}\n{label}", "{label}\n{n}", "{label}: {n}/25"])


@given(language=languages, mine=scores, theirs=scores, form=FORMS, below=st.booleans())
def test_a_groups_hidden_table_is_never_the_members(language, mine, theirs, form, below):
    average = total_of(theirs)
    table = (
        f"People in your industry\n{average} out of 100\n{bars('en', theirs, '{label}' + chr(9) + '{n}')}\n"
        f"Remaining points\t{100 - average}\nSales professionals in your industry have an average SSI of {average}."
    )
    parts = [page(language, mine, form), table]
    text = "\n".join(parts if below else parts[::-1])
    assert wrong_and_unmarked(text, put_in(mine, industry_average=average)) == {}


@given(theirs=scores, first=st.integers(0, 3), group=st.sampled_from(["industry", "network"]))
def test_a_copy_that_begins_in_a_groups_table_gives_nobody_a_score(theirs, first, group):
    lines = bars("en", theirs, "{label}\t{n}").split("\n")[first:]
    sentence = {
        "industry": f"Sales professionals in your industry have an average SSI of {total_of(theirs)}.",
        "network": f"People in your network have an average SSI of {total_of(theirs)}.",
    }[group]
    text = "\n".join([*lines, "Remaining points\t65", sentence])
    assert wrong_and_unmarked(text, {f"{group}_average": total_of(theirs)}) == {}


@given(language=languages, old=scores, new=scores)
def test_two_pages_that_differ_are_never_believed(language, old, new):
    text = page(language, old) + "\n" + page(language, new)
    right = {} if old != new else put_in(new)
    assert wrong_and_unmarked(text, right) == {}


@given(language=languages, mine=scores, others=st.lists(scores, min_size=1, max_size=2), place=st.integers(0, 2))
def test_of_several_columns_only_the_one_that_makes_the_total_is_believed(language, mine, others, place):
    columns = [*others[:place], mine, *others[place:]]
    lines = [" ".join([label, *(plain(column[at]) for column in columns)]) for at, label in enumerate(LABELS[language])]
    text = "\n".join([TITLES[language], TOTALS[language].format(total_of(mine)), *lines])
    same_total = [put_in(other) for other in others if abs(sum(other) - total_of(mine)) <= Decimal("0.51")]
    assert wrong_and_unmarked(text, put_in(mine), *same_total) == {}


@given(
    language=languages,
    mine=scores,
    changes=st.tuples(*[st.integers(-30, 30)] * 4),
    form=st.sampled_from(["{label} {n} ({d})", "{label} {d} {n}", "{n} | {label} {d}", "{label}\n{d}\n{n}"]),
    total=st.booleans(),
)
def test_a_change_is_no_score(language, mine, changes, form, total):
    lines = [
        form.format(label=label, n=plain(number), d=f"{change / 10:+.1f}")
        for label, number, change in zip(LABELS[language], mine, changes, strict=True)
    ]
    shown = [TOTALS[language].format(total_of(mine))] if total else []
    assert wrong_and_unmarked("\n".join([TITLES[language], *shown, *lines]), put_in(mine)) == {}


@given(language=languages, mine=scores, gap=st.integers(0, 3), dash=st.sampled_from(["–", "-", "", "n/a"]))
def test_the_numbers_of_a_list_are_nobodys(language, mine, gap, dash):
    written = [dash if at == gap else plain(number) for at, number in enumerate(mine)]
    labelled = enumerate(zip(LABELS[language], written, strict=True), start=1)
    lines = [f"{place}. {label}: {number}" for place, (label, number) in labelled]
    right = {name: value for at, (name, value) in enumerate(zip(Pillar, mine, strict=True)) if at != gap}
    assert wrong_and_unmarked("\n".join([TITLES[language], *lines]), right) == {}


@given(
    ranks=st.tuples(percents, percents),
    word=st.sampled_from(["Top {}%", "Best {} %", "Spitzenplatz {}%", "{} % Upper", "Les {} %", "%{}", "unter {}%"]),
    form=st.sampled_from(["{label}\n{n}", "{n}\n{label}", "{label}: {n}", "{n} {label}"]),
    missing=st.sampled_from([None, 0, 1]),
)
def test_a_rank_is_never_given_to_the_other_group(ranks, word, form, missing):
    lines = [
        label if at == missing else form.format(label=label, n=word.format(rank))
        for at, (label, rank) in enumerate(zip(["Industry SSI rank", "Network SSI rank"], ranks, strict=True))
    ]
    names = ["industry_rank", "network_rank"]
    right = {name: rank for at, (name, rank) in enumerate(zip(names, ranks, strict=True)) if at != missing}
    text = "\n".join(["Your Social Selling Index", *lines, "Current Social Selling Index", "63 out of 100"])
    assert wrong_and_unmarked(text, right | {"total": 63}) == {}


@given(language=languages, mine=scores, digits=st.sampled_from(DIGITS), comma=st.booleans(), form=FORMS)
def test_the_digits_of_every_script_are_read(language, mine, digits, comma, form):
    text = page(language, mine, form).replace(".", "," if comma else ".")
    reading = parse(text.translate(str.maketrans("0123456789", digits)))
    assert {name: getattr(reading, name) for name in ("total", *Pillar)} == put_in(mine)
    assert reading.unsure == set()


@given(mine=scores, sign=st.sampled_from([", ", " ,", ". ", " . ", " "]), form=FORMS)
@example(mine=(Decimal("0.01"), Decimal("1.26"), Decimal("2.26"), Decimal("3.26")), sign=" ", form="{n} | {label}")
def test_a_number_that_was_split_is_not_read_by_half_of_it(mine, sign, form):
    written = [plain(number).replace(".", sign) for number in mine]
    split = {name for name, number, text in zip(Pillar, mine, written, strict=True) if plain(number) != text}
    lines = [form.format(n=text, label=label) for text, label in zip(written, LABELS["en"], strict=True)]
    text = "\n".join([TITLES["en"], TOTALS["en"].format(total_of(mine)), *lines])
    right = {name: value for name, value in put_in(mine).items() if name not in split}
    assert wrong_and_unmarked(text, right) == {}


@given(rows=st.lists(scores, min_size=1, max_size=3), sign=st.sampled_from(["\t", ";", " | ", "   "]))
def test_rows_of_a_sheet_that_differ_are_never_believed(rows, sign):
    head = ["Name", "SSI", "Brand", "People", "Insights", "Relationships"]
    written = [["Dana", str(total_of(row)), *map(plain, row)] for row in rows]
    text = "\n".join(sign.join(cells) for cells in [head, *written])
    right = put_in(rows[0]) if len(set(rows)) == 1 else {}
    assert wrong_and_unmarked(text, right) == {}


@given(first=scores, second=scores, day=st.booleans())
def test_answers_of_json_that_differ_are_never_mixed(first, second, day):
    names = ["PROFESSIONAL_BRAND", "FIND_RIGHT_PEOPLE", "INSIGHT_ENGAGEMENT", "STRONG_RELATIONSHIP"]
    answers = [
        f'{{"memberScore": {{"overall": {sum(four)}, "subScores": ['
        + ", ".join(f'{{"score": {number}, "pillar": "{name}"}}' for name, number in zip(names, four, strict=True))
        + "]}}"
        for four in (first, second)
    ]
    days = ["2026-11-19", "2026-11-20"] if day else []
    dated = (
        [f'{{"day": "{when}", "data": {answer}}}' for when, answer in zip_longest(days, answers)] if day else answers
    )
    right = put_in(first) if first == second else {}
    assert wrong_and_unmarked(f"[{', '.join(dated)}]", right) == {}


@given(
    mine=scores,
    first=st.sampled_from(["100 üzerinden {}", "100-ból {}", "100点中{}点", "100점 만점에 {}점", "100 में से {}"]),
)
def test_a_hundred_that_stands_first_is_not_the_total(mine, first):
    text = "\n".join([TITLES["en"], first.format(total_of(mine)), bars("en", mine)])
    reading = parse(text)
    assert {name: getattr(reading, name) for name in ("total", *Pillar)} == put_in(mine)


def anybodys_page(language, mine, theirs, goal, form, labels, parts):
    """One's own page among what else people copy with it, and what of it is one's own."""
    lines = page(language, mine, form).split("\n", 2)
    marked = list(zip(mine, LABELS[language], strict=True))
    own = [*lines[:2], *(form.format(n=plain(marked[at][0]), label=marked[at][1]) for at in labels)]
    others = {
        "own": "\n".join(own),
        "group": f"People in your industry\n{total_of(theirs)} out of 100\n{bars('en', theirs, form)}",
        "colleague": f"Anna's Social Selling Index\n{total_of(theirs)} out of 100\n{bars('en', theirs, form)}",
        "goal": f"Goal: {goal} out of 100",
        "team": f"Your team\n{total_of(theirs)} out of 100",
        "ranks": "Your Social Selling Index\nIndustry SSI rank\nTop 4%\nNetwork SSI rank\nTop 9%",
        "change": "+0.3 since last week",
    }
    right = put_in(mine, industry_average=total_of(theirs), industry_rank=4, network_rank=9)
    return "\n".join(others[part] for part in parts), right


PARTS = ["own", "group", "colleague", "goal", "team", "ranks", "change"]
MIXTURE = {
    "language": languages,
    "mine": scores,
    "theirs": scores,
    "goal": percents,
    "form": FORMS,
    "labels": st.permutations(range(4)),
    "parts": st.lists(st.sampled_from(PARTS), min_size=2, max_size=5, unique=True),
    "digits": st.sampled_from(DIGITS),
}


def check_mixture(digits, **mixture):
    text, right = anybodys_page(**mixture)
    assert wrong_and_unmarked(text.translate(str.maketrans("0123456789", digits)), right) == {}


@given(**MIXTURE)
def test_a_mixture_of_pages_fills_in_no_number_of_anybody_else(**mixture):
    check_mixture(**mixture)


@pytest.mark.soak
@settings(max_examples=5000)
@given(**MIXTURE)
def test_any_mixture_of_pages_fills_in_no_number_of_anybody_else(**mixture):
    check_mixture(**mixture)
