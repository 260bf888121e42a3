"""Marking a recalibration: what it moved, and whose boards hear of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from teams import tasks
from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.boards.recalibrations import (
    dismiss,
    mark_recalibration,
    measure_again,
    recent_recalibrations,
    remove_recalibration,
    suggest_recalibration,
)
from teams.models import Board, Recalibration, RecalibrationSuggestion, Withdrawal
from teams.rules.errors import Refused
from tests.makers import make_admin, make_organization, make_rep, make_submission, make_team

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


def everybody_moves(team, day, count=9, by=-5):
    for number in range(count):
        read(team, f"{team} {number}", day, (-3, 50 + number), (number % 4, 50 + number + by))


def suggested(organization):
    rows = organization.suggestions.order_by("day")
    return [(one.day, one.moved, one.measured, one.shift, one.answered_at is not None) for one in rows]


def test_a_day_since_which_nearly_everybody_reads_less_is_suggested_once(acme, day):
    everybody_moves(make_team("North", acme), day, count=5)
    everybody_moves(make_team("South", acme), day, count=4)

    tasks.suggest_recalibration(acme.pk)
    tasks.suggest_recalibration(acme.pk)

    assert suggested(acme) == [(day, 9, 9, -5, False)]


def test_it_is_said_more_exactly_when_more_has_been_read(acme, day):
    north = make_team("North", acme)
    everybody_moves(north, day)
    suggest_recalibration(acme, acme.today())
    read(north, "Late", day, (-1, 60), (2, 54))

    suggest_recalibration(acme, acme.today())

    assert suggested(acme) == [(day, 10, 10, -5, False)]


def test_other_organizations_ordinary_noise_and_old_days_suggest_nothing(acme, day):
    everybody_moves(make_team("North", acme), day, by=1)
    globex = make_organization("Globex")
    everybody_moves(make_team("East", globex), day, count=7)
    initech = make_organization("Initech")
    everybody_moves(make_team("West", initech), day - timedelta(days=30))

    found = [suggest_recalibration(each, each.today()) for each in (acme, globex, initech)]

    assert found == [None, None, None]


def test_a_day_near_one_that_is_marked_is_not_suggested_and_marking_answers(acme, day):
    everybody_moves(make_team("North", acme), day)
    suggest_recalibration(acme, acme.today())

    mark_recalibration(acme, day - timedelta(days=1), acme.today())

    assert suggest_recalibration(acme, acme.today()) is None
    assert suggested(acme) == [(day, 9, 9, -5, True)]


def test_what_was_dismissed_is_never_asked_again(acme, day):
    north = make_team("North", acme)
    everybody_moves(north, day)
    alan = make_admin(acme)
    dismiss(suggest_recalibration(acme, acme.today()), alan)
    read(north, "Late", day, (-1, 60), (1, 54))

    assert suggest_recalibration(acme, acme.today()) is None
    assert suggested(acme) == [(day, 9, 9, -5, True)]
    assert acme.suggestions.get().answered_by == alan


def test_two_looks_at_once_ask_once(transactional_db):
    acme = make_organization("Acme")
    everybody_moves(make_team("North", acme), acme.today() - timedelta(days=10))
    both = Barrier(2)

    def look(_):
        both.wait()
        try:
            return suggest_recalibration(acme, acme.today()).day
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        found = set(workers.map(look, range(2)))

    assert (len(found), RecalibrationSuggestion.objects.count()) == (1, 1)
