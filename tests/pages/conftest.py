"""Two organizations, two teams in the first, and somebody in every role."""

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.months.closing import close_month
from teams.models import Board, Submission
from teams.rules.months import Month
from tests.makers import (
    LONG_AGO,
    make_admin,
    make_api_token,
    make_challenge,
    make_chat,
    make_counter,
    make_debt,
    make_delivery,
    make_display,
    make_endpoint,
    make_face,
    make_goal,
    make_import,
    make_invited,
    make_leave,
    make_logo,
    make_manager,
    make_organization,
    make_recalibration,
    make_rep,
    make_share_link,
    make_slack_user,
    make_stored_import,
    make_submission,
    make_team,
    make_thanks,
    make_told,
    make_viewer,
    this_month,
)

CLOSED = Month(2019, 11)
"""A month from before all others; the one after it waits for its closing."""


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The world, made once for all tests of a file: each of them works on it in a transaction of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(made, db):
    """The world as it was made."""
    cache.clear()
    return deepcopy(made)


def make_world():
    """Acme, here since 2019, with North (Ada, Ben, Grace, Vera) and South (Sam, Sue), its admin Alan; Globex with East
    (Gil, Gina).
    """
    acme, globex = make_organization("Acme"), make_organization("Globex")
    acme.created_at = datetime(2019, 1, 1, tzinfo=UTC)
    acme.save()
    north, south, east = make_team("North", acme), make_team("South", acme), make_team("East", globex)
    people = {
        "ada": make_rep(north, "Ada", total=61),
        "ben": make_rep(north, "Ben", total=40),
        "vera": make_viewer(north, "Vera"),
        "grace": make_manager(north, "Grace"),
        "alan": make_admin(acme, "Alan"),
        "sam": make_rep(south, "Sam", total=50),
        "sue": make_manager(south, "Sue"),
        "gil": make_rep(east, "Gil", total=50),
        "gina": make_manager(east, "Gina"),
    }
    former = make_former_rep(north)
    rank_stale_boards()
    world = SimpleNamespace(
        former=former,
        closed=CLOSED,
        acme=acme,
        north=north,
        south=south,
        east=east,
        people=people,
        month=this_month(acme),
        submission=Submission.objects.get(member=people["ada"]),
        challenge=make_challenge(north, people["grace"], stake_kind="on_me", stake="lunch"),
        debt=make_debt(north, people["grace"], people["ada"]),
        display=make_display(north, people["grace"]),
        chat=make_chat(north),
        share=make_share_link(north, people["grace"]),
        slack_user=make_slack_user(people["ada"]),
        delivery=make_delivery(people["ben"], state="uncertain"),
        endpoint=(endpoint := make_endpoint(north, people["grace"])),
        told=make_told(endpoint),
        face=make_face(people["ada"]),
        goal=make_goal(north, 90, by=people["grace"]),
        jane=make_invited(north, people["grace"]),
        logo=make_logo(acme),
        thanks=make_thanks(people["ben"], people["ada"], given_at=timezone.now() - timedelta(days=40)),
        leave=make_leave(people["ada"], LONG_AGO, LONG_AGO),
        recalibration=make_recalibration(acme),
        token=make_api_token(people["ada"]),
        suggestion=acme.suggestions.create(day=LONG_AGO, moved=9, measured=10, shift=-5),
        counter=make_counter(north, people["grace"], {people["ada"]: 7, people["ben"]: "4.50"}),
        played=make_counter(north, people["grace"], {people["ada"]: 1203}, name="Visits", playable=True),
        upload=make_import(north, people["grace"]),
        stored=make_stored_import(north, people["grace"], former),
        **people,
    )
    rank_stale_boards()
    return world


def make_former_rep(team):
    """Somebody who was alone in the team in 2019: in its closed November and its open December."""
    former = make_rep(team, "Otto", joined_on=date(2019, 10, 1), login=False)
    make_submission(former, 48, month=CLOSED)
    close_month(Board.objects.get(team=team, month=CLOSED).pk, datetime(2019, 12, 4, 18, tzinfo=UTC))
    make_submission(former, 49, month=CLOSED + 1)
    former.memberships.update(left_on=date(2020, 1, 1))
    return former
