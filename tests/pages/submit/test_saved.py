"""The moment after one has submitted: what the new score means, on a plain page."""

import pytest
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.models import Board, Organization
from teams.tasks import notice_moments
from teams.words.figures import month_name, month_short
from tests.makers import make_recalibration, make_rep, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(world, browse):
    return browse(world.ada)


def text(response):
    return " ".join(response.content.decode().split())


def submitted(browser, world, total, **fields):
    """The page after a score was submitted."""
    return browser.post("/submit/", {"taken_on": world.acme.today(), "total": total} | fields, follow=True)


def test_it_shows_the_score_its_change_and_that_it_is_the_best_month(world, ada):
    for back, total in ((3, 50), (2, 54), (1, 58)):
        make_submission(world.ada, total, month=world.month - back)

    response = submitted(ada, world, 66)

    page = text(response)
    assert response.redirect_chain == [(f"/submit/saved/{world.ada.submissions.latest('pk').pk}/", 302)]
    assert f"Saved for {month_name(world.month)}" in page
    assert 'class="count-up tens-6 ones-6">66</span>' in page
    assert f"+8 since {month_short(world.month - 1)}" in page
    assert "Your best month" in page


@pytest.mark.parametrize(
    ("others", "total", "is_best"),
    [
        ((50, 54, 58), 60, True),
        ((50, 54, 58), 59, False),  # a day's noise
        ((50, 58), 66, False),  # too few to compare
        ((), 99, False),
    ],
)
def test_it_is_the_best_month_where_today_tells_of_it_too(world, browse, others, total, is_best):
    cleo = make_rep(world.north, "Cleo")
    for back, other in enumerate(others, 1):
        make_submission(cleo, other, month=world.month - back)
    browser = browse(cleo)

    page = text(submitted(browser, world, total))
    rank_stale_boards()
    notice_moments()

    moments = [each.kind for each in browser.get("/").context["moments"]]
    assert ("Your best month" in page, moments == ["best_month"]) == (is_best, is_best)


def test_a_month_is_no_best_by_months_of_linkedins_older_formula(world, ada):
    for back, total in ((3, 50), (2, 54), (1, 58)):
        make_submission(world.ada, total, month=world.month - back)
    make_recalibration(world.acme, world.month.first_day)

    assert "Your best month" not in text(submitted(ada, world, 66))


def test_it_shows_the_place_before_a_worker_has_ranked_it_and_who_is_next(world, ada):
    make_submission(world.ben, 70)
    rank_stale_boards()

    page = text(submitted(ada, world, 66))

    assert "<strong>2nd</strong> of 2 in North" in page
    assert "Next: Ben with 70, 4 points ahead." in page


def test_the_nearest_above_is_next_and_whoever_is_first_has_nobody_above(world, ada):
    for name, total in [("Cleo", 67), ("Dora", 90)]:
        make_rep(world.north, name, total=total, login=False)
    rank_stale_boards()

    assert "Next: Cleo with 67, 1 point ahead." in text(submitted(ada, world, 66))
    assert "Nobody has a higher score." in text(submitted(ada, world, 95))


def test_below_sixty_percent_there_is_no_place(world, ada):
    for number in range(4):
        make_rep(world.north, f"Silent {number}", login=False)
    make_submission(world.ben, 70)
    rank_stale_boards()

    page = text(submitted(ada, world, 66))

    assert ("of 2 in North" in page, "Next:" in page) == (False, False)


@pytest.mark.parametrize(("shown_to", "place", "name"), [("own", True, False), ("none", False, False)])
def test_places_and_names_are_shown_as_the_company_has_it(world, ada, shown_to, place, name):
    Organization.objects.filter(pk=world.acme.pk).update(rank_visibility=shown_to)
    make_submission(world.ben, 70)
    rank_stale_boards()

    page = text(submitted(ada, world, 66))

    assert ("2nd</strong> of 2" in page, "Ben" in page) == (place, name)


def test_who_wants_to_see_no_places_sees_none(world, ada):
    world.ada.sees_ranks = False
    world.ada.save()

    assert "of 2 in North" not in text(submitted(ada, world, 66))


def test_a_reading_from_before_the_one_that_counts_says_which_one_does(world, ada):
    make_submission(world.ada, 70, taken_on=world.acme.today())
    earlier = make_submission(world.ada, 50, taken_on=world.month.first_day)
    if earlier.taken_on == world.acme.today():
        pytest.skip("There is no earlier day in the month.")

    page = text(ada.get(f"/submit/saved/{earlier.pk}/"))

    assert "A later reading of the month counts: 70" in page
    assert ("since" in page, "in North" in page) == (False, False)


def test_a_correction_ends_there_too(world, ada):
    address = f"/readings/{world.submission.pk}/correct/"

    response = ada.post(address, {"taken_on": world.acme.today(), "total": 64}, follow=True)

    assert "count-up tens-6 ones-4" in text(response)


def test_the_way_to_correct_is_there_while_the_month_is_open(world, ada):
    page = f"/submit/saved/{world.submission.pk}/"
    correct = f'href="/readings/{world.submission.pk}/correct/"'
    before = correct in text(ada.get(page))
    Board.objects.filter(team=world.north, month=world.month).update(closed_at=timezone.now())

    assert (before, correct in text(ada.get(page))) == (True, False)


def test_what_no_longer_counts_has_no_moment(world, ada):
    ada.post(f"/readings/{world.submission.pk}/withdraw/", {})

    assert ada.get(f"/submit/saved/{world.submission.pk}/").status_code == 404
