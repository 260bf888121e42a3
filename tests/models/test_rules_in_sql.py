"""What the database decides by itself is what the rules say, on every day around a month's end."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.utils import timezone

from teams.models import Board, Member, Membership, Team
from teams.queries.prepared_sql import rows
from teams.rules.measure import rounded
from teams.rules.moments import FEWEST_MONTHS, best_month_gain
from teams.rules.months import Month
from teams.rules.people.days_in_teams import Span
from teams.rules.scores import REACH_BACK, STEADY, Reading, change
from teams.rules.standings import COMPLETE_FROM, is_complete, lacks_access
from tests.makers import make_member, make_organization, make_submission, make_team

pytestmark = pytest.mark.django_db

FEBRUARY = Month(2024, 2)
AROUND = [FEBRUARY.last_day + timedelta(days=n) for n in range(-2, 3)]


@pytest.fixture
def memberships():
    """A membership for each way to begin and to end around a month's end, competing or not, each of somebody else."""
    team = make_team()
    spans = [(first, end) for first, end in product(AROUND, [None, *AROUND]) if end is None or first <= end]
    return Membership.objects.bulk_create(
        Membership(
            member=make_member(team.organization, f"{first} {end} {competing}", login=False),
            team=team,
            joined_on=first,
            left_on=end,
            competing=competing,
        )
        for (first, end), competing in product(spans, [True, False])
    )


def competing(memberships, day):
    """Who competes on a day by the rule."""
    return {each.member_id for each in memberships if each.competing and Span(each.joined_on, each.left_on).holds(day)}


def test_who_competes_on_a_day_is_what_the_rule_says(memberships):
    asked = "SELECT member_id FROM teams_membership AS one WHERE teams_competes_on(one, %(day)s)"

    answers = {day: {member for [member] in rows(asked, day=day)} for day in AROUND}

    assert answers == {day: competing(memberships, day) for day in AROUND}
    assert all(answers.values())


def test_who_competes_at_a_months_end_is_the_same_for_people_memberships_and_boards(memberships):
    team, everybody = memberships[0].team, [each.member_id for each in memberships]
    for month in (FEBRUARY, FEBRUARY + 1):
        Board.objects.create(team=team, month=month, closed_at=timezone.now())

    for month in (FEBRUARY, FEBRUARY + 1):
        by_rule = competing(memberships, month.last_day)
        people = Member.objects.competing_in(team, month).values_list("pk", flat=True)
        rows_of_it = Membership.objects.competing_at_the_end_of(month).values_list("member_id", flat=True)
        on_boards = [member for member in everybody if Board.objects.closed_for(member, month).exists()]

        assert sorted(people) == sorted(rows_of_it) == on_boards == sorted(by_rule)


def test_who_lacks_access_is_what_the_rule_says():
    company = make_organization()
    people = {
        make_member(company, f"{since}", login=False, no_access_since=since).pk: since for since in [None, *AROUND]
    }

    for day in AROUND:
        answers = rows("SELECT id, teams_lacks_access_on(one, %(day)s) FROM teams_member AS one", day=day)

        assert dict(answers) == {member: lacks_access(since, day) for member, since in people.items()}


def test_the_last_day_of_a_month_is_what_the_rule_says():
    months = [Month(1999, 12) + n for n in range(1, 400)]

    answers = rows(
        "SELECT teams_last_day(month) FROM unnest(%(months)s::date[]) AS asked (month)",
        months=[month.first_day for month in months],
    )

    assert [day for [day] in answers] == [month.last_day for month in months]


def test_points_are_rounded_as_the_rule_does():
    points = [Decimal(thousandth) / 1000 for thousandth in range(0, 100_000, 7)]

    answers = rows(
        "SELECT points, teams_rounded(points) FROM unnest(%(points)s::numeric[]) AS given (points)", points=points
    )

    assert answers == [(each, rounded(each)) for each in points]


def test_a_board_is_complete_from_where_the_rule_says():
    coverages = list(product(range(13), range(21)))

    answers = rows(
        "SELECT submitted, expected, teams_is_complete(submitted, expected, %(share)s)"
        " FROM unnest(%(submitted)s::int[], %(expected)s::int[]) AS board (submitted, expected)",
        share=COMPLETE_FROM,
        submitted=[submitted for submitted, _ in coverages],
        expected=[expected for _, expected in coverages],
    )

    assert answers == [(*coverage, is_complete(*coverage)) for coverage in coverages]


def test_boards_by_mean_are_complete_from_where_the_rule_says():
    company = make_organization()
    for submitted, expected in product(range(4), range(6)):
        team = Team.objects.create(organization=company, name="One", slug=f"t{submitted}{expected}")
        Board.objects.create(team=team, month=FEBRUARY, submitted=submitted, expected=expected)

    found = {(board.submitted, board.expected): board.complete for board in Board.objects.by_mean()}

    assert found == {coverage: is_complete(*coverage) for coverage in product(range(4), range(6))}


def test_a_score_appears_on_the_boards_of_the_months_that_compare_with_it():
    team = make_team()
    member = make_member(team.organization, login=False)
    Membership.objects.create(member=member, team=team, joined_on=date(2020, 1, 1))
    for n in range(-2, 7):
        Board.objects.create(team=team, month=FEBRUARY + n)
    score = Reading(50, FEBRUARY.first_day, FEBRUARY)

    found = rows(
        "SELECT month FROM teams_boards_of(%(member)s::bigint, %(month)s::date, %(reach_back)s) ORDER BY month",
        member=member.pk,
        month=FEBRUARY.first_day,
        reach_back=REACH_BACK,
    )

    comparing = [
        FEBRUARY + n for n in range(-2, 7) if n == 0 or change(Reading(60, AROUND[0], FEBRUARY + n), score) is not None
    ]
    assert [Month.of(month) for [month] in found] == comparing


def test_a_board_that_is_not_stored_is_marked_for_its_own_month_only():
    team = make_team()
    member = make_member(team.organization, login=False)
    Membership.objects.create(member=member, team=team, joined_on=date(2020, 1, 1))

    make_submission(member, 50, month=FEBRUARY)

    assert [board.month for board in Board.objects.all()] == [FEBRUARY]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT FROM teams_membership AS one WHERE teams_competes_on(one, '2024-02-29')",
        "SELECT FROM teams_membership AS one JOIN teams_board AS board USING (team_id)"
        " WHERE teams_competes_on(one, teams_last_day(board.month))",
        "SELECT FROM teams_member AS one WHERE teams_lacks_access_on(one, '2024-02-29')",
        "SELECT FROM teams_submission WHERE teams_rounded(brand) = 1",
        "SELECT FROM teams_board WHERE teams_is_complete(submitted, expected, 0.6)",
        "SELECT board.* FROM teams_submission CROSS JOIN LATERAL teams_boards_of(member_id, month, 3) AS board",
    ],
)
def test_postgresql_writes_what_is_asked_into_the_statement_and_calls_nothing(statement):
    plan = "\n".join(line for [line] in rows(f"EXPLAIN (VERBOSE) {statement}"))

    assert "Filter" in plan or "Cond" in plan
    assert "teams_competes_on" not in plan
    assert "teams_last_day" not in plan
    assert "teams_lacks_access_on" not in plan
    assert "teams_is_complete" not in plan
    assert "teams_boards_of" not in plan
    assert "teams_rounded" not in plan


@pytest.mark.parametrize("total", range(58, 64))
@pytest.mark.parametrize("others", [(), (60, 50), (60, 50, 40), (59, 50, 61, 40)])
def test_how_far_a_best_month_is_above_the_others_is_what_the_rule_says(total, others):
    member = make_member(make_organization(), login=False)
    for back, other in enumerate(others, 1):
        make_submission(member, other, month=FEBRUARY - back)
    make_submission(member, total, month=FEBRUARY)
    asked = "SELECT teams_best_month_gain(%(member)s, %(month)s, %(fewest)s, %(noise)s)"

    [[gain]] = rows(asked, member=member.pk, month=FEBRUARY.first_day, fewest=FEWEST_MONTHS, noise=STEADY) or [[None]]

    assert gain == best_month_gain(total, others)
