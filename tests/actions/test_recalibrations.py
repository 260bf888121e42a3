"""Marking a recalibration: what it moved, and whose boards hear of it."""

from datetime import timedelta

import pytest

from teams.actions.boards import rank_stale_boards
from teams.actions.recalibrations import (
    mark_recalibration,
    measure_again,
    recent_recalibrations,
    remove_recalibration,
)
from teams.actions.refusals import Refused
from teams.models import Board, Recalibration, Withdrawal
from tests.makers import make_organization, make_rep, make_submission, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme():
    return make_organization("Acme")


@pytest.fixture
def day(acme):
    return acme.today() - timedelta(days=10)


def read(team, name, day, *offsets_and_totals):
    rep = make_rep(team, name)
    return [make_submission(rep, total, taken_on=day + timedelta(offset)) for offset, total in offsets_and_totals]


def marked(organization):
    return list(organization.recalibrations.values_list("shift", "measured"))


def test_the_shift_is_the_median_over_the_organizations_reps_with_readings_on_both_sides(acme, day):
    north, south, elsewhere = make_team("North", acme), make_team("South", acme), make_organization("Globex")
    read(north, "Ada", day, (-3, 60), (2, 54))
    read(north, "Ben", day, (-14, 50), (-1, 48), (0, 45))
    read(south, "Cleo", day, (-2, 40), (9, 39))
    read(south, "Only before", day, (-2, 90))
    read(south, "Too long ago", day, (-15, 10), (2, 90))
    read(make_team("East", elsewhere), "Gil", day, (-1, 10), (1, 90))
    withdrawn = read(north, "Withdrawn", day, (-1, 10), (1, 99))[1]
    Withdrawal.objects.create(submission=withdrawn, by=withdrawn.member, reason="typo")

    mark_recalibration(acme, day, acme.today())

    assert (marked(acme), marked(elsewhere)) == ([(-3, 3)], [])


def test_marking_and_removing_have_all_boards_of_the_organization_ranked_again(acme, day):
    make_team("North", acme), make_team("East", make_organization("Globex"))
    stale = []
    rank_stale_boards()

    mark_recalibration(acme, day, acme.today())
    stale.append([board.team.name for board in Board.objects.stale()])
    rank_stale_boards()
    remove_recalibration(Recalibration.objects.get())
    stale.append([board.team.name for board in Board.objects.stale()])

    assert stale == [["North"], ["North"]]


def test_later_readings_are_measured_too(acme, day):
    north = make_team("North", acme)
    rep = read(north, "Ada", day, (-3, 60))[0].member
    mark_recalibration(acme, day, acme.today())
    rank_stale_boards()
    [recent] = recent_recalibrations(acme.today())
    assert measure_again(recent) == []

    make_submission(rep, 54, taken_on=day + timedelta(days=4))
    rank_stale_boards()

    assert len(measure_again(recent)) == Board.objects.filter(team=north).count()
    assert marked(acme) == [(-6, 1)]


def test_a_day_is_marked_once_and_not_before_it_comes(acme, day):
    mark_recalibration(acme, day, acme.today())

    with pytest.raises(Refused, match="marked already"):
        mark_recalibration(acme, day, acme.today())
    with pytest.raises(Refused, match="still to come"):
        mark_recalibration(acme, acme.today() + timedelta(days=1), acme.today())
