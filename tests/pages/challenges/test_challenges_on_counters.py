"""Challenges on what a team counts itself: chosen, read back, played and shown in what it is counted in."""

from decimal import Decimal

import pytest

from teams.actions.figures import enter_own
from teams.models import Challenge, Counter
from tests.makers import accept, make_challenge, make_counter
from tests.pages.challenges.test_challenges import make, settled, text


@pytest.fixture
def revenue(world):
    """Counted in euros: Ada's 12,500 and Ben's 7,500 of last month."""
    figures = {world.ada: 12500, world.ben: 7500}
    return make_counter(world.north, world.grace, figures, world.month - 1, "Revenue", unit="€", playable=True)


@pytest.fixture
def written(world, revenue):
    """What a manager types for "who sells most", with evidence asked for as the form has it from the start."""
    return {
        "kind": "highest",
        "figure": f"counter-{revenue.pk}",
        "points": "",
        "starts_on": world.acme.today(),
        "ends_on": world.month.last_day,
        "stake": "lunch",
        "stake_kind": "on_me",
        "evidenced_only": "on",
        "teams": [world.north.pk],
    }


def play(world, counter, *players, kind="highest", **fields):
    usual = {"points": None, "figure": "counter", "counter": counter, "ends_on": world.month.last_day}
    challenge = make_challenge(world.north, world.grace, kind=kind, **usual | fields)
    accept(challenge, *players)
    return challenge


def enter(counter, month, figures):
    for member, value in figures.items():
        enter_own(member, month, {counter: Decimal(value)})


def test_it_is_named_after_its_rule_and_asks_for_no_evidence(world, browse, written, revenue):
    page = make(browse(world.grace), written)

    challenge = Challenge.objects.latest("pk")
    assert page.status_code == 302
    assert (challenge.title, challenge.figure) == (f"Most “Revenue” in {world.month.first_day:%B %Y}", "counter")
    assert (challenge.counter, challenge.evidenced_only, challenge.points) == (revenue, False, None)


def test_a_title_that_came_with_the_form_gives_way_to_what_the_team_counts(world, browse, written):
    typed = written | {"kind": "gain", "points": "5", "title": "+5 by month end"}

    make(browse(world.grace), typed)
    own = make(browse(world.grace), typed | {"title": "Five meetings more"})

    titles = list(Challenge.objects.order_by("-pk").values_list("title", flat=True)[:2])
    assert own.status_code == 302
    assert titles == ["Five meetings more", "Gain 5\N{NO-BREAK SPACE}€ in “Revenue”"]


def test_how_much_is_read_as_figures_are(world, browse, written):
    page = browse(world.grace).post("/challenges/new/", written | {"kind": "gain", "points": "1.250", "read": "1"})

    assert f"Everyone who gains 1,250 € in “Revenue” in {world.month.first_day:%B %Y} wins." in text(page)
    assert f"The start is each one&#x27;s figure of {(world.month - 1).first_day:%B %Y}." in text(page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"ends_on": "2199-12-30", "starts_on": "2199-12-01"}, "It is counted by month. Choose the last day of one."),
        ({"confirmed_only": "on"}, "Only readings of the score are confirmed. Untick that."),
        ({"kind": "gain", "points": "0"}, "Write how much of it, above 0."),
        ({"kind": "gain", "points": "much"}, "Write a number such as 12 or 1250,50, or nothing."),
        ({"kind": "reach", "points": "9", "winner_count": "2"}, "It is counted by month, so nobody is first."),
    ],
)
def test_what_makes_no_sense_for_a_counter_is_refused_with_a_sentence(world, browse, written, typed, said):
    assert said in text(browse(world.grace).post("/challenges/new/", written | typed | {"read": "1"}))


def test_it_is_for_the_team_that_counts_it_alone(world, browse, written):
    north_and_south = written | {"teams": [world.north.pk, world.south.pk], "read": "1"}

    assert "“Revenue” is counted in North. Choose this team alone." in text(
        browse(world.alan).post("/challenges/new/", north_and_south)
    )


def test_another_teams_counter_and_one_that_nobody_plays_for_cannot_be_chosen(world, browse, written):
    theirs = Counter.objects.create(team=world.south, name="Calls", playable=True)
    for counter in (theirs, world.counter):
        typed = written | {"figure": f"counter-{counter.pk}", "read": "1"}
        assert "Choose one of what is offered." in text(browse(world.grace).post("/challenges/new/", typed))


def test_its_page_shows_figures_in_what_they_are_counted_in(world, browse, revenue):
    challenge = play(world, revenue, world.ada, world.ben, kind="gain", points=1000)
    enter(revenue, world.month, {world.ada: "13000.50", world.ben: 9000})

    page = text(browse(world.ada).get(f"/challenges/{challenge.pk}/"))

    for said in ("12,500 €", "13,000.50 €", "+500.50 €", "499.50 €", "+1,500 €", "Figures", "made it"):
        assert said in page
    assert f"9,000 € in {world.month.first_day:%B %Y}" in page
    assert "Whoever is in sees everybody" not in page


def test_the_card_says_what_is_missing_and_how_much_there_is(world, browse, revenue):
    play(world, revenue, world.ada, kind="gain", points=1000, title="Plus")
    play(world, revenue, world.ada, kind="highest", title="Most")
    before = text(browse(world.ada).get("/challenges/"))
    enter(revenue, world.month, {world.ada: 13000})
    after = text(browse(world.ada).get("/challenges/"))

    assert "No figure of yours counts yet" in before
    assert "You need 500 € more" in after
    assert "You: 13,000 € so far" in after


def test_a_result_names_its_figures(world, browse, revenue):
    challenge = play(world, revenue, world.ada, world.ben)
    enter(revenue, world.month, {world.ada: 13000, world.ben: 9000})
    settled(challenge)

    page = text(browse(world.ben).get(f"/challenges/{challenge.pk}/"))

    assert f"13,000 € in {world.month.first_day:%B %Y}. Place 1: won." in page
    assert "Figures used: 7,500 €, 9,000 €" in page


@pytest.mark.parametrize(("visibility", "seen"), [("all", True), ("own", False)])
def test_who_is_not_in_it_sees_figures_where_they_see_those_of_the_board(world, browse, revenue, visibility, seen):
    world.north.rank_visibility = visibility
    world.north.save()
    challenge = play(world, revenue, world.ada)
    enter(revenue, world.month, {world.ada: 13000})

    assert ("13,000" in text(browse(world.ben).get(f"/challenges/{challenge.pk}/"))) == seen


def test_a_duel_may_be_on_what_the_own_team_counts(world, browse, revenue):
    typed = {
        "opponent": world.ben.pk,
        "kind": "highest",
        "figure": f"counter-{revenue.pk}",
        "starts_on": world.acme.today(),
        "ends_on": world.month.last_day,
        "stake": "",
        "stake_kind": "none",
    }

    make(browse(world.ada), typed, "/challenges/new/duel/")

    duel = Challenge.objects.latest("pk")
    assert (duel.is_duel, duel.counter, duel.title) == (True, revenue, "Ada against Ben")


def test_a_copy_begins_with_what_the_first_counted(world, browse, revenue):
    challenge = play(world, revenue, world.ada)
    form = browse(world.grace).get(f"/challenges/new/?from={challenge.pk}").context["form"]

    assert form["figure"].value() == f"counter-{revenue.pk}"
