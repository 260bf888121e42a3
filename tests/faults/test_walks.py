"""Random walks through everything that people do; and that they would notice what must not be."""

import pytest

from teams.actions.boards import ranking as boards
from teams.actions.boards.ranking import RANK_BOARDS
from teams.models import Delivery, Member, Organization, Team
from tests.faults.test_everything import Everything

pytestmark = pytest.mark.django_db


def walk(number):
    """Sixty random steps of two organizations; each is over when everything that must hold was looked at."""
    world = Everything()
    try:
        for step in range(60):
            world.anything(1000 * number + step)
            world.boards_say_what_their_rows_say()
            world.history_only_grows()
            world.results_stay_and_every_debt_is_explained()
            world.nobody_sees_what_is_another_organizations()
            yield step
    except BaseException:
        world.undo()
        raise
    world.teardown()


@pytest.mark.parametrize("walks", [1, pytest.param(150, marks=pytest.mark.soak)])
def test_whatever_people_do_what_must_hold_holds(walks):
    for number in range(walks):
        assert len(list(walk(number))) == 60


def ranking(old, new):
    """The ranking with one thing wrong."""
    assert RANK_BOARDS.count(old) >= 1
    return boards, "RANK_BOARDS", RANK_BOARDS.replace(old, new)


WITHDRAWN_TOO = """(
    SELECT * FROM teams_submission AS one
    WHERE NOT EXISTS (SELECT FROM teams_submission AS other WHERE other.replaces_id = one.id)
) AS teams_reading"""
REPLACED_TOO = """(
    SELECT * FROM teams_submission AS one
    WHERE NOT EXISTS (SELECT FROM teams_withdrawal AS other WHERE other.submission_id = one.id)
) AS teams_reading"""
WRONG = {
    "equal scores have places of their own": lambda: ranking(
        "rank() OVER (PARTITION BY board_id ORDER BY", "row_number() OVER (PARTITION BY board_id ORDER BY"
    ),
    "no place is left out after equal scores": lambda: ranking(
        "rank() OVER (PARTITION BY board_id ORDER BY", "dense_rank() OVER (PARTITION BY board_id ORDER BY"
    ),
    "a reading counts that was withdrawn": lambda: ranking("FROM teams_reading", f"FROM {WITHDRAWN_TOO}"),
    "a reading counts that was corrected": lambda: ranking("FROM teams_reading", f"FROM {REPLACED_TOO}"),
    "leave is ignored": lambda: ranking("away.member_id IS NOT NULL", "false"),
    "who left on the last day still counts": lambda: ranking(
        "teams_competes_on(membership, boards.last_day)", "teams_competes_on(membership, boards.last_day - 1)"
    ),
    "climbs count those who were elsewhere": lambda: ranking("CASE WHEN reps.was_here AND", "CASE WHEN"),
    "a mean is cut, not rounded": lambda: ranking("round(avg(reps.total), 1)", "trunc(avg(reps.total), 1)"),
    "a withdrawal marks no board": lambda: ("teams.actions.submissions", "mark_member_stale", lambda *_: []),
    "an admin sees every organization": lambda: (
        type(Organization.objects.all()),
        "administered_by",
        lambda rows, user: rows.filter(members__user=user) and rows.all(),
    ),
    "everybody sees every team": lambda: (type(Team.objects.all()), "visible_to", lambda rows, _: rows.all()),
    "everybody sees every member": lambda: (type(Member.objects.all()), "visible_to", lambda rows, _: rows.all()),
    "every message is seen by all managers": lambda: (
        type(Delivery.objects.all()),
        "visible_to",
        lambda rows, _: rows.all(),
    ),
}


@pytest.mark.soak
@pytest.mark.parametrize("name", WRONG)
def test_a_walk_notices_what_must_not_be(name, monkeypatch):
    where, what, instead = WRONG[name]()
    monkeypatch.setattr(*([f"{where}.{what}", instead] if isinstance(where, str) else [where, what, instead]))

    steps = steps_until_noticed(20)

    print(f"{name}: noticed after {steps} steps")
    assert steps


def steps_until_noticed(walks):
    """How many steps it takes; None where so many walks notice nothing."""
    steps = 0
    for number in range(walks):
        try:
            for _ in walk(number):
                steps += 1
        except AssertionError:
            return steps + 1
    return None
