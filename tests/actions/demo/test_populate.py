"""A populated site: as many people as one asks for, the same ones for the same seed, and every page of them opens."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from teams.actions.checks import differing_boards, differing_counts
from teams.actions.demo.populate import Size, populate
from teams.models import Board, Member, Organization, Standing, Submission, Team, User
from teams.rules.errors import Refused
from teams.rules.months import Month
from tests.makers import make_organization, this_month
from tests.pages.every.test_access import PAGES

pytestmark = pytest.mark.django_db
SMALL = Size(reps=200, organizations=2, months=3, seed=1)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def fill(size=SMALL, now=NOON):
    return populate(size, now, lambda _line: None)


def figures():
    rows = Standing.objects.values_list("board__team__organization__name", "member__name", "rank", "total", "climb")
    return sorted(rows, key=repr)


def figures_of_a_run(size):
    """What a run makes, which is gone again afterwards."""
    with transaction.atomic():
        fill(size)
        made = figures()
        transaction.set_rollback(True)
    return made


def test_there_are_teams_of_25_with_a_board_a_month():
    fill()

    assert [organization.teams.count() for organization in Organization.objects.all()] == [4, 4]
    assert [Member.objects.competing_in(team, Month(2026, 11)).count() for team in Team.objects.all()] == [25] * 8
    assert Board.objects.count() == 8 * 3
    assert (Board.objects.stale().count(), Board.objects.filter(closed_at__isnull=False).count()) == (0, 16)


def test_what_is_left_over_is_a_smaller_team():
    fill(Size(reps=60, organizations=1, months=1, seed=1))

    reps = [Member.objects.competing_in(team, Month(2026, 11)).count() for team in Team.objects.order_by("pk")]
    assert reps == [25, 25, 10]


def test_figures_are_what_the_nightly_check_recomputes():
    fill()

    assert (list(differing_boards()), differing_counts()) == ([], [])
    assert Submission.objects.count() == Standing.objects.count()


def test_the_same_seed_makes_the_same_figures_and_another_others():
    first, again = figures_of_a_run(SMALL), figures_of_a_run(SMALL)
    other = figures_of_a_run(SMALL._replace(seed=2))

    assert first == again
    assert first != other


def test_every_page_of_a_populated_team_opens(browse):
    now = timezone.now()
    admin, rep, *_ = fill(now=now)
    browsers = [browse(User.objects.get(email=sign_in.email).member) for sign_in in (admin, rep)]
    team = Team.objects.earliest("pk")
    values = {"north": team.slug, "month": this_month(team.organization) - 1, "ada": rep_of(rep).pk}

    statuses = {
        (name, number): browser.get(reverse(name, args=[values[argument] for argument in arguments])).status_code
        for name, (arguments, allowed) in PAGES.items()
        for number, (who, browser) in enumerate(zip(["alan", "ada"], browsers, strict=True))
        if who in allowed and set(arguments) <= set(values) and not name.startswith("own_figures")  # nobody counts
    }

    assert len(statuses) > 60
    assert {page: status for page, status in statuses.items() if status not in (200, 405)} == {}


def rep_of(sign_in):
    return User.objects.get(email=sign_in.email).member


def test_it_is_refused_where_there_is_somebody():
    make_organization()

    with pytest.raises(Refused, match="There is somebody already"):
        fill()


def test_it_is_refused_where_others_can_reach_the_site(settings):
    settings.LOCAL = False

    with pytest.raises(Refused, match="for trying out only"):
        fill()


@pytest.mark.parametrize("options", [["--reps=0"], ["--months=0"], ["--organizations=2", "--reps=1"]])
def test_the_command_asks_for_a_size_that_can_be(options):
    with pytest.raises(CommandError, match="At least one month"):
        call_command("populate", *options)


def test_the_command_prints_the_sign_ins(capsys):
    call_command("populate", "--reps=25", "--months=1")

    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        "admin-1@populated.example",
        "rep-1@populated.example",
    ]
