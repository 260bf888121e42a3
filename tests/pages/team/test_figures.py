"""Business figures on their pages: counting something, typing a month, importing a file, and the honest sentences."""

import re
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from teams.models import Counter
from tests.awkward import saved
from tests.makers import make_counter, make_rep, make_submission, this_month

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace(world, browse):
    return browse(world.grace)


def said(response):
    return [str(message) for message in response.context["messages"]]


def page_of(world, **asked):
    return f"/figures/{world.counter.pk}/" + (f"?month={asked['month']}" if asked else "")


def month_page(world, month=None):
    return f"/figures/{world.counter.pk}/{month or world.month}/"


def current(counter):
    return {
        (figure.member.name, str(figure.month)): figure.value
        for figure in counter.figures.all().current().select_related("member")
    }


def upload(text, name="figures.csv"):
    return {"file": SimpleUploadedFile(name, text.encode())}


def many_reps(world, count, figure, earlier=0):
    """So many reps of North beside Ada and Ben, with a score and a figure of the month."""
    reps = [make_rep(world.north, f"Rep {n}", total=30 + n, month=world.month - earlier) for n in range(count)]
    return make_counter(
        world.north, world.grace, {rep: figure(n) for n, rep in enumerate(reps)}, world.month - earlier, "Deals"
    )


def test_something_is_counted_and_its_first_month_is_asked_for(world, grace):
    response = grace.post("/team/north/figures/", {"name": "Revenue"})

    made = Counter.objects.get(name="Revenue")
    assert (response.url, made.team) == (f"/figures/{made.pk}/{world.month - 1}/", world.north)


def test_the_same_is_counted_once_a_team(world, grace, browse):
    page = grace.post("/team/north/figures/", {"name": "Meetings"}).content.decode()
    browse(world.sue).post("/team/south/figures/", {"name": "Meetings"})

    assert "The team counts this already." in page
    named = Counter.objects.filter(name="Meetings").order_by("team__name")
    assert list(named.values_list("team__name", flat=True)) == ["North", "South"]


def test_it_can_be_renamed_but_not_to_what_is_counted_already(world, grace):
    make_counter(world.north, world.grace, {}, name="Deals")
    refused = grace.post(page_of(world), {"name": "Deals"})
    grace.post(page_of(world), {"name": "Meetings from LinkedIn"})

    assert "The team counts this already." in refused.content.decode()
    assert "<h1>Meetings</h1>" in refused.content.decode()
    assert sorted(Counter.objects.values_list("name", flat=True)) == ["Deals", "Meetings from LinkedIn", "Visits"]


def test_a_month_is_typed_with_a_decimal_comma_and_only_what_changed_is_stored(world, grace):
    form = {f"figure-{world.ada.pk}": "7", f"figure-{world.ben.pk}": "1.250,50"}

    response = grace.post(month_page(world), form, follow=True)

    month = str(world.month)
    assert said(response) == ["1 figure is saved."]
    assert current(world.counter) == {("Ada", month): Decimal(7), ("Ben", month): Decimal("1250.50")}
    history = world.counter.figures.filter(member=world.ben).order_by("pk").values_list("value", flat=True)
    assert list(history) == [Decimal("4.50"), Decimal("1250.50")]


def test_an_emptied_field_takes_a_figure_back_and_nought_is_a_figure(world, grace):
    grace.post(month_page(world), {f"figure-{world.ada.pk}": "", f"figure-{world.ben.pk}": "0"}, follow=True)

    assert current(world.counter) == {("Ben", str(world.month)): Decimal(0)}
    assert said(grace.post(month_page(world), {f"figure-{world.ben.pk}": "0"}, follow=True)) == ["Nothing has changed."]


def test_what_was_typed_stays_where_one_is_no_number(world, grace):
    form = {f"figure-{world.ada.pk}": "12", f"figure-{world.ben.pk}": "about ten"}

    page = grace.post(month_page(world), form).content.decode()

    assert ['value="12"' in page, 'value="about ten"' in page] == [True, True]
    assert "Write a number such as 12 or 1250,50, or nothing." in page
    assert world.counter.figures.count() == 2


@pytest.mark.parametrize("months", [1, -3000])
def test_months_that_have_not_begun_or_never_were_do_not_exist(world, grace, months):
    month = world.month + months if months > 0 else "1990-01"

    assert grace.get(month_page(world, month)).status_code == 404


def test_under_eight_reps_are_too_few_to_tell(world, grace):
    page = grace.get(page_of(world)).content.decode()

    assert "Too few to tell: 2 reps have both a score and a figure. It takes 8." in page
    assert "SSI measures how somebody uses LinkedIn, not what they sell." in page
    assert "Correlation is not cause" in page


def test_a_clear_connection_is_told_with_its_interval(world, grace):
    counter = many_reps(world, 9, lambda n: n * n)

    page = grace.get(f"/figures/{counter.pk}/").content.decode()

    assert "Reps with a higher score tend to have more of it." in page
    assert '<strong class="number">+1.00</strong> over 9 reps' in page
    assert page.count('<circle class="dot"') == 9


def test_dots_name_both_axes_and_each_rep_for_those_who_point_or_tab(world, grace):
    counter = many_reps(world, 9, lambda n: n * n)

    page = grace.get(f"/figures/{counter.pk}/").content.decode()

    assert re.findall(r'<text class="title[^>]*>([^<]+)<', page) == [str(counter), "Score"]
    spots = re.findall(r'tabindex="0" role="img" aria-label="([^"]+)"', page)
    assert spots == re.findall(r'<text class="named"[^>]*>([^<]+)<', page)
    assert len(spots) == 9
    assert spots[3].endswith(", 9")


def test_what_may_be_chance_is_called_so(world, grace):
    counter = many_reps(world, 10, lambda n: [5, 1, 4, 2, 3, 5, 1, 4, 2, 3][n])

    assert (
        "The two do not clearly go together: what looks like it may be chance."
        in grace.get(f"/figures/{counter.pk}/").content.decode()
    )


def test_equal_figures_say_nothing(world, grace):
    counter = many_reps(world, 8, lambda n: 3)

    assert "there is nothing to compare" in grace.get(f"/figures/{counter.pk}/").content.decode()


def test_a_rep_with_several_months_is_one_dot_of_averages_and_one_month_can_be_looked_at(world, grace):
    make_submission(world.ada, 41, month=world.month - 1)
    grace.post(month_page(world, world.month - 1), {f"figure-{world.ada.pk}": "2"})

    def dots(**asked):
        found = grace.get(page_of(world, **asked)).context["dots"]
        return [(dot.member.name, dot.score, dot.figure, dot.months) for dot in found]

    assert dots() == [("Ada", 51, Decimal("4.5"), 2), ("Ben", 40, Decimal("4.5"), 1)]
    assert dots(month=world.month - 1) == [("Ada", 41, 2, 1)]
    assert grace.get(page_of(world, month="2019-01")).status_code == 404


def test_a_sheet_is_looked_at_before_it_is_stored(world, grace):
    last, this = world.month - 1, world.month
    text = f"Name;{last};{this}\nAda;3;7\nben;1.200,50;9\nZoe;1;\nTotal;4;16\n"

    looked = grace.post(page_of(world) + "import/", upload(text))

    lines = [(line.found.cell, line.member.name, line.does) for line in looked.context["stored"]]
    assert lines == [("B2", "Ada", "new"), ("B3", "Ben", "new"), ("C3", "Ben", "other")]
    assert (looked.context["same"], "Nobody in North is called Zoe." in looked.content.decode()) == (1, True)
    assert world.counter.figures.count() == 2

    stored = grace.post(page_of(world) + "import/", {"figures": looked.context["signed"]}, follow=True)

    assert said(stored) == ["3 figures are saved."]
    assert current(world.counter) == {
        ("Ada", str(last)): Decimal(3),
        ("Ben", str(last)): Decimal("1200.50"),
        ("Ada", str(this)): Decimal(7),
        ("Ben", str(this)): Decimal(9),
    }


def test_a_list_is_known_by_the_counters_own_name(world, grace):
    Counter.objects.filter(pk=world.counter.pk).update(name="Umsätze im Team")
    text = f"E-Mail,Monat,Umsätze im Team\nada@example.org,{world.month},12\nben@example.org,{world.month},12\n"
    text += f"ben@example.org,{world.month},13\nben@example.org,2099-01,13\nben@example.org,,13\n,2025-01,1\n"

    looked = grace.post(page_of(world) + "import/", upload(text)).context

    assert [(line.found.cell, line.does) for line in looked["stored"]] == [("C2", "other")]
    assert [(line.found.cell, str(line.problem)) for line in looked["problems"]] == [
        ("C3", "twice"),
        ("C4", "twice"),
        ("C5", "later"),
        ("C6", "no_month"),
        ("C7", "nobody"),
    ]


@pytest.mark.parametrize("name", ["Former member", "Ehemaliges Mitglied"])
def test_a_former_member_in_a_file_is_nobody_in_any_language(world, grace, name):
    make_rep(world.north, "Former member", login=False)

    looked = grace.post(page_of(world) + "import/", upload(f"Name,{world.month}\n{name},5\nBen,39\n")).context

    assert [(line.found.name, line.problem) for line in looked["problems"]] == [(name, "unknown")]
    assert [line.member.name for line in looked["stored"]] == ["Ben"]


def test_a_table_may_be_sent_as_text(world, grace):
    looked = grace.post(page_of(world) + "import/", {"pasted": f"Name\t{world.month}\nBen\t39\n"}).context

    assert [(line.member.name, line.found.value) for line in looked["stored"]] == [("Ben", 39)]


def test_a_row_longer_than_its_headings_is_not_believed(world, grace):
    looked = grace.post(page_of(world) + "import/", upload(f"Name,{world.month}\nAda,60,5\nBen,39\n"))

    assert [(line.found.cell, str(line.problem)) for line in looked.context["problems"]] == [("C2", "beyond")]
    assert [(line.found.cell, line.member.name) for line in looked.context["stored"]] == [("B3", "Ben")]
    assert "“5” stands beyond the last heading." in looked.content.decode()


def test_what_a_workbook_hides_and_what_is_not_read_is_pointed_out(world, grace):
    book = openpyxl.Workbook()
    last, this = str(world.month - 1), str(world.month)
    for row in [
        ["Name", last, this, "Calls"],
        ["Ada", 3, 7, 40],
        ["Ben", 1, 2, 30],
        ["", "", "", ""],
        ["Name", "Score"],
    ]:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Notes")
    file = SimpleUploadedFile("figures.xlsx", saved(book))

    page = grace.post(page_of(world) + "import/", {"file": file})

    assert (page.context["stored"], page.context["same"]) == ([], 1)
    text = page.content.decode()
    assert "Only the sheet Sheet is read. Left out: Notes." in text
    assert "Left out, though it holds numbers: D (Calls)." in text
    assert f"Left out, because it is hidden in the workbook: column B ({last})." in text
    assert "Left out, because it is hidden in the workbook: row 3." in text


def problems(world, grace, text):
    looked = grace.post(page_of(world) + "import/", upload(text)).context
    return [str(line.found.cell) for line in looked["stored"]], [
        (line.found.cell, str(line.problem)) for line in looked["problems"]
    ]


def test_weeks_of_a_month_are_not_one_figure_of_it(world, grace):
    month = world.month - 1
    text = f"Name,{month}-02,{month}-09,{month}-16\nAda,3,4,3\n"

    assert problems(world, grace, text) == ([], [("B2", "twice"), ("C2", "twice"), ("D2", "twice")])


def test_nor_are_several_deals_of_a_month(world, grace):
    month = world.month - 1
    text = f"Name,Date,Deals\nAda,{month}-02,500\nAda,{month}-09,500\nBen,{month}-09,100\n"

    assert problems(world, grace, text) == (["C4"], [("C2", "twice"), ("C3", "twice")])


def test_a_line_of_the_highest_figures_is_nobody_called_max(world, grace):
    make_rep(world.north, "Max", month=world.month - 1)
    month = world.month - 1

    assert problems(world, grace, f"Name,{month}\nAda,3\nBen,9\nMax,9\n")[1] == [("B4", "alike")]
    assert problems(world, grace, f"Name,{month}\nAda,3\nBen,9\nMax,5\n")[1] == []


def test_a_second_table_below_is_pointed_out(world, grace):
    month = world.month - 1

    assert problems(world, grace, f"Name,{month}\nAda,3\n\nName,{month - 1}\nBen,9\n") == (
        ["B2"],
        [("A4", "another")],
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Name,Date,Meetings\nAda,11/9/2026,3\n", "The days can be read in two ways."),
        ("Name,Meetings,Number,Month\nAda,3,4,2026-10\n", "Columns B, C may mean the same."),
        ("Sales plan,,\n,,\nName,2026-09,2026-10\nAda,3,4\n", "“Sales plan” sounds like targets, changes or ranks."),
    ],
)
def test_a_table_that_is_in_doubt_is_refused_with_what_is_in_doubt(world, grace, text, says):
    page = grace.post(page_of(world) + "import/", upload(text)).content.decode()

    assert says in page
    assert "Correct that in the file, and choose it again." in page


@pytest.mark.parametrize("text", ["", "Hello, there\nno table", "Name,Month,Meetings\n"])
def test_a_file_without_figures_gets_a_sentence(world, grace, text):
    page = grace.post(page_of(world) + "import/", upload(text)).content.decode()

    assert "errorlist" in page
    assert world.counter.figures.count() == 2


def test_figures_signed_for_another_counter_are_not_stored(world, grace):
    other = make_counter(world.north, world.grace, {}, name="Deals")
    text = f"Name,{world.month}\nAda,99\n"
    signed = grace.post(page_of(world) + "import/", upload(text)).context["signed"]

    answers = [
        said(grace.post(f"/figures/{other.pk}/import/", {"figures": forged}, follow=True))
        for forged in (signed, signed + "x", "nonsense")
    ]

    assert answers == [["That was too long ago. Choose the file again."]] * 3
    assert not other.figures.exists()


def test_more_reps_and_months_cost_no_more_queries(world, grace, django_assert_max_num_queries):
    def queries(page):
        with django_assert_max_num_queries(25) as counted:
            assert grace.get(page).status_code == 200
        return len(counted)

    def fill(month, count):
        reps = [make_rep(world.north, f"{month} {count} {n}", total=40 + n, month=month) for n in range(count)]
        grace.post(month_page(world, month), {f"figure-{rep.pk}": n for n, rep in enumerate(reps)})

    pages = [page_of(world), month_page(world), "/team/north/figures/"]
    fill(this_month(world.acme), 2)
    few = [queries(page) for page in pages]
    fill(this_month(world.acme), 6)
    fill(this_month(world.acme) - 1, 6)

    assert [queries(page) for page in pages] == few
