"""Getting a month in: paste and confirm, or type. Without JavaScript."""

from decimal import Decimal

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from teams.models import AuditEntry, Board, Organization, Withdrawal
from teams.rules.months import Month
from teams.words.figures import month_name
from tests.makers import days_ago, make_submission, this_month
from tests.pages.reading import markup

PASTED = """Current Social Selling Index
20 out of 100
13.118 | Establish your professional brand
3.68 | Find the right people
0.3 | Engage with insights
2.608 | Build relationships
"""
READING = {"total": "66", "brand": "20,5", "people": "12.25", "insights": "8", "relationships": "25"}


@pytest.fixture
def earlier_months_open(world):
    """The organization came here today: no clock has closed an earlier month, whatever the day."""
    Organization.objects.filter(pk=world.acme.pk).update(created_at=timezone.now())


@pytest.fixture
def today(world):
    return world.acme.today()


@pytest.fixture
def ada(world, browse):
    return browse(world.ada)


def readings(member):
    return list(member.submissions.order_by("pk").values_list("total", "taken_on", "source"))


def errors(response):
    return {field: list(messages) for field, messages in response.context["form"].errors.items()}


def test_pasted_text_fills_the_form_and_stores_nothing(world, ada):
    response = ada.post("/submit/", {"pasted": PASTED, "read": "1"})

    form = response.context["form"]
    assert response.status_code == 200
    assert [form[name].value() for name in ("total", "brand", "insights")] == [20, "13.118", "0.3"]
    assert 'value="13.118"' in response.content.decode()
    assert world.ada.submissions.count() == 1


def test_what_was_read_is_stored_when_it_is_confirmed(world, ada, today):
    response = ada.post("/submit/", {"taken_on": today, **READING, "source": "pasted"})

    stored = world.ada.submissions.latest("pk")
    assert (response.status_code, response.url) == (302, f"/submit/saved/{stored.pk}/")
    assert (stored.total, stored.brand, stored.source) == (66, Decimal("20.500"), "pasted")
    assert stored.month == Month.of(today)


def test_the_total_is_computed_from_four_pillars(world, ada, today):
    ada.post("/submit/", {"taken_on": today, **READING, "total": ""})

    assert world.ada.submissions.latest("pk").total == 66


def test_neither_total_nor_pillars_is_answered_with_a_sentence_and_keeps_what_was_typed(ada, today):
    response = ada.post("/submit/", {"taken_on": today, "brand": "12,5", "note": "from my phone"})

    assert errors(response) == {"total": ["Write the score, or all four pillars."]}
    assert 'value="12,5"' in response.content.decode()
    assert 'value="from my phone"' in response.content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("total", "101"),
        ("total", "-1"),
        ("total", "many"),
        ("total", "1e3"),
        ("brand", "25,1"),
        ("brand", "NaN"),
        ("brand", "1e999"),
        ("people", "-0.5"),
        ("people", "12.3456"),
        ("industry_rank", "0"),
        ("network_average", "101"),
        ("taken_on", "1999-01-01"),
        ("taken_on", "next week"),
        ("taken_on", "9999-12-31"),
    ],
)
def test_bad_input_stores_nothing_and_says_what_to_write(world, ada, today, field, typed):
    response = ada.post("/submit/", {"taken_on": today, "total": "60", field: typed})

    assert response.status_code == 200
    assert [len(messages) for messages in errors(response).values()] == [1]
    assert world.ada.submissions.count() == 1


@pytest.mark.parametrize("total", ["41.5", "41,5"])
def test_the_score_is_a_whole_number_and_the_parts_take_a_comma_as_they_take_a_point(world, ada, today, total):
    refused = ada.post("/submit/", {"taken_on": today, "total": total})
    assert errors(refused) == {
        "total": ["The score is a whole number from 0 to 100: round what has decimals. Only the parts may have them."]
    }

    comma = {field: str(value).replace(".", ",") for field, value in READING.items()}
    ada.post("/submit/", {"taken_on": today, **comma, "total": "66"})

    assert world.ada.submissions.latest("pk").brand == Decimal("20.5")


def test_pillars_that_do_not_add_up_are_stored_after_a_second_store_anyway(world, ada, today):
    off = {"taken_on": today, **READING, "total": "30"}
    refused = ada.post("/submit/", off)
    assert errors(refused) == {"__all__": ["The pillars add up to 65.75, not 30."]}
    assert 'name="store_anyway"' in refused.content.decode()

    ada.post("/submit/", off | {"store_anyway": "1"})

    assert world.ada.submissions.latest("pk").adds_up is False


def test_the_same_reading_twice_is_stored_once(world, ada, today):
    for _ in range(2):
        ada.post("/submit/", {"taken_on": today, **READING})

    assert [total for total, _, _ in readings(world.ada)] == [61, 66]


def test_a_score_is_stored_by_few_statements_and_writes_no_session(world, ada, today, django_assert_num_queries):
    before = Session.objects.get().session_data

    # The session, who asks, and a transaction: its begin and end, the member locked, boards marked, the reading before,
    # whether the month is closed, the reading, the log.
    with django_assert_num_queries(10):
        ada.post("/submit/", {"taken_on": today, "total": "66"})

    assert Session.objects.get().session_data == before


@pytest.mark.usefixtures("earlier_months_open")
def test_a_month_is_asked_for_only_where_an_earlier_one_is_open(world, ada, today):
    assert 'name="month"' in ada.get("/submit/").content.decode()
    refused = ada.post("/submit/", {"taken_on": today, "total": "600"}).content.decode()
    for back in (1, 2, 3):
        make_submission(world.ada, 50, month=Month.of(today) - back)

    assert 'name="month"' in refused
    assert 'name="month"' not in ada.get("/submit/").content.decode()


@pytest.mark.usefixtures("earlier_months_open")
def test_a_reading_may_be_filed_for_an_open_month_that_has_none(world, ada, today):
    last_month = Month.of(today) - 1

    ada.post("/submit/", {"taken_on": today, "total": "59", "month": str(last_month)})

    assert world.ada.submissions.latest("pk").month == last_month


def test_a_closed_month_takes_no_reading(world, ada, today):
    last_month = Month.of(today) - 1
    Board.objects.create(team=world.north, month=last_month, closed_at="2020-01-01T00:00Z")

    response = ada.post("/submit/", {"taken_on": last_month.last_day, "total": "59"})

    assert errors(response) == {
        "__all__": [f"{month_name(last_month)} is closed: its standings are final. Ask your manager to amend it."]
    }


def test_a_correction_replaces_the_reading_and_both_stay_readable(world, ada, today):
    response = ada.post(f"/readings/{world.submission.pk}/correct/", {"taken_on": today, "total": "63"})

    assert response.status_code == 302
    correction = world.ada.submissions.latest("pk")
    assert correction.replaces == world.submission
    page = markup(ada.get(f"/reps/{world.ada.pk}/"))
    assert page.count('<tr class="gone">') == page.count('<em class="tag">corrected</em></th>') == 1


def test_a_reading_that_was_corrected_cannot_be_corrected_again(world, ada, today):
    ada.post(f"/readings/{world.submission.pk}/correct/", {"taken_on": today, "total": "63"})

    assert ada.get(f"/readings/{world.submission.pk}/correct/").status_code == 404


def test_withdrawing_asks_first_and_happens_once(world, ada):
    url = f"/readings/{world.submission.pk}/withdraw/"
    assert ada.get(url).status_code == 200
    assert Withdrawal.objects.count() == 0

    for _ in range(2):
        ada.post(url)

    assert list(Withdrawal.objects.values_list("submission_id", "by_id")) == [(world.submission.pk, world.ada.pk)]


def test_a_manager_enters_for_a_rep_and_it_says_so(world, browse, today):
    response = browse(world.grace).post(f"/reps/{world.ben.pk}/submit/", {"taken_on": today, "total": "44"})

    stored = world.ben.submissions.latest("pk")
    assert response.url == f"/reps/{world.ben.pk}/"
    assert (stored.total, stored.source, stored.typed_by) == (44, "manager", world.grace)


def test_a_manager_who_corrects_for_somebody_says_why(world, browse, today):
    grace, url = browse(world.grace), f"/readings/{world.submission.pk}/correct/"

    assert errors(grace.post(url, {"taken_on": today, "total": "60"})) == {"reason": ["Fill this in."]}
    grace.post(url, {"taken_on": today, "total": "60", "reason": "Typo"})

    assert world.ada.submissions.latest("pk").reason == "Typo"


def test_a_page_that_linkedin_withdrew_is_answered_with_a_sentence_and_a_way_out(world, ada):
    withdrawn = "Seu Social Selling Index atual\nSeu acesso ao SSI foi descontinuado"
    response = ada.post("/submit/", {"pasted": withdrawn, "read": "1"})
    assert "no longer shows this account a score" in response.content.decode()

    ada.post(f"/reps/{world.ada.pk}/access/", {"access": "no"})

    world.ada.refresh_from_db()
    assert world.ada.no_access_since == world.acme.today()


def test_taking_oneself_off_the_list_asks_first(ada):
    withdrawn = "Seu Social Selling Index atual\nSeu acesso ao SSI foi descontinuado"
    page = ada.post("/submit/", {"pasted": withdrawn, "read": "1"}).content.decode()

    question, _, answer = page.partition('<details class="ask">')[2].partition("</summary>")
    assert "I have no access any more" in question
    assert 'name="access" value="no"' in answer.partition("</details>")[0]


def test_a_page_that_is_out_of_order_offers_no_way_off_the_list(ada):
    fault = "Your Social Selling Index\nYour score is temporarily not available. Please try again later."
    page = ada.post("/submit/", {"pasted": fault, "read": "1"}).content.decode()

    assert "/access/" not in page


def test_a_row_of_a_sheet_without_its_headings_is_answered_with_how_to_copy_it(ada):
    page = ada.post("/submit/", {"pasted": "Ada\t61\t17\t12\t10\t22", "read": "1"}).content.decode()

    assert "Copy the row with its headings" in page


def test_only_a_doubtful_field_is_marked_and_says_why(ada):
    weak = PASTED.replace("20 out of 100", "100-ból 20").replace("0.3 | Engage with insights\n", "")
    page = ada.post("/submit/", {"pasted": weak, "read": "1"}).content.decode()

    assert page.count("please check") == 1
    assert page.count("Nothing in the text says that this number is the score.") == 1
    assert 'aria-describedby="id_total_helptext"' in page


def test_a_sure_reading_marks_nothing(ada):
    assert "please check" not in ada.post("/submit/", {"pasted": PASTED, "read": "1"}).content.decode()


def test_of_several_scores_the_person_chooses_one(ada):
    both = PASTED + PASTED.replace("20 out", "21 out").replace("3.68", "4.68")
    asked = ada.post("/submit/", {"pasted": both, "read": "1"})
    chosen = ada.post("/submit/", {"pasted": both, "read": "1", "choice": "1"})

    assert "This text holds several scores. Which one counts?" in asked.content.decode()
    assert [asked.context["form"][name].value() for name in ("total", "people")] == [None, None]
    assert [chosen.context["form"][name].value() for name in ("total", "people")] == [21, "4.68"]
    assert "please check" not in chosen.content.decode()


@pytest.mark.usefixtures("earlier_months_open")
def test_an_earlier_day_of_an_open_month_counts_for_that_month(world, ada):
    yesterday = days_ago(world.acme, 40)

    ada.post("/submit/", {"taken_on": yesterday, "total": "58"})

    assert world.ada.submissions.latest("pk").month == Month.of(yesterday)


def test_markup_in_a_note_stays_text(world, ada, today):
    ada.post("/submit/", {"taken_on": today, "total": "66", "note": "<svg onload=alert(1)>"})

    page = ada.get(f"/reps/{world.ada.pk}/").content.decode()
    assert "&lt;svg onload=alert(1)&gt;" in page
    assert "<svg onload" not in page


def test_a_note_and_flags_are_for_oneself_and_managers_only(world, browse):
    make_submission(world.ada, 90, month=this_month(world.acme) - 1, note="secret plan")

    pages = {who: browse(world.people[who]).get(f"/reps/{world.ada.pk}/").content.decode() for who in ("ada", "ben")}

    assert ["secret plan" in pages[who] for who in ("ada", "ben")] == [True, False]


def test_a_pasted_reading_is_of_today_and_says_how_it_came_in(ada, today):
    text = ada.post("/submit/", {"pasted": PASTED, "read": "1"}).context["form"]
    answer = ada.post("/submit/", {"pasted": '{"memberScore": {"overall": 33}}', "read": "1"}).context["form"]

    assert [text["taken_on"].value(), text["source"].value()] == [today, "pasted"]
    assert [answer["taken_on"].value(), answer["source"].value()] == [today, "json"]


@pytest.mark.usefixtures("earlier_months_open")
def test_a_correction_keeps_the_day_and_the_month_of_what_it_corrects(world, ada, today):
    late = make_submission(world.ada, 58, month=Month.of(today) - 1, taken_on=today)
    url = f"/readings/{late.pk}/correct/"

    assert ada.get(url).context["form"]["taken_on"].value() == today
    assert ada.post(url, {"taken_on": today, "total": "59"}).status_code == 302
    assert world.ada.submissions.latest("pk").month == late.month


def test_a_correction_sent_twice_is_stored_once(world, ada, today):
    url = f"/readings/{world.submission.pk}/correct/"

    answers = [ada.post(url, {"taken_on": today, "total": "63"}).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert world.ada.submissions.count() == 2


@pytest.mark.usefixtures("earlier_months_open")
def test_a_late_reading_sent_twice_is_stored_once_for_the_month_that_was_chosen(world, ada, today):
    month = Month.of(today) - 1
    for back in (2, 3):
        make_submission(world.ada, 50, month=Month.of(today) - back)

    answers = [
        ada.post("/submit/", {"taken_on": today, "total": "59", "month": str(month)}).status_code for _ in range(2)
    ]

    assert answers == [302, 302]
    assert world.ada.submissions.filter(total=59).values_list("month", flat=True).get() == month


@pytest.mark.parametrize("months_on", [-200, -4, 1])
def test_a_month_that_is_not_offered_is_refused(world, ada, today, months_on):
    for back in (1, 2, 3):
        make_submission(world.ada, 50, month=Month.of(today) - back)

    response = ada.post("/submit/", {"taken_on": today, "total": "59", "month": str(Month.of(today) + months_on)})

    assert list(errors(response)) == ["month"]
    assert not world.ada.submissions.filter(total=59).exists()


@pytest.mark.parametrize("reason", ["", "a\0b", "x" * 201])
def test_a_manager_who_withdraws_for_somebody_says_why_in_a_sentence(world, browse, reason):
    url = f"/readings/{world.submission.pk}/withdraw/"

    assert list(errors(browse(world.grace).post(url, {"reason": reason}))) == ["reason"]
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize("who", ["vera", "grace"])
def test_whoever_does_not_compete_is_offered_no_form_for_a_score_of_their_own(world, browse, who):
    page = browse(world.people[who]).get("/").content.decode()

    assert 'href="/submit/"' not in page


def test_what_is_refused_is_not_noted_and_leaves_the_boards_as_they_were(world, ada, today):
    last_month = Month.of(today) - 1
    Board.objects.create(team=world.north, month=last_month, closed_at="2020-01-01T00:00Z")
    boards, noted = list(Board.objects.order_by("pk").values()), AuditEntry.objects.count()

    ada.post("/submit/", {"taken_on": last_month.last_day, "total": "59"})

    assert list(Board.objects.order_by("pk").values()) == boards
    assert AuditEntry.objects.count() == noted
