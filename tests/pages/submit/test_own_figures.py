"""Entering one's own figures: found from Today and Submit, corrected with a reason where another typed them."""

from decimal import Decimal

import pytest

from teams.models import AuditEntry, Figure
from tests.makers import make_counter, make_submission
from tests.pages.reading import markup

pytestmark = pytest.mark.django_db


def field(world):
    return f"figure-{world.played.pk}"


def stored(member):
    """Every figure of somebody, the oldest first: the value, how it came in, and why."""
    figures = Figure.objects.filter(member=member, counter__playable=True).order_by("pk")
    return [(figure.value, figure.source, figure.reason) for figure in figures]


def test_today_and_submit_lead_to_it_where_the_team_plays_for_something(world, browse):
    ben, sam = browse(world.ben), browse(world.sam)
    saved = f"/submit/saved/{make_submission(world.ben, 41).pk}/"

    led = {path: "/submit/figures/" in ben.get(path).content.decode() for path in ("/", "/submit/", saved)}

    assert led == {"/": True, "/submit/": True, saved: True}
    assert "/submit/figures/" not in sam.get("/").content.decode() + sam.get("/submit/").content.decode()
    assert sam.get("/submit/figures/").status_code == 404


def test_a_rep_enters_their_own_and_again_when_there_is_more(world, browse):
    ben = browse(world.ben)
    first = ben.post("/submit/figures/", {field(world): "3"})
    ben.post("/submit/figures/", {field(world): "4,5"})
    ben.post("/submit/figures/", {field(world): "4.5"})

    page = markup(ben.get("/submit/figures/"))

    assert first.url == f"/board/north/{world.month}/counter/{world.played.pk}/"
    assert stored(world.ben) == [(3, "own", ""), (Decimal("4.5"), "own", "")]
    assert [f'<strong class="number">{value}</strong>' in page for value in ("4.50", "3")] == [True, True]
    assert [entry.sentence.split(",")[0] for entry in AuditEntry.objects.filter(about=world.ben).order_by("pk")] == [
        "Ben entered 3 of “Visits” for Ben",
        "Ben entered 4.5 of “Visits” for Ben",
    ]


def test_an_emptied_field_takes_it_back_and_that_stays_readable(world, browse):
    ben = browse(world.ben)
    ben.post("/submit/figures/", {field(world): "3"})
    ben.post("/submit/figures/", {field(world): ""})

    assert stored(world.ben) == [(3, "own", ""), (None, "own", "")]
    assert "taken back" in ben.get("/submit/figures/").content.decode()
    assert f">{0}<" not in ben.get(f"/board/north/{world.month}/counter/{world.played.pk}/").content.decode()


def test_changing_what_the_manager_typed_takes_a_reason_which_the_manager_reads(world, browse):
    ada = browse(world.ada)
    refused = ada.post("/submit/figures/", {field(world): "9", "reason": ""}).content.decode()
    ada.post("/submit/figures/", {field(world): "9", "reason": "A slip of the pen."})
    month_page = markup(browse(world.grace).get(f"/figures/{world.played.pk}/{world.month}/"))

    assert "Say why you change what somebody else entered." in refused
    assert stored(world.ada) == [(1203, "manager", ""), (9, "own", "A slip of the pen.")]
    assert "“A slip of the pen.”" in month_page


def test_a_manager_changes_what_a_rep_entered_only_with_a_reason(world, browse):
    browse(world.ben).post("/submit/figures/", {field(world): "3"})
    grace, path = browse(world.grace), f"/figures/{world.played.pk}/{world.month}/"
    form = {f"figure-{world.ada.pk}": "1203", f"figure-{world.ben.pk}": "2"}

    refused = grace.post(path, form).content.decode()
    grace.post(path, form | {"reason": "Two in the calendar."})

    assert "Say why you change what somebody else entered." in refused
    assert "Nothing is saved yet: it needs a reason." in refused
    assert stored(world.ben) == [(3, "own", ""), (2, "manager", "Two in the calendar.")]
    assert stored(world.ada) == [(1203, "manager", "")]


def test_an_earlier_month_is_filled_while_it_is_open_and_no_other_one_is(world, browse):
    ben = browse(world.ben)
    statuses = {
        back: ben.post(f"/submit/figures/{world.month - back}/", {field(world): "3"}).status_code for back in (-1, 1, 4)
    }

    assert (statuses[-1], statuses[4]) == (404, 404)
    assert statuses[1] in (200, 302)  # closed by the clock from its third working day on


def test_what_is_no_number_is_not_stored(world, browse):
    answer = browse(world.ben).post("/submit/figures/", {field(world): "many"})

    assert "Write a number such as 12 or 1250,50, or nothing." in answer.content.decode()
    assert stored(world.ben) == []


def test_whoever_competes_elsewhere_enters_nothing_of_this_team(world, browse):
    made = make_counter(world.south, world.sue, {}, name="Trips", playable=True)
    browse(world.sam).post("/submit/figures/", {field(world): "3", f"figure-{made.pk}": "5"})

    assert [(figure.counter.name, figure.value) for figure in Figure.objects.filter(member=world.sam)] == [("Trips", 5)]
