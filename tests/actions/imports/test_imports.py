"""An import from the file to the board: what each row would do, all or nothing, and taken back as a whole."""

from datetime import timedelta

import pytest

from teams.actions import submissions
from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.imports import intake, reading, storing, tabs
from teams.fields import former_names
from teams.models import Board, Import, ImportPerson, Member, Membership, RememberedColumns, Submission, Withdrawal
from teams.queries.challenges.table import challenge_rows
from teams.rules.errors import Refused
from teams.rules.sheets.kinds import Layout
from teams.rules.sheets.names import key
from tests.awkward import SAMPLE
from tests.makers import (
    accept,
    make_admin,
    make_challenge,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    places,
    this_month,
)


@pytest.fixture
def team(db):
    return make_team("North", make_organization())


@pytest.fixture
def alan(team):
    return make_admin(team.organization)


def months(team, count):
    """This month and those before it, oldest first."""
    return [this_month(team.organization) - back for back in reversed(range(count))]


def receive(team, by, text, name="scores.csv"):
    """A file that was read."""
    upload = intake.receive(team, by, name, text.encode() if isinstance(text, str) else text)
    reading.read(upload.pk)
    upload.refresh_from_db()
    return upload


def store(upload, **options):
    intake.confirm(upload, **({"leaving_out_errors": False} | options))
    storing.store(upload.pk)
    rank_stale_boards()
    upload.refresh_from_db()
    return upload


def judged(upload):
    """What each row would do, as (cell, action, why)."""
    return list(upload.rows.values_list("cell", "action", "why"))


def counting(team):
    """What counts now, as (name, month, total)."""
    rows = Submission.objects.counting().filter(member__organization=team.organization)
    return sorted((row.member.name, str(row.month), row.total) for row in rows.select_related("member"))


def everything():
    return [
        sorted(model.objects.values_list("pk", flat=True)) for model in (Submission, Member, Membership, Withdrawal)
    ]


def test_a_sheet_fills_the_board_with_members_old_and_new(team, alan):
    make_rep(team, "Jane Doe")
    first, second = months(team, 2)

    upload = store(receive(team, alan, f'Name,{first},{second}\n"Doe, Jane",50,55\nBen,40,60\nTotal,90,115\n'))

    assert (upload.state, upload.counts) == ("done", {"new": 2, "member": 2})
    assert places(Board.objects.get(team=team, month=first)) == [(1, "Jane Doe", 50), (2, "Ben", 40)]
    assert places(Board.objects.get(team=team, month=second)) == [(1, "Ben", 60), (2, "Jane Doe", 55)]
    assert Membership.objects.get(member__name="Ben").joined_on == first.first_day


def test_a_month_without_a_day_is_taken_on_its_last_day_or_today_and_says_so(team, alan):
    first, second = months(team, 2)

    store(receive(team, alan, f"Name,{first},{second}\nBen,40,60\n"))

    assert list(Submission.objects.order_by("pk").values_list("taken_on", "day_unknown", "source")) == [
        (first.last_day, True, "import"),
        (team.organization.today(), True, "import"),
    ]


def test_the_same_file_twice_changes_nothing(team, alan):
    text = f"Name,{months(team, 1)[0]}\nAda,61\nBen,40\n"
    store(receive(team, alan, text))
    before = everything()

    again = receive(team, alan, text)

    assert judged(again) == [("B2", "same", ""), ("B3", "same", "")]
    with pytest.raises(Refused, match="there is nothing to save"):
        intake.confirm(again, leaving_out_errors=False)
    assert everything() == before


def test_storing_twice_stores_once(team, alan):
    upload = receive(team, alan, f"Name,{months(team, 1)[0]}\nAda,61\n")
    intake.confirm(upload, leaving_out_errors=False)

    assert storing.store(upload.pk) != []
    assert storing.store(upload.pk) == []
    assert Submission.objects.count() == 1


def test_a_conflict_is_kept_unless_it_is_replaced(team, alan):
    month = months(team, 1)[0]
    old = make_submission(make_rep(team, "Ada"), 50)
    upload = receive(team, alan, f"Name,{month}\nAda,61\nBen,40\n")
    assert judged(upload) == [("B2", "conflict", ""), ("B3", "member", "")]

    intake.choose_conflicts(upload, {upload.rows.get(cell="B2").pk: True})
    store(upload)

    assert counting(team) == [("Ada", str(month), 61), ("Ben", str(month), 40)]
    assert Submission.objects.get(total=61).replaces == old


def test_a_conflict_left_alone_keeps_what_is_stored(team, alan):
    month = months(team, 1)[0]
    make_submission(make_rep(team, "Ada"), 50)

    store(receive(team, alan, f"Name,{month}\nAda,61\nBen,40\n"))

    assert counting(team) == [("Ada", str(month), 50), ("Ben", str(month), 40)]


def test_rows_with_errors_hold_everything_up_or_are_left_out(team, alan):
    upload = receive(team, alan, f"Name,{months(team, 1)[0]}\nAda,sixty\nBen,40\nCy,30\nCy,31\n")
    assert judged(upload) == [
        ("B2", "error", ""),
        ("B3", "member", ""),
        ("B4", "error", "twice"),
        ("B5", "error", "twice"),
    ]

    with pytest.raises(Refused, match="must be corrected"):
        intake.confirm(upload, leaving_out_errors=False)
    assert Submission.objects.count() == 0

    store(upload, leaving_out_errors=True)
    assert [name for name, _, _ in counting(team)] == ["Ben"]


def test_an_unknown_name_is_added_mapped_or_left_out(team, alan):
    ada = make_rep(team, "Ada Lovelace")
    upload = receive(team, alan, f"Name,{months(team, 1)[0]}\nAda L.,61\nBen,40\nTest user,1\n")
    people = {person.name: person.pk for person in upload.people.all()}

    intake.choose_people(upload, {people["Ada L."]: str(ada.pk), people["Test user"]: "skip"})
    assert judged(upload) == [("B2", "new", ""), ("B3", "member", ""), ("B4", "skipped", "")]
    store(upload)

    assert [name for name, _, _ in counting(team)] == ["Ada Lovelace", "Ben"]


def test_two_members_of_one_name_are_asked_about(team, alan):
    make_rep(team, "Ada", login=False)
    other = make_rep(team, "Ada", login=False)
    upload = receive(team, alan, f"Name,{months(team, 1)[0]}\nAda,61\n")
    assert judged(upload) == [("B2", "error", "ask")]

    intake.choose_people(upload, {upload.people.get().pk: str(other.pk)})

    assert judged(upload) == [("B2", "new", "")]


def test_nobody_outside_the_team_can_be_chosen(team, alan):
    stranger = make_rep(make_team("East", make_organization("Globex")), "Gil")
    upload = receive(team, alan, f"Name,{months(team, 1)[0]}\nGil,61\n")

    with pytest.raises(Refused):
        intake.choose_people(upload, {upload.people.get().pk: str(stranger.pk)})


def test_an_address_finds_the_member_whatever_the_name(team, alan):
    ada = make_rep(team, "Ada")

    upload = receive(team, alan, f"Name,Email,{months(team, 1)[0]}\nA. L.,ADA@example.org,61\n")

    assert upload.people.get().member == ada


def test_a_closed_month_takes_nothing(team, alan):
    month = months(team, 1)[0]
    make_rep(team, "Ada", total=50)
    rank_stale_boards()
    Board.objects.update(closed_at=Board.objects.get().ranked_at)

    assert judged(receive(team, alan, f"Name,{month}\nAda,61\n")) == [("B2", "error", "closed")]
    assert judged(receive(team, alan, f"Name,{month}\nAda,50\n")) == [("B2", "same", "")]


def test_managers_fill_the_last_three_months_and_admins_any(team, alan):
    grace = make_manager(team)
    text = "Name," + ",".join(str(month) for month in months(team, 5)) + "\nAda,1,2,3,4,5\n"

    assert [action for _, action, _ in judged(receive(team, grace, text))] == ["error", *["member"] * 4]
    assert [action for _, action, _ in judged(receive(team, alan, text))] == ["member"] * 5


def test_a_member_who_is_new_here_joins_as_early_as_their_history(team, alan):
    first = months(team, 6)[0]
    ada = make_rep(team, "Ada", joined_on=this_month(team.organization).first_day)

    upload = store(receive(team, alan, f"Name,{first}\nAda,61\n"))

    assert places(Board.objects.get(month=first)) == [(1, "Ada", 61)]
    storing.take_back(upload, alan)
    assert ada.memberships.get().joined_on == this_month(team.organization).first_day


def test_taken_back_the_board_is_what_it_was(team, alan):
    month = months(team, 1)[0]
    make_submission(make_rep(team, "Ada"), 50)
    before = counting(team)
    upload = receive(team, alan, f"Name,{month}\nAda,61\nBen,40\n")
    intake.choose_all_conflicts(upload, replaces=True)
    store(upload)

    storing.take_back(upload, alan)
    rank_stale_boards()

    assert counting(team) == before
    assert places(Board.objects.get(month=month)) == [(1, "Ada", 50)]
    assert list(Withdrawal.objects.values_list("submission__member__name", "reason")) == [("Ben", "import taken back")]
    assert not Membership.objects.filter(member__name="Ben").exists()
    with pytest.raises(Refused):
        storing.take_back(upload, alan)


def test_taken_back_and_imported_again_nobody_stands_twice(team, alan):
    text = f"Name,{months(team, 1)[0]}\nBen,40\n"
    storing.take_back(store(receive(team, alan, text)), alan)

    store(receive(team, alan, text))

    assert Member.objects.filter(name="Ben").count() == 1
    assert places(Board.objects.get()) == [(1, "Ben", 40)]


def test_what_was_corrected_since_stays_when_an_import_is_taken_back(team, alan):
    upload = store(receive(team, alan, f"Name,{months(team, 1)[0]}\nBen,40\n"))
    stored = Submission.objects.get()
    newer = Submission(
        member=stored.member,
        month=stored.month,
        taken_on=stored.taken_on,
        total=45,
        source="manager",
        typed_by=alan,
        replaces=stored,
        reason="typing error",
    )
    submissions.submit(newer)

    storing.take_back(upload, alan)

    assert [total for _, _, total in counting(team)] == [45]
    assert Membership.objects.filter(member__name="Ben").exists()


def test_a_list_keeps_its_days_and_its_pillars(team, alan):
    day = team.organization.today()
    text = f"Name;Date;Score;Brand;People;Insights;Relationships\nAda;{day};61;20,5;15;11;14,5\n"

    store(receive(team, alan, text))

    row = Submission.objects.get()
    assert (row.taken_on, row.day_unknown, row.total, str(row.brand)) == (day, False, 61, "20.500")


def test_a_sales_navigator_export_asks_for_its_day_unless_the_file_says_it(team, alan):
    day = team.organization.today() - timedelta(days=1)
    asked = intake.receive(team, alan, "export.csv", SAMPLE.read_bytes())
    missing = tabs.layout_of(asked.sheets.get()).missing()
    assert (asked.state, missing) == ("asking", ["Say on which day the scores were read."])

    said = store(
        receive(
            team, alan, SAMPLE.read_bytes(), f"Sales_Navigator_Usage_Reporting_{day - timedelta(days=20)}_to_{day}.csv"
        )
    )

    assert said.sheets.get().kind == "sales_navigator"
    assert [
        (s.member.name, s.total, s.taken_on, s.source, s.member.plan) for s in Submission.objects.order_by("pk")
    ] == [
        ("Ana Example", 52, day, "sales_navigator", "sales_navigator"),
        ("Ben Example", 18, day, "sales_navigator", "sales_navigator"),
    ]


def test_answers_about_columns_are_remembered(team, alan):
    month = months(team, 1)[0]
    text = f"Vendor,Strength,Month\nAda,61,{month}\n"
    upload = intake.receive(team, alan, "a.csv", text.encode())
    assert upload.state == "asking"

    intake.answer(upload, 0, Layout("list", 1, {0: "name", 1: "total", 2: "month"}))
    reading.read(upload.pk)

    assert judged(upload) == [("B2", "member", "")]
    assert RememberedColumns.objects.get().columns == {"vendor": "name", "strength": "total", "month": "month"}
    assert receive(team, alan, text).state == "ready"


def test_a_file_that_is_no_table_is_refused(team, alan):
    with pytest.raises(Refused, match="no table"):
        intake.receive(team, alan, "a.csv", b"\n\n\n")


def test_the_file_and_its_names_are_dropped_when_it_is_stored(team, alan):
    upload = store(receive(team, alan, f"Name,{months(team, 1)[0]}\nBen,40\n"))

    assert (upload.content, upload.sheets.get().layout) == (None, {})
    assert list(upload.people.values_list("name", "email")) == [("", "")]


def test_what_changed_since_the_question_is_shown_again_and_nothing_is_stored(team, alan):
    ada = make_rep(team, "Ada")
    upload = receive(team, alan, f"Name,{months(team, 1)[0]}\nAda,61\nBen,40\n")
    intake.confirm(upload, leaving_out_errors=False)
    make_submission(ada, 50)
    before = everything()

    storing.store(upload.pk)

    upload.refresh_from_db()
    assert (upload.state, judged(upload)[0]) == ("ready", ("B2", "conflict", ""))
    assert everything() == before


def test_a_file_is_read_on_from_where_it_stopped(team, alan):
    text = f"Name,{months(team, 1)[0]}\n" + "".join(f"Rep {number},{number}\n" for number in range(7))
    upload = receive(team, alan, text)
    upload.rows.filter(number__gt=4).delete()
    Import.objects.update(state="reading")
    upload.sheets.update(rows_read=4)

    reading.read(upload.pk)

    assert [cell for cell, _, _ in judged(upload)] == [f"B{number}" for number in range(2, 9)]
    assert upload.people.count() == 7


def test_a_file_that_cannot_be_read_after_several_attempts_says_so(team, alan):
    upload = intake.receive(team, alan, "a.csv", f"Name,{months(team, 1)[0]}\nAda,1\n".encode())
    Import.objects.update(attempts=8)

    reading.read(upload.pk)

    upload.refresh_from_db()
    assert (upload.state, upload.problem.split(".")[0]) == ("failed", "Reading this file failed several times")


def test_a_reading_without_a_day_never_counts_in_a_challenge(team, alan):
    ada = make_rep(team, "Ada")
    challenge = make_challenge(team, make_manager(team))
    store(receive(team, alan, f"Name,{months(team, 1)[0]}\nAda,61\n"))
    accept(challenge, ada)

    assert [row.readings for row in challenge_rows(challenge, challenge.grace_ends())] == [()]


def test_forgotten_files_are_dropped_after_a_week(team, alan):
    receive(team, alan, f"Name,{months(team, 1)[0]}\nAda,1\n")
    old = receive(team, alan, f"Name,{months(team, 1)[0]}\nAda,2\n")
    Import.objects.filter(pk=old.pk).update(touched_at=old.touched_at - timedelta(days=8))

    intake.drop_forgotten()

    assert list(Import.objects.values_list("counts", flat=True)) == [{}]
    assert ImportPerson.objects.count() == 1


@pytest.mark.parametrize("name", ["Former member", "Ehemaliges Mitglied", "ancien membre"])
def test_a_former_member_in_a_file_is_nobody_in_any_language(team, alan, name):
    assert key(name) in map(key, former_names())

    upload = store(receive(team, alan, f"Name,{this_month(team.organization)}\n{name},61\nAda,62\n"))

    assert (upload.state, [member.name for member in Member.objects.exclude(pk=alan.pk)]) == ("done", ["Ada"])
