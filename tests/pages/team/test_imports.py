"""The import's pages, without JavaScript: choose, look, answer, store, take back."""

from datetime import timedelta

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.imports import storing
from teams.models import Import, Invitation, Standing, Submission
from teams.rules.months import Month
from teams.tasks.imports import continue_imports, go_on
from tests.awkward import saved
from tests.makers import make_import, this_month
from tests.pages.reading import markup

HERE = "/team/north/import/"
IN_GERMAN = [
    "„forty“ ist kein Wert.",
    "„1“ sieht nach einem Anteil aus.",
    "Diese Datei ließ sich mehrmals nicht lesen.",
]
IN_FRENCH = [
    "« forty » n’est pas un score.",
    "« 1 » ressemble à une part.",
    "La lecture de ce fichier a échoué plusieurs fois.",
]


def choose(browser, text, name="scores.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return browser.post(HERE, {"file": SimpleUploadedFile(name, content)}, follow=True)


def words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def grace(world, browse):
    return browse(world.grace)


@pytest.fixture
def preview(world):
    return f"/imports/{world.upload.pk}/"


def test_a_file_is_chosen_and_being_read(world, grace):
    response = choose(grace, f"Name,{world.month}\nAda,61\n")

    upload = Import.objects.first()
    assert response.redirect_chain[-1][0] == f"/imports/{upload.pk}/"
    assert "Read so far: 0 of about 3 rows." in words(response)


def test_the_page_of_an_import_belongs_to_the_team(world, grace):
    page = markup(grace.get(f"/imports/{make_import(world.north, world.grace).pk}/"))

    assert '<a href="/team/" aria-current="page">' in page


def test_htmx_asks_how_far_it_is_and_loads_the_page_when_it_is_done(world, grace):
    choose(grace, f"Name,{world.month}\nIda,61\n")
    upload = Import.objects.first()
    asked = {"headers": {"HX-Request": "true"}}
    assert "<h1>" not in words(grace.get(f"/imports/{upload.pk}/", **asked))

    go_on(upload.pk)

    assert grace.get(f"/imports/{upload.pk}/", **asked).headers["HX-Refresh"] == "true"
    assert "Saving it adds 1 reading. 1 new member comes with it." in words(grace.get(f"/imports/{upload.pk}/"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG", "This is a picture or a PDF."),
        (b"\n\n", "There is no table here."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(world, grace, content, said):
    assert said in words(choose(grace, content))


def test_a_file_of_eleven_megabytes_is_refused(world, grace):
    assert "The file is larger than 10 MB." in words(choose(grace, b"x" * 11_000_000))


def test_the_preview_says_what_each_row_does(world, grace, preview):
    shown = words(grace.get(preview))

    assert "Saving it adds 1 reading. 1 new member comes with it." in shown
    assert "1 differs from what is saved. 0 of them replace it." in shown
    assert "1 must be corrected." in shown
    assert "“forty” is not a score. Write a number from 0 to 100." in shown
    assert "61 is saved and kept" in shown


def test_the_preview_says_which_months_are_filled_and_that_they_stay_open(world, browse):
    alan, last = browse(world.alan), Month(2019, 3)
    world.acme.created_at = timezone.now()
    world.acme.save()
    upload = make_import(world.north, world.alan, f"Name,{last - 1},{last}\nIda,60,61\n")
    here = f"/imports/{upload.pk}/"
    assert "2 past months are filled, February 2019 to March 2019. They stay open" in words(alan.get(here))

    alan.post(here + "store/")
    go_on(upload.pk)

    assert "This month is history: imports fill it" in words(alan.get(f"/team/north/{last}/"))


def test_rows_to_correct_hold_the_import_up_until_they_are_left_out(world, grace, preview):
    assert "Some rows must be corrected" in words(grace.post(preview + "store/", follow=True))

    grace.post(preview + "store/", {"leave_out": "on"})
    go_on(world.upload.pk)

    assert Submission.objects.filter(member__name="Ida").get().typed_by == world.grace
    assert "1 reading was added" in words(grace.get(preview))


def test_the_preview_says_why_it_asks_about_a_name_until_it_is_answered(world, grace):
    upload = make_import(world.north, world.grace, f"Name,{this_month(world.acme)}\nNorth average,61\n")
    here, person = f"/imports/{upload.pk}/", upload.people.get()
    assert "This may be a line of totals and no person." in words(grace.get(here))

    grace.post(here + "people/", {f"person-{person.pk}": "add"})

    assert "This may be a line of totals" not in words(grace.get(here))


def test_a_name_is_mapped_to_a_member(world, grace, preview):
    ida = world.upload.people.get(name="Ida")

    grace.post(preview + "people/", {f"person-{ida.pk}": str(world.ben.pk)})

    ida.refresh_from_db()
    assert ida.member == world.ben
    assert f'<option value="{world.ben.pk}" selected>' in words(grace.get(preview))


@pytest.mark.parametrize("answer", ["-1", "x", "", "999999999", "9" * 40])
def test_a_name_takes_no_answer_that_was_not_offered(world, grace, preview, answer):
    ida = world.upload.people.get(name="Ida")

    response = grace.post(preview + "people/", {f"person-{ida.pk}": answer}, follow=True)

    assert "Choose one of the team" in words(response)


def test_nobody_of_another_team_can_be_chosen(world, grace, preview):
    ida = world.upload.people.get(name="Ida")

    grace.post(preview + "people/", {f"person-{ida.pk}": str(world.gil.pk)})

    ida.refresh_from_db()
    assert ida.member is None


def test_a_conflict_is_replaced_where_it_is_ticked(world, grace, preview):
    row = world.upload.rows.get(action="conflict")
    assert f'name="replace" value="{row.pk}"' in words(grace.get(preview + "?show=conflict"))

    grace.post(preview + "conflicts/", {"row": row.pk, "replace": row.pk})
    assert "1 of them replaces it" in words(grace.get(preview))
    grace.post(preview + "conflicts/", {"all": "keep"})
    assert "0 of them replace it" in words(grace.get(preview))
    grace.post(preview + "conflicts/", {"all": "replace"})
    assert "will replace the saved 61" in words(grace.get(preview))


def test_columns_are_corrected_and_the_file_is_read_anew(world, grace):
    choose(grace, "Vendor,Strength\nAda,62\n")
    upload = Import.objects.first()
    at = f"/imports/{upload.pk}/"
    assert "Say which column holds the names" in words(grace.get(at))

    wrong = grace.post(at + "columns/", {"kind": "list", "column-0": "name", "column-1": "total"})
    assert "Say on which day the scores were read." in words(wrong)
    day = world.acme.today()
    grace.post(at + "columns/", {"kind": "list", "column-0": "name", "column-1": "total", "day": str(day)})
    go_on(upload.pk)

    assert list(upload.rows.values_list("total", "taken_on", "day_unknown")) == [(62, day, False)]


def workbook(month):
    """Two sheets: figures of last year under a title, and a list of phone numbers."""
    book = openpyxl.Workbook()
    for row in [["Name", "Oct 2020"], ["Ida", 1], ["Person", str(month)], ["Ida", 61]]:
        book.active.append(row)
    book.create_sheet("This year").append(["Name", str(month)])
    book["This year"].append(["Ida", 62])
    return saved(book)


def test_another_row_of_headings_is_taken(world, grace):
    choose(grace, workbook(world.month), "wall.xlsx")
    upload = Import.objects.first()
    at = f"/imports/{upload.pk}/"
    go_on(upload.pk)
    assert f'<option value="3">row 3: Person · {world.month}</option>' in words(grace.get(at))

    grace.post(at + "table/", {"sheet": 0, "header": 3})
    go_on(upload.pk)

    rows = upload.rows.filter(sheet__number=0)
    assert list(rows.values_list("cell", "month", "total")) == [("B4", world.month, 61)]


def test_all_tabs_are_read_and_one_is_left_out_and_read_again(world, grace):
    choose(grace, workbook(world.month), "wall.xlsx")
    upload = Import.objects.first()
    at = f"/imports/{upload.pk}/"
    go_on(upload.pk)
    assert "Sheet + This year: " in words(grace.get(at))
    assert '<th scope="row">This year!B2</th>' in words(grace.get(at))

    grace.post(at + "table/", {"sheet": 0, "leave_out": "yes"})
    go_on(upload.pk)
    assert list(upload.rows.values_list("cell", "total")) == [("B2", 62)]
    assert "<s>Sheet</s>" in words(grace.get(at))

    grace.post(at + "table/", {"sheet": 0})
    go_on(upload.pk)
    assert list(upload.sheets.values_list("chosen", flat=True)) == [True, True]


def test_the_last_tab_is_not_left_out(world, grace, preview):
    response = grace.post(preview + "table/", {"sheet": 0, "leave_out": "yes"}, follow=True)

    assert "This is the only tab that is read." in words(response)


@pytest.mark.parametrize("said", [{"sheet": 0, "header": 99}, {"sheet": 0, "header": "x"}])
def test_no_row_that_is_not_there_is_taken(world, grace, preview, said):
    response = grace.post(preview + "table/", said, follow=True)

    assert "Choose one of the rows that are shown." in words(response)


def test_a_tab_that_is_not_there_does_not_exist(world, grace, preview):
    assert grace.post(preview + "table/", {"sheet": 7}).status_code == 404


def test_more_than_thirty_files_an_hour_are_refused_with_the_time_to_go_on(world, grace):
    for _ in range(30):
        choose(grace, "\n")

    said = words(choose(grace, "\n"))

    hour = timezone.now().replace(minute=0) + timedelta(hours=1)
    assert f"That is 30 files within an hour. Send the next one at {hour.astimezone(world.grace.zone):%H:%M}." in said


@pytest.mark.parametrize(
    "said", [{"kind": "nonsense"}, {"kind": "list", "column-0": "everything"}, {}, {"kind": "list", "day": "never"}]
)
def test_columns_take_no_answer_that_was_not_offered(world, grace, preview, said):
    response = grace.post(preview + "columns/", said)

    world.upload.refresh_from_db()
    assert (response.status_code, world.upload.state) == (200, "ready")


def test_two_columns_cannot_mean_the_same(world, grace, preview):
    response = grace.post(preview + "columns/", {"kind": "sheet", "column-0": "name", "column-1": "name"})

    assert "Two columns cannot both be: name." in words(response)


def test_a_file_is_forgotten(world, grace, preview):
    grace.post(preview + "cancel/")

    assert not Import.objects.filter(pk=world.upload.pk).exists()
    assert grace.get(preview).status_code == 404


def test_an_import_is_taken_back(world, grace, preview):
    grace.post(preview + "store/", {"leave_out": "on"})
    go_on(world.upload.pk)

    assert "The import is taken back." in words(grace.post(preview + "take-back/", follow=True))
    assert not Submission.objects.counting().filter(member__name="Ida").exists()
    assert "there is nothing to take back" in words(grace.post(preview + "take-back/", follow=True))


def test_a_lost_job_is_found_by_the_sweep(world, grace):
    choose(grace, f"Name,{world.month}\nIda,61\n")
    Import.objects.update(touched_at="2020-01-01T00:00Z")

    continue_imports()
    go_on(Import.objects.first().pk)

    assert Import.objects.first().state == "ready"


def test_a_name_that_is_html_stays_text(world, grace):
    upload = make_import(world.north, world.grace, f"Name,{world.month}\n<svg onload=x>,61\n")

    assert "<svg onload=x>" not in grace.get(f"/imports/{upload.pk}/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_asks_a_constant_number_of_times(world, grace, rows, django_assert_max_num_queries):
    text = f"Name,{world.month}\n" + "".join(f"Rep {number},{number}\n" for number in range(rows))
    upload = make_import(world.north, world.grace, text)

    with django_assert_max_num_queries(16):
        grace.get(f"/imports/{upload.pk}/")


def test_managers_of_other_teams_cannot_store(world, browse, preview):
    assert browse(world.sue).post(preview + "store/", {"leave_out": "on"}).status_code == 404
    assert storing.store(world.upload.pk) == []


def test_a_table_is_pasted_without_a_file(world, grace):
    text = f"Name\t{world.month}\nIda\t61\n"

    response = grace.post(HERE, {"pasted": text}, follow=True)

    upload = Import.objects.first()
    assert response.redirect_chain[-1][0] == f"/imports/{upload.pk}/"
    go_on(upload.pk)
    assert list(upload.rows.values_list("cell", "total", "person__name")) == [("B2", 61, "Ida")]
    assert str(upload) == "Pasted table"


def test_neither_a_file_nor_a_table_is_asked_for(world, grace):
    assert "Choose a file, or paste a table." in words(grace.post(HERE, {"pasted": " "}))


def test_once_stored_the_page_says_what_was_and_shows_when_it_is_ranked(world, grace, preview):
    grace.post(preview + "store/", {"leave_out": "on"})
    go_on(world.upload.pk)

    stored = words(grace.get(preview))
    assert "1 reading was added" in stored
    assert "1 new member: Ida." in stored
    assert "1 row was left out." in stored
    assert "The board is being ranked: 1 month to go." in stored
    rank_stale_boards()
    assert "The board is ranked." in words(grace.get("/team/north/ranking/"))


def test_taken_back_the_page_says_that_the_board_is_being_ranked(world, grace, preview):
    grace.post(preview + "store/", {"leave_out": "on"})
    go_on(world.upload.pk)
    rank_stale_boards()

    assert "The board is being ranked: 1 month to go." in words(grace.post(preview + "take-back/", follow=True))


def test_whoever_was_added_is_invited_at_the_address_of_the_file(world, grace):
    upload = make_import(world.north, world.grace, f"Name,Email,{world.month}\nIda,ida@example.com,55\nJo,,50\n")
    here = f"/imports/{upload.pk}/"
    grace.post(here + "store/")
    go_on(upload.pk)
    ida, jo = upload.people.order_by("member__name")
    assert 'value="ida@example.com"' in words(grace.get(here + "invite/"))

    response = grace.post(
        here + "invite/", {f"email-{ida.member_id}": "ida@example.com", f"email-{jo.member_id}": ""}, follow=True
    )

    assert "1 invitation is on its way." in words(response)
    assert list(Invitation.objects.filter(member=ida.member).values_list("email", flat=True)) == ["ida@example.com"]
    assert not Invitation.objects.filter(member=jo.member).exists()


def test_whoever_moved_to_another_team_since_is_invited_by_its_managers_only(world, grace):
    upload = make_import(world.north, world.grace, f"Name,{world.month}\nIda,55\nJo,50\n")
    here = f"/imports/{upload.pk}/"
    grace.post(here + "store/")
    go_on(upload.pk)
    ida, jo = (person.member for person in upload.people.order_by("member__name"))
    ida.memberships.update(team=world.south)

    page = words(grace.get(here + "invite/"))
    grace.post(here + "invite/", {f"email-{ida.pk}": "grace.too@example.com", f"email-{jo.pk}": "jo@example.com"})

    assert (f"email-{ida.pk}" in page, f"email-{jo.pk}" in page) == (False, True)
    assert [invited.member for invited in Invitation.objects.filter(member__in=[ida, jo])] == [jo]


def test_an_invitation_needs_an_address(world, grace):
    upload = make_import(world.north, world.grace, f"Name,{world.month}\nJo,50\n")
    here = f"/imports/{upload.pk}/"
    grace.post(here + "store/")
    go_on(upload.pk)

    assert "Write at least one e-mail address." in words(grace.post(here + "invite/", {"email-0": ""}))


def test_addresses_of_those_who_are_not_invited_are_dropped_after_a_week(world, grace):
    upload = make_import(world.north, world.grace, f"Name,Email,{world.month}\nIda,ida@example.com,55\n")
    grace.post(f"/imports/{upload.pk}/store/")
    go_on(upload.pk)

    Import.objects.update(ended_at=timezone.now() - timedelta(days=8))
    continue_imports()

    assert list(upload.people.values_list("email", flat=True)) == [""]


def test_a_pasted_list_of_people_shows_that_the_board_is_being_ranked(world, grace):
    response = grace.post(
        "/team/north/paste/", {"people": "Ida Novak\nJo Berg", "line": ["0", "1"], "add": "yes"}, follow=True
    )

    assert "The board is being ranked" in words(response)


def test_a_total_with_decimals_says_what_is_rounded_in_the_preview(world, grace):
    upload = make_import(world.north, world.grace, f"Name;{world.month}\nIda;55,5\n")

    shown = markup(grace.get(f"/imports/{upload.pk}/"))

    assert '56<br><span class="muted">rounded from 55.5</span>' in shown


def test_a_cell_is_mended_and_the_same_rows_are_shown_again(world, grace, preview):
    wrong = world.upload.rows.exclude(problem="").get()
    shown = words(grace.get(preview + "?show=error"))
    assert f'<input id="mend-{wrong.pk}" name="text" value="forty"' in shown

    response = grace.post(preview + "mend/?show=error", {"row": wrong.pk, "text": "40"}, follow=True)

    assert response.redirect_chain[-1][0] == preview + "?show=error"
    assert not world.upload.rows.exclude(problem="").exists()


def test_days_that_can_be_read_both_ways_are_asked_about_with_samples_in_both_readings(world, grace):
    page = words(choose(grace, "Name,Date,Score\nIda,3/9/2026,61\nCy,3/10/2026,40\n"))
    assert "The days can be read in two ways." in page
    assert "3/9/2026 is 3 September 2026 · 3/10/2026 is 3 October 2026" in page
    assert "3/9/2026 is 9 March 2026 · 3/10/2026 is 10 March 2026" in page
    at = f"/imports/{Import.objects.first().pk}/"

    answer = {"kind": "list", "column-0": "name", "column-1": "date", "column-2": "total"}
    assert "The days can be read in two ways." in words(grace.post(at + "columns/", answer | {"order": ""}))
    grace.post(at + "columns/", answer | {"order": "mdy"})
    go_on(Import.objects.first().pk)

    days = Import.objects.first().rows.values_list("taken_on", flat=True)
    assert [(day.month, day.day) for day in days] == [(3, 9), (3, 10)]


def test_the_page_names_the_columns_of_numbers_and_the_hidden_rows_that_are_left_out(world, grace):
    book = openpyxl.Workbook()
    before = str(world.month - 1)
    for row in [["Name", str(world.month), "Rank", before], ["Ida", 61, 1, 60], ["Gone", 12, 2, 10]]:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = book.active.column_dimensions["D"].hidden = True
    choose(grace, saved(book), "scores.xlsx")
    upload = Import.objects.first()

    go_on(upload.pk)

    page = words(grace.get(f"/imports/{upload.pk}/"))
    assert "Saving it adds 1 reading." in page
    assert "Left out, though it holds numbers: C (Rank)." in page
    assert "Left out, because it is hidden in the workbook: row 3." in page
    assert f"Left out, because it is hidden in the workbook: column D ({before})." in page


def test_the_page_says_whose_tab_is_read_and_that_another_is_hidden(world, grace):
    book = openpyxl.Workbook()
    book.active.title, rows = "Archive", [["Name", str(world.month)], ["Ida", 11]]
    scores = book.create_sheet("Scores")
    for row, sheet in [(row, book.active) for row in rows] + [(rows[0], scores), (["Ida", 61], scores)]:
        sheet.append(row)
    book["Archive"].sheet_state, book.active = "hidden", 1
    choose(grace, saved(book), "scores.xlsx")
    upload = Import.objects.first()

    go_on(upload.pk)

    page = markup(grace.get(f"/imports/{upload.pk}/"))
    assert '<p class="lead">Scores: Saving it adds 1 reading.' in page
    assert "left out: hidden in the workbook" in page
    assert [row.total for row in upload.rows.all()] == [61]


def test_of_weekly_columns_each_is_a_reading_and_the_latest_is_the_score(world, grace):
    days = [day for day in world.month.days() if day <= world.acme.today()][:4]
    scores = [60, 61, 61, 62][-len(days) :]
    choose(grace, "Name," + ",".join(map(str, days)) + "\nIda," + ",".join(map(str, scores)) + "\n")
    upload = Import.objects.first()
    go_on(upload.pk)

    grace.post(f"/imports/{upload.pk}/store/")
    go_on(upload.pk)
    rank_stale_boards()

    readings = Submission.objects.filter(member__name="Ida").order_by("taken_on")
    assert list(readings.values_list("taken_on", "total")) == list(zip(days, scores, strict=True))
    assert Standing.objects.get(board__month=world.month, member__name="Ida").total == 62


def test_letters_that_can_be_read_in_several_ways_are_asked_about_with_a_sample(world, grace):
    text = f"Name,{world.month}\nŘehoř,61\n"
    response = grace.post(HERE, {"file": SimpleUploadedFile("scores.csv", text.encode("cp1250"))}, follow=True)
    page = words(response)
    assert "The names can be read in several ways." in page
    assert '<strong>Øehoø</strong> <span class="muted">Windows-1252</span>' in page
    assert '<strong>Řehoř</strong> <span class="muted">Windows-1250</span>' in page
    assert ("What the columns mean" in page, " checked" in page) == (False, False)
    upload = Import.objects.first()

    grace.post(f"/imports/{upload.pk}/table/", {"sheet": 0, "encoding": "cp1250", "letters": "yes"})
    go_on(upload.pk)

    assert list(upload.people.values_list("name", flat=True)) == ["Řehoř"]


def test_what_is_wrong_with_a_file_is_said_in_the_language_of_whoever_looks(world, browse):
    for member, language in ((world.grace, "de"), (world.alan, "fr")):
        member.user.language = language
        member.user.save()
    choose(browse(world.grace), f"Name,{world.month}\nBen,forty\nAda,0.5\nSam,1\n")
    wrong = Import.objects.first()
    choose(browse(world.grace), f"Name,{world.month}\nAda,1\n")
    failed = Import.objects.first()
    Import.objects.filter(pk=failed.pk).update(attempts=8)
    go_on(wrong.pk)
    go_on(failed.pk)

    german, french = (
        " ".join(words(browse(member).get(f"/imports/{upload.pk}/")) for upload in (wrong, failed))
        for member in (world.grace, world.alan)
    )
    assert [said in german for said in IN_GERMAN] == [True] * 3
    assert [said in french for said in IN_FRENCH] == [True] * 3


def test_what_an_earlier_release_stored_as_a_sentence_stays_as_it_is(world, grace, preview):
    world.upload.rows.exclude(problem="").update(problem="100 % „forty“ ist kein Wert.", problem_values=None)

    assert "100 % „forty“ ist kein Wert." in words(grace.get(preview + "?show=error"))
