"""A reading is dealt with by the managers of the team in which its rep was in its month, on every way there is."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db.models import Value

from teams.actions import submissions
from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.figures import preview_figures, store_figures
from teams.actions.imports import intake, reading, storing
from teams.models import AuditEntry, Membership, Source, Submission
from teams.models.figures import dots_of
from teams.models.people.teams import TeamOf
from teams.rules.errors import Refused
from teams.rules.months import Month
from tests.makers import (
    LONG_AGO,
    make_admin,
    make_counter,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
)


@pytest.fixture
def moved(db):
    """Ada, of North until the beginning of this month, of South since: a reading for each of the two months."""
    acme = make_organization("Acme")
    north, south = make_team("North", acme), make_team("South", acme)
    month = Month.of(acme.today())
    ada = make_rep(north, "Ada")
    ada.memberships.update(left_on=month.first_day)
    Membership.objects.create(member=ada, team=south, joined_on=month.first_day)
    before = make_submission(ada, 41, month=month - 1)
    after = make_submission(ada, 57, month=month)
    rank_stale_boards()
    grace, sue, alan = make_manager(north, "Grace"), make_manager(south, "Sue"), make_admin(acme)
    return SimpleNamespace(
        acme=acme, north=north, south=south, month=month, ada=ada, before=before, after=after, grace=grace, sue=sue,
        alan=alan,
    )  # fmt: skip


def opens(browse, member, url):
    return browse(member).get(url).status_code == 200


@pytest.mark.parametrize("way", ["correct", "withdraw"])
def test_each_month_is_corrected_and_withdrawn_by_the_managers_of_its_team(moved, browse, way):
    people = {"Grace": moved.grace, "Sue": moved.sue, "Ada": moved.ada, "Alan": moved.alan}

    may = {
        name: [who for who, member in people.items() if opens(browse, member, f"/readings/{one.pk}/{way}/")]
        for name, one in {"before": moved.before, "after": moved.after}.items()
    }

    assert may == {"before": ["Grace", "Ada", "Alan"], "after": ["Sue", "Ada", "Alan"]}


def test_the_action_itself_refuses_whoever_did_not_manage_them_then(moved):
    for by, one in ((moved.grace, moved.after), (moved.sue, moved.before)):
        with pytest.raises(Refused, match="Ada was not in your team in"):
            submissions.withdraw(one, by, "because")
        new = Submission(
            member=moved.ada, month=one.month, taken_on=one.taken_on, total=99, typed_by=by, source=Source.MANAGER,
            replaces=one, reason="because",
        )  # fmt: skip
        with pytest.raises(Refused, match="Ada was not in your team in"):
            submissions.submit(new)

    assert [one.total for one in Submission.objects.counting().order_by("month")] == [41, 57]


def test_a_manager_enters_what_is_missing_for_the_months_of_their_team_only(moved, browse):
    submissions.withdraw(moved.before, moved.ada)
    missing = str(moved.month - 1)

    pages = {name: browse(getattr(moved, name)).get(f"/reps/{moved.ada.pk}/submit/") for name in ("grace", "sue")}

    assert {name: f'value="{missing}"' in page.content.decode() for name, page in pages.items()} == {
        "grace": True,
        "sue": False,
    }


def test_a_page_of_a_rep_lists_the_readings_that_its_reader_deals_with(moved, browse):
    url = f"/reps/{moved.ada.pk}/"
    assert browse(moved.grace).get(url).status_code == 404

    listed = {
        name: [one.total for one in browse(getattr(moved, name)).get(url).context["submissions"]]
        for name in ("sue", "ada", "alan")
    }

    assert listed == {"sue": [57], "ada": [57, 41], "alan": [57, 41]}


def test_an_export_has_the_months_in_which_somebody_was_in_the_team(moved, browse):
    totals = {}
    for name, team in (("grace", "north"), ("sue", "south")):
        answer = browse(getattr(moved, name)).get(f"/team/{team}/export/", {"what": "submissions", "as": "csv"})
        lines = b"".join(answer.streaming_content).decode().splitlines()[1:]
        totals[name] = [re.search(r"\b(41|57)\b", line)[1] for line in lines]

    assert totals == {"grace": ["41"], "sue": ["57"]}


def read_in(team, by, text):
    upload = intake.receive(team, by, "scores.csv", text.encode())
    reading.read(upload.pk)
    upload.refresh_from_db()
    return upload


def table(moved, *totals):
    return f"Name,{moved.month - 1},{moved.month}\nAda,{totals[0]},{totals[1]}\n"


@pytest.mark.parametrize("total", ["66", "57"])
def test_an_import_of_a_former_manager_neither_replaces_nor_tells_what_came_after(moved, browse, total):
    upload = read_in(moved.north, moved.grace, table(moved, 41, total))

    page = browse(moved.grace).get(f"/imports/{upload.pk}/").content.decode()
    rows = [(row.action, row.why, row.stored_id) for row in upload.rows.order_by("month")]

    assert rows == [("same", "", moved.before.pk), ("error", "not_then", None)]
    assert "not in your team then" in page
    assert total == "57" or "57" not in re.sub(r"<[^>]+>", " ", page)


def test_what_an_admin_imports_for_another_team_stands_in_its_log_too(moved, browse):
    upload = read_in(moved.north, moved.alan, table(moved, 41, 63))
    intake.choose_all_conflicts(upload, replaces=True)
    intake.confirm(upload, leaving_out_errors=False)

    storing.store(upload.pk)
    browse(moved.alan).post(f"/imports/{upload.pk}/take-back/")

    said = [entry.sentence for entry in AuditEntry.objects.filter(team=moved.south).order_by("pk")]
    assert said == ["Alan had the file “scores.csv” saved.", "Alan took back the import of “scores.csv”."]


def test_what_is_done_to_a_reading_stands_in_the_log_of_the_team_of_its_month(moved):
    submissions.withdraw(moved.before, moved.grace, "a slip")
    submissions.withdraw(moved.after, moved.ada)

    logged = [(entry.team.name, entry.actor.name) for entry in AuditEntry.objects.filter(act="reading.withdrew")]

    assert sorted(logged) == [("North", "Grace"), ("South", "Ada")]


@pytest.mark.parametrize(
    ("spans", "teams"),
    [
        ([("North", -40, None)], ["North", "North", "North"]),
        ([("North", 0, None)], ["North", "North", "North"]),
        ([("North", -40, 0), ("South", 0, None)], ["North", "South", "South"]),
        ([("North", -40, 14), ("South", 14, None)], ["North", "South", "South"]),
        ([("North", -40, 14)], ["North", "North", None]),
        ([("North", -40, 0)], ["North", None, None]),
        ([("North", 3, 3), ("South", 3, None)], ["South", "South", "South"]),
        ([], [None, None, None]),
    ],
)
def test_the_team_of_a_month_is_the_one_of_its_last_day_else_the_last_within_it(db, spans, teams):
    acme = make_organization("Acme")
    named = {name: make_team(name, acme) for name in ("North", "South")}
    ada = make_rep(named["North"], "Ada")
    ada.memberships.all().delete()
    first = (Month.of(acme.today()) - 6).first_day
    for name, joined, left in spans:
        Membership.objects.create(
            member=ada, team=named[name], joined_on=first + timedelta(days=joined), competing=True,
            left_on=None if left is None else first + timedelta(days=left),
        )  # fmt: skip
    names = {team.pk: name for name, team in named.items()} | {None: None}
    month = Month.of(first)

    found = [
        type(ada).objects.annotate(there=TeamOf("pk", Value(each.first_day))).get().there
        for each in (month - 1, month, month + 1)
    ]

    assert [names[team] for team in found] == teams
    assert first > LONG_AGO


def test_figures_are_imported_and_compared_for_the_months_of_the_team_only(moved, browse):
    counter = make_counter(moved.north, moved.grace, {moved.ada: 7}, month=moved.month - 1)
    store_figures(counter, {(moved.ada.pk, moved.month): 9}, moved.grace)
    text = f"Name,{moved.month - 1},{moved.month}\nAda,8,9\n"

    looked = preview_figures(counter, moved.grace, "figures.csv", text.encode(), moved.month)
    dots = dots_of(counter, [moved.month - 1, moved.month])

    assert [(line.does, line.problem) for line in looked.lines] == [("other", ""), ("", "not_then")]
    assert [(dot.member, dot.score) for dot in dots] == [(moved.ada, 41)]
