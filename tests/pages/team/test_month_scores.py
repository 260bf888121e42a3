"""A month's scores of everybody in one form, without JavaScript."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from teams.actions.months.closing import close_month
from teams.models import Board, Membership, Revision, Submission
from tests.makers import make_rep, make_submission
from tests.pages.reading import first_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace(world, browse):
    return browse(world.grace)


@pytest.fixture
def cleo(world):
    """A rep of North without a score."""
    return make_rep(world.north, "Cleo", login=False)


def page_of(world, month=None):
    return f"/team/north/{month or world.month}/scores/"


def text(response):
    return " ".join(response.content.decode().split())


def said(response):
    return [str(message) for message in response.context["messages"]]


def row(member, *texts, opened=None):
    """What a browser sends of a person's row; the reading that stood in it, by default the one that counts."""
    if opened is None:
        opened = member.submissions.counting().order_by("taken_on", "pk").last()
    cells = dict(zip(["total", "brand", "people", "insights", "relationships"], map(str, texts), strict=False))
    return {f"{column}-{member.pk}": cell for column, cell in cells.items()} | {
        f"reading-{member.pk}": opened.pk if opened else ""
    }


def untouched(member):
    reading = member.submissions.counting().get()
    return row(member, reading.total, *reading.pillars.values())


def form(world, *rows, **fields):
    sent = {"taken_on": world.acme.today(), "reason": ""} | fields
    for each in rows:
        sent |= each
    return sent


def scores(world):
    rows = Submission.objects.counting().filter(month=world.month, member__memberships__team=world.north)
    return sorted(rows.values_list("member__name", "total", "source"))


def problems(response):
    """What the page says of each row, by name."""
    rows = response.context["form"].rows
    said = {each.member.name: [cell.problem for cell in each.cells if cell.problem] for each in rows}
    return {
        each.member.name: said[each.member.name] + ([each.problem] if each.problem else [])
        for each in rows
        if each.is_wrong
    }


def cells(response, name):
    [found] = [each for each in response.context["form"].rows if each.member.name == name]
    return [cell.text for cell in found.cells]


def test_everybody_who_competes_has_a_row_with_what_is_known(world, grace, cleo):
    response = grace.get(page_of(world))

    assert [line[0].split(" read")[0] for line in first_table(response)] == ["Name", "Ada", "Ben", "Cleo"]
    assert (cells(response, "Ada"), cells(response, "Cleo")) == (["61", *["15.25"] * 4], [""] * 5)


def test_whoever_has_no_score_gets_one_that_their_manager_entered(world, grace, cleo):
    response = grace.post(page_of(world), form(world, untouched(world.ada), row(cleo, 55, 13, "14,5", 12, 15.5)))

    stored = cleo.submissions.get()
    assert (response.status_code, response.url) == (302, f"/team/north/{world.month}/")
    assert (stored.total, str(stored.people), stored.taken_on) == (55, "14.500", world.acme.today())
    assert (stored.source, stored.typed_by) == ("manager", world.grace)
    assert said(grace.get(response.url)) == ["1 score is saved."]
    assert world.ada.submissions.count() == 1


def test_the_score_is_computed_from_four_pillars(world, grace, cleo):
    grace.post(page_of(world), form(world, row(cleo, "", 10, 10, 10, 10.5)))

    assert cleo.submissions.get().total == 41


def test_what_is_right_is_saved_and_what_is_not_is_marked_and_stays_as_it_was_typed(world, grace, cleo):
    dora, emil = make_rep(world.north, "Dora", login=False), make_rep(world.north, "Emil", login=False)
    sent = form(world, row(cleo, "sixty", 26), row(dora, 70), row(emil, "", 10))

    response = grace.post(page_of(world), sent)

    assert [name for name, _, source in scores(world) if source == "manager"] == ["Dora"]
    assert problems(response) == {
        "Cleo": [
            "The score is a whole number from 0 to 100: round what has decimals. Only the parts may have them.",
            "A pillar has 0 to 25 points, as in 13.118.",
        ],
        "Emil": ["Write the score, or all four pillars."],
    }
    assert (cells(response, "Cleo"), cells(response, "Dora")) == (["sixty", "26", "", "", ""], ["70", "", "", "", ""])
    assert said(response) == ["1 score is saved."]
    assert "2 rows are not saved yet" in text(response)


def test_a_correction_needs_a_reason_and_new_scores_do_not_wait_for_it(world, grace, cleo):
    sent = form(world, row(world.ada, 63), row(cleo, 55))

    response = grace.post(page_of(world), sent)

    assert response.context["form"].errors == {"reason": ["Say why."]}
    assert (cells(response, "Ada")[0], scores(world)) == (
        "63",
        [("Ada", 61, "typed"), ("Ben", 40, "typed"), ("Cleo", 55, "manager")],
    )


def test_a_correction_replaces_the_reading_and_keeps_its_day_and_note(world, grace):
    before = make_submission(world.ben, 45, taken_on=world.month.first_day, note="On the train", industry_rank=7)

    grace.post(page_of(world), form(world, row(world.ben, 54), reason="Digits swapped"))

    after = world.ben.submissions.latest("pk")
    assert (after.replaces, after.total, after.brand, after.reason) == (before, 54, None, "Digits swapped")
    assert (after.taken_on, after.note, after.industry_rank) == (before.taken_on, "On the train", 7)
    assert Submission.objects.filter(pk=before.pk).exists()


def test_ones_own_reading_is_corrected_without_a_reason(world, grace):
    Membership.objects.filter(member=world.grace).update(competing=True)
    make_submission(world.grace, 70)

    grace.post(page_of(world), form(world, row(world.grace, 71)))

    own = world.grace.submissions.latest("pk")
    assert (own.total, own.source, own.reason) == (71, "typed", "")


def test_pillars_that_do_not_add_up_are_saved_after_a_second_save_anyway(world, grace, cleo):
    off = row(cleo, 80, 10, 10, 10, 10)
    refused = grace.post(page_of(world), form(world, off))
    assert problems(refused) == {"Cleo": ["The pillars add up to 40, not 80."]}
    assert f'name="anyway-{cleo.pk}"' in text(refused)

    grace.post(page_of(world), form(world, off, {f"anyway-{cleo.pk}": "1"}))

    assert cleo.submissions.get().total == 80


def test_an_emptied_row_takes_nothing_back(world, grace):
    response = grace.post(page_of(world), form(world, row(world.ada, "", "", "", "", "")))

    assert list(problems(response).values()) == [
        ["This reading still counts. Write it again, or withdraw it on its own page."]
    ]
    assert ("Ada", 61, "typed") in scores(world)


def test_who_submitted_meanwhile_is_asked_about_and_a_second_save_corrects(world, grace, cleo):
    opened = row(cleo, 55)
    make_submission(cleo, 57, taken_on=world.acme.today())

    asked = grace.post(page_of(world), form(world, opened))

    assert problems(asked)["Cleo"][0].startswith("57 came in meanwhile")
    assert (cells(asked, "Cleo")[0], ("Cleo", 57, "typed") in scores(world)) == ("55", True)

    grace.post(page_of(world), form(world, row(cleo, 55), reason="Read from their screen"))

    assert ("Cleo", 55, "manager") in scores(world)


def test_what_came_in_meanwhile_stays_where_nobody_typed(world, grace, cleo):
    opened = row(cleo, "", "", "", "", "")
    make_submission(cleo, 57)

    response = grace.post(page_of(world), form(world, opened))

    assert (response.status_code, ("Cleo", 57, "typed") in scores(world)) == (302, True)
    assert said(grace.get(response.url)) == ["Nothing has changed."]


def test_the_same_form_twice_is_stored_once(world, grace, cleo):
    sent = form(world, row(cleo, 55))

    answers = [grace.post(page_of(world), sent).status_code for _ in range(2)]

    assert (answers, cleo.submissions.count()) == ([302, 302], 1)


def test_a_day_that_is_to_come_saves_no_new_score(world, grace, cleo):
    sent = form(world, row(cleo, 55), taken_on=world.acme.today() + timedelta(days=1))

    response = grace.post(page_of(world), sent)

    assert response.context["form"].errors["taken_on"] == [
        "The day of the reading is in the future. Write the day on which LinkedIn showed it."
    ]
    assert (cleo.submissions.count(), cells(response, "Cleo")[0]) == (0, "55")


@pytest.fixture
def closed(world):
    """North's last month, closed: Ada 58, Ben silent."""
    month = world.month - 1
    make_submission(world.ada, 58, month=month)
    board = Board.objects.get(team=world.north, month=month)
    return close_month(board.pk, timezone.now())


def test_a_closed_month_is_amended_with_a_reason(world, grace, closed):
    day, page = closed.month.last_day, page_of(world, closed.month)
    sent = form(world, row(world.ben, 44), taken_on=day)

    refused = grace.post(page, sent)
    assert refused.context["form"].errors == {"reason": ["Say why the final standings are changed."]}
    grace.post(page, sent | {"reason": "Was on a trip"})

    revision = Revision.objects.get()
    assert (revision.member, revision.total_before, revision.total_after) == (world.ben, None, 44)
    assert (revision.reason, revision.by) == ("Was on a trip", world.grace)
    assert "The month is final." in text(grace.get(page))


def test_what_was_pasted_is_filled_in_beside_what_was_typed_and_nothing_is_saved(world, grace, cleo):
    dora = make_rep(world.north, "Dora", login=False)
    pasted = "Cleo\t55\t13,5\nBen\t44\nNobody\t70"
    sent = form(world, row(dora, 66), row(cleo, ""), pasted=pasted, read="1")

    response = grace.post(page_of(world), sent)

    assert [cells(response, name)[:2] for name in ("Cleo", "Dora", "Ada")] == [
        ["55", "13,5"],
        ["66", ""],
        ["61", "15.25"],
    ]
    assert response.context["left_out"] == ["Nobody"]
    assert said(response) == ["Filled in: 2 people. Nothing is saved yet: look at the numbers, then save them."]
    assert not Submission.objects.filter(member__in=[cleo, dora]).exists()


def test_a_month_in_which_nobody_competed_says_so(world, grace):
    response = grace.get(page_of(world, world.closed - 3))

    assert "Nobody competed in this month" in text(response)


@pytest.mark.parametrize("months", [1, -3000])
def test_months_that_have_not_begun_or_never_were_do_not_exist(world, grace, months):
    month = world.month + months if months > 0 else "1990-01"

    assert grace.get(page_of(world, month)).status_code == 404


def test_the_team_and_the_month_lead_here(world, grace):
    pages = [text(grace.get(path)) for path in ("/team/north/", f"/team/north/{world.month}/")]

    assert [f'href="{page_of(world)}"' in page for page in pages] == [True, True]


def test_many_rows_cost_as_many_questions_as_few(world, grace):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            grace.get(page_of(world))
        return len(queries)

    few = asked()
    for number in range(9):
        make_rep(world.north, f"Rep {number}", login=False, total=50 if number % 2 else None)

    assert asked() == few


def test_a_large_team_has_pages_and_saving_one_leads_to_the_next(world, grace, monkeypatch):
    monkeypatch.setattr("teams.views.team.scores.ROWS_A_PAGE", 2)
    cleo, dora = (make_rep(world.north, name, login=False) for name in ("Cleo", "Dora"))

    first = grace.post(page_of(world), form(world, untouched(world.ada)))
    second = grace.post(first.url, form(world, row(cleo, 55), row(dora, 66)))

    assert (first.url, second.url) == (f"{page_of(world)}?page=2", f"/team/north/{world.month}/")
    assert [line[0].split(" read")[0] for line in first_table(grace.get(first.url))] == ["Name", "Cleo", "Dora"]
    assert [rep.submissions.get().total for rep in (cleo, dora)] == [55, 66]
