"""While a month is closed early, nothing offers to submit for it: no page, form, mail, post or wall."""

from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.messages.deliveries import deliver
from teams.actions.messages.links import make_submission_link
from teams.models import Board, Delivery, MessageKind, Organization
from teams.queries.displays.walls import team_wall
from teams.rules.displays.slides import Slide
from teams.words.figures import month_name
from tests.makers import accept, make_challenge, make_rep, make_submission


@pytest.fixture
def closed(world):
    """North's month that runs, closed by Grace, with Cleo silent in it; nothing before it is open."""
    Organization.objects.filter(pk=world.acme.pk).update(created_at=timezone.now() - timedelta(days=400))
    cleo = make_rep(world.north, "Cleo")
    make_submission(cleo, 40, month=world.month - 1)
    make_submission(cleo, 40, month=world.month - 2)
    make_submission(cleo, 40, month=world.month - 3)
    rank_stale_boards()
    boards = Board.objects.filter(team=world.north)
    boards.update(closed_at=timezone.now(), closed_by=world.grace)
    return boards.get(month=world.month)


@pytest.fixture
def cleo(world, closed):
    return world.north.memberships.get(member__name="Cleo").member


def text(response):
    return " ".join(response.content.decode().split())


def test_today_says_that_the_month_is_closed_and_what_counts_next(world, closed, cleo, browse):
    page = text(browse(cleo).get("/"))

    assert f"{closed.month.first_day:%B} is closed" in page
    assert f"Your next reading counts for {month_name(closed.month + 1)}." in page
    assert f"Submit {closed.month.first_day:%B}" not in page


def test_today_asks_nobody_to_read_again_for_it(world, closed, cleo, browse):
    make_submission(cleo, 41, month=closed.month)
    world.acme.recalibrations.create(day=closed.month.last_day)

    assert "Read it again" not in text(browse(cleo).get("/"))


def test_the_form_is_not_shown_where_it_could_save_nothing(world, closed, cleo, browse):
    own, others = browse(cleo).get("/submit/"), browse(world.grace).get(f"/reps/{cleo.pk}/submit/")

    for page in (own, others):
        assert f"{month_name(closed.month)} is closed: its standings are final." in text(page)
        assert 'name="total"' not in text(page)
    assert "Amend" not in text(own)
    assert f"/team/north/{closed.month}/amend/{cleo.pk}/" in text(others)


def test_the_form_takes_an_earlier_month_that_is_open_and_only_that(world, closed, cleo, browse):
    board, _made = Board.objects.update_or_create(
        team=world.north, month=closed.month - 1, defaults={"closed_at": None, "in_history": True}
    )
    silent = make_rep(world.north, "Dora")

    form = browse(silent).get("/submit/").context["form"]

    assert form.fields["month"].choices == [(str(board.month), str(board.month))]


def test_a_reading_of_it_is_not_corrected_or_withdrawn_by_a_form_that_would_refuse(world, closed, browse):
    ada, reading = browse(world.ada), world.submission

    for way in ("correct", "withdraw"):
        answer = ada.get(f"/readings/{reading.pk}/{way}/", follow=True)
        assert f"{month_name(closed.month)} is closed: its standings are final." in text(answer)
        assert answer.redirect_chain == [(f"/reps/{world.ada.pk}/", 302)]


def test_the_link_of_a_reminder_is_dead_and_offers_no_other_form(closed, cleo, browse):
    page = browse().get(f"/submit/link/{make_submission_link(cleo, closed.month)}/")

    assert page.status_code == 404
    assert 'href="/submit/"' not in text(page)


def test_the_team_page_amends_instead_of_entering(world, closed, browse):
    page = text(browse(world.grace).get("/team/north/"))

    assert "Enter a score" not in page
    assert f"/team/north/{closed.month}/amend/{world.ada.pk}/" in page


def test_the_wall_asks_nobody_to_submit(world, closed):
    walls = []
    for closed_at in (closed.closed_at, None):
        Board.objects.filter(pk=closed.pk).update(closed_at=closed_at)
        walls.append(team_wall(world.north, has_goals=False, plays=False))

    shown = [Slide.SUBMIT in wall.slides([Slide.SUBMIT], timezone.now()) for wall in walls]

    assert shown == [False, True]


@pytest.mark.parametrize(
    ("kind", "to"),
    [
        (MessageKind.REMINDER, "cleo"),
        (MessageKind.DIGEST, "grace"),
        (MessageKind.DIGEST, "chat"),
        (MessageKind.READ_AGAIN, "cleo"),
    ],
)
def test_neither_mail_nor_post_asks_for_a_score(world, closed, cleo, kind, to):
    mark = world.acme.recalibrations.create(day=closed.month.last_day)
    if kind == MessageKind.READ_AGAIN:
        make_submission(cleo, 41, month=closed.month)
    subjects = {MessageKind.REMINDER: f"{closed.month} +0", MessageKind.READ_AGAIN: f"{closed.month} formula {mark.pk}"}
    reader = {"webhook": world.chat} if to == "chat" else {"member": {"cleo": cleo, "grace": world.grace}[to]}
    subject = subjects.get(kind, str(closed.month))
    waiting = Delivery.objects.create(team=world.north, kind=kind, subject=subject, **reader)

    deliver(waiting.pk, timezone.now() + timedelta(minutes=1))

    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("dropped", "closed")


def test_a_challenge_that_ends_in_it_asks_for_no_more_readings(world, closed, cleo):
    challenge = make_challenge(world.north, world.grace, ends_on=world.acme.today())
    accept(challenge, cleo)
    waiting = Delivery.objects.create(
        team=world.north, member=cleo, kind=MessageKind.CHALLENGE_LAST_DAYS, subject=f"challenge {challenge.pk}"
    )

    deliver(waiting.pk, timezone.now() + timedelta(minutes=1))

    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("dropped", "closed")
