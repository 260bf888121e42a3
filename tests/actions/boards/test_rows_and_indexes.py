"""What a submission writes and what ranking reads, however many there are: counted rows, and named indexes."""

import pytest
from django.db import connection

from teams.actions.boards.ranking import RANK_BOARDS, RULES, mark_boards_stale, rank_boards
from teams.models import Board, ScoreCount, Standing
from tests.makers import make_organization, make_rep, make_submission, make_team, ranked_board

pytestmark = pytest.mark.django_db


@pytest.fixture
def boards():
    """Two teams' boards of this month, with eight reps each."""
    organization = make_organization()
    teams = [make_team(name, organization) for name in ("North", "South")]
    for team in teams:
        for number in range(8):
            make_rep(team, f"{team} {number}", total=30 + 2 * number, login=False)
    return [ranked_board(team) for team in teams]


def versions(table, key):
    """Each row's own version in the database, by its key: it changes with every write."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, ctid::text FROM {table}")
        return dict(cursor.fetchall())


def written(before, after):
    """How many rows are new or were written again."""
    return sum(before.get(key) != version for key, version in after.items())


def test_a_submission_writes_two_counts_and_only_the_places_that_moved(boards):
    north, _south = boards
    fifth = north.standings.get(rank=5).member
    counts, places = versions("teams_scorecount", "total"), versions("teams_standing", "member_id")

    make_submission(fifth, 43, taken_on=north.team.organization.today())
    rank_boards([north.pk])

    assert written(counts, versions("teams_scorecount", "total")) == 2
    assert written(places, versions("teams_standing", "member_id")) == 4  # 2nd to 4th move down, the 5th is 2nd


def test_ranking_again_what_did_not_change_writes_no_place_and_no_count(boards):
    counts, places = versions("teams_scorecount", "total"), versions("teams_standing", "member_id")

    ranked = rank_boards(mark_boards_stale(board.pk for board in boards))

    assert sorted(ranked) == [board.pk for board in boards]
    assert written(counts, versions("teams_scorecount", "total")) == 0
    assert written(places, versions("teams_standing", "member_id")) == 0


def plan(statement, params):
    """How PostgreSQL would do it where reading whole tables is dear, as it is with many rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}", params)
        return "\n".join(line for (line,) in cursor.fetchall())


def test_ranking_finds_readings_newest_first_without_sorting_them_and_the_few_among_many(boards):
    said = plan(RANK_BOARDS, {"boards": [boards[0].pk], "away_members": [], "away_months": [], **RULES})

    assert said.count("using submission_newest_first") == 2
    assert said.count("submission_corrects") == 2
    assert "member_without_access" in said
    assert "taken_on DESC" not in said
    assert "Seq Scan" not in said


def test_a_place_in_the_organization_is_read_from_the_key_of_the_counts(boards):
    counts = ScoreCount.objects.filter(organization=boards[0].team.organization_id, month=boards[0].month)
    own = Standing.objects.filter(member=boards[0].standings.first().member_id, board=boards[0])

    assert "Scan using teams_scorecount_pkey" in plan(*counts.query.sql_with_params())
    assert "Scan using teams_standing_pkey" in plan(*own.query.sql_with_params())


def test_the_best_of_a_board_is_kept(boards):
    assert set(Board.objects.values_list("best", flat=True)) == {44}


def test_ranking_is_planned_once_for_one_board_and_for_many(boards):
    for ranked in (boards[:1], boards, boards[1:]) * 3:
        rank_boards(mark_boards_stale(board.pk for board in ranked))

    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(generic_plans) > 0, sum(custom_plans) FROM pg_prepared_statements")
        assert cursor.fetchall() == [(True, 0)]
