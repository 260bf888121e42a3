"""A month for its manager: confirming, closing early, amending; and what closed months leave behind."""

import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import date_format
from PIL import Image

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.months.closing import close_month
from teams.actions.people.invitations import invite
from teams.models import Act, AuditEntry, Board, Confirmation, Delivery, Membership, Revision
from teams.rules.messages.hours import next_morning
from tests.makers import make_goal, make_rep, make_submission, places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def past(world):
    """North's last month, not closed yet: Ada 58, Ben 44; Silent has nothing."""
    month = world.month - 1
    for member, total in [(world.ada, 58), (world.ben, 44)]:
        make_submission(member, total, month=month)
    make_rep(world.north, "Silent", login=False)
    rank_stale_boards()
    return Board.objects.get(team=world.north, month=month)


@pytest.fixture
def closed(past):
    return close_month(past.pk, timezone.now())


def text(response):
    return " ".join(response.content.decode().split())


def test_a_month_that_nobody_missed_has_no_hole_where_the_missing_stand(world, past, browse):
    page = f"/team/north/{past.month}/"
    with_silent = browse(world.grace).get(page).content.decode()
    make_submission(Membership.objects.get(member__name="Silent").member, 50, month=past.month)
    rank_stale_boards()

    without = browse(world.grace).get(page).content.decode()

    assert ['<div class="columns">' in each for each in (with_silent, without)] == [True, False]


def test_a_manager_confirms_the_ticked_readings_of_the_month_only(world, past, browse):
    grace = browse(world.grace)
    ada = world.ada.submissions.get(month=past.month)
    page = f"/team/north/{past.month}/"

    grace.post(f"{page}confirm/", {"reading": [ada.pk, world.submission.pk, "nonsense"]})

    assert [row.submission for row in Confirmation.objects.all()] == [ada]
    context = grace.get(page).context
    assert [row.member for row in context["waiting"]] == ["Ben"]
    assert [row.member for row in context["confirmed"]] == ["Ada"]


def test_a_hundred_readings_are_a_page_those_that_wait_first(world, past, browse):
    for number in range(100):
        make_rep(world.north, f"Rep {number:03}", total=40, month=past.month, login=False)
    grace, page = browse(world.grace), f"/team/north/{past.month}/"
    grace.post(f"{page}confirm/", {"reading": [world.ada.submissions.get(month=past.month).pk]})

    first, second = grace.get(page).context, grace.get(f"{page}?page=2").context

    assert [len(first["waiting"]), len(first["confirmed"])] == [100, 0]
    assert [row.member for row in second["waiting"]] == ["Rep 099"]
    assert [row.member for row in second["confirmed"]] == ["Ada"]


def test_all_that_are_shown_are_confirmed_at_once_but_never_ones_own(
    world, past, browse, django_assert_max_num_queries
):
    Membership.objects.filter(member=world.grace).update(competing=True)
    own = make_submission(world.grace, 70, month=past.month)
    grace, page = browse(world.grace), f"/team/north/{past.month}/"
    form = grace.get(page).content.decode()
    shown = re.findall(r'name="shown" value="(\d+)"', form)
    late = make_submission(make_rep(world.north, "Late"), 44, month=past.month)

    with django_assert_max_num_queries(14):
        grace.post(f"{page}confirm/", {"shown": [*shown, own.pk], "all": "yes"})

    assert "Confirm all 2 shown" in text(grace.get(page)) or "Confirm all 2 shown" in " ".join(form.split())
    assert sorted(row.submission.member.name for row in Confirmation.objects.select_related("submission__member")) == [
        "Ada",
        "Ben",
    ]
    assert not Confirmation.objects.filter(submission__in=[own, late]).exists()
    [entry] = AuditEntry.objects.filter(act=Act.CONFIRMED)
    assert (entry.actor, entry.details["count"]) == (world.grace, 2)


def test_flags_stand_beside_a_reading(world, past, browse):
    make_submission(world.ben, 90, taken_on=world.month.first_day)

    rows = browse(world.grace).get(f"/team/north/{world.month}/").context["waiting"]

    assert [(row.total, row.flags) for row in rows if row.flags] == [(90, ["jump"])]


def test_a_manager_closes_early_once_and_the_board_says_who_did(world, past, browse):
    grace, page = browse(world.grace), f"/team/north/{past.month}/"
    assert "Close the month" in text(grace.get(f"{page}close/"))

    answers = [grace.post(f"{page}close/").status_code for _ in range(2)]

    past.refresh_from_db()
    assert (answers, past.closed_by) == ([302, 404], world.grace)
    assert "by Grace: its standings are final" in text(
        browse(world.ben).get(f"/board/north/{past.month}/why/{world.ben.pk}/")
    )


def test_a_month_that_runs_cannot_be_closed(world, browse):
    later = world.month + 1

    assert browse(world.grace).get(f"/team/north/{later}/close/").status_code == 404


def test_an_amendment_is_stored_with_its_reason_and_both_states_are_readable(world, closed, browse):
    page = f"/team/north/{closed.month}/amend/{world.ben.pk}/"
    wrong = {"total": "70", "taken_on": closed.month.last_day, "reason": ""}
    grace = browse(world.grace)
    assert grace.post(page, wrong).status_code == 200

    grace.post(page, wrong | {"reason": "Typed 44 for 70"})

    assert places(closed) == [(1, "Ben", 70), (2, "Ada", 58)]
    amendments = text(browse(world.ada).get(f"/board/north/{closed.month}/amendments/"))
    assert "Ben had 44 and has 70 now. “Typed 44 for 70”" in amendments
    assert amendments.index('1st</td><th scope="row">Ada') < amendments.index('2nd</td><th scope="row">Ben')
    assert "amended once since" in text(browse(world.ada).get(f"/board/north/{closed.month}/why/{world.ben.pk}/"))


def test_a_reading_is_taken_back_from_a_closed_month_with_a_reason(world, closed, browse):
    page = f"/team/north/{closed.month}/amend/{world.ben.pk}/"

    browse(world.grace).post(page, {"withdraw": "1", "back-reason": ""})
    browse(world.grace).post(page, {"withdraw": "1", "back-reason": "Of somebody else"})

    assert [(row.total_before, row.total_after) for row in Revision.objects.all()] == [(44, None)]
    assert places(closed) == [(1, "Ada", 58)]


def test_the_podium_shows_the_first_three_and_who_improved_most(world, closed, browse):
    make_submission(world.ada, 50, month=closed.month - 1)

    page = browse(world.ben).get(f"/board/north/{closed.month}/podium/")

    assert [(row.rank, row.member.name) for row in page.context["honours"].steps] == [(1, "Ada"), (2, "Ben")]
    certificates = browse(world.ben).get(f"/board/north/{closed.month}/certificates/").content.decode()
    assert certificates.count('class="certificate"') == 2


def test_a_certificate_says_what_it_is_for_among_how_many_and_where_to_sign(world, closed, browse):
    make_submission(world.ada, 50, month=closed.month - 1)

    page = browse(world.ben).get(f"/board/north/{closed.month}/certificates/")

    day = date_format(world.acme.local(closed.closed_at), "DATE_FORMAT")
    month = date_format(closed.month.first_day, "YEAR_MONTH_FORMAT")
    whole = re.findall(r'<article class="certificate">(.*?)</article>', text(page))
    said = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in whole]
    head, foot = f"Social Selling Index · {month} Certificate", f"{day} Date Signature"
    assert said == [
        f"{head} Ada 1st of 2 in North with a score of 58 {foot}",
        f"{head} Ben 2nd of 2 in North with a score of 44 {foot}",
    ]


def test_there_is_no_podium_without_enough_people_or_for_those_who_see_no_places(world, closed, browse):
    address = f"/board/north/{closed.month}/podium/"
    world.north.rank_visibility = "none"
    world.north.save()
    assert [browse(who).get(address).status_code for who in (world.ben, world.grace)] == [404, 200]

    Board.objects.filter(pk=closed.pk).update(expected=9)

    assert browse(world.grace).get(address).status_code == 404


def test_a_certificate_is_a_picture_too_for_whoever_has_one_and_our_letters(world, closed, browse):
    page = f"/board/north/{closed.month}/certificates/"
    ben = browse(world.ben)

    pictures = [ben.get(f"{page}{world.ada.pk}/"), ben.get(f"{page}{world.ben.pk}/")]

    opened = [Image.open(io.BytesIO(picture.content)) for picture in pictures]
    assert [(each.format, each.size) for each in opened] == [("PNG", (1600, 1131))] * 2
    assert opened[0].tobytes() != opened[1].tobytes()
    assert pictures[0]["Content-Disposition"] == f'attachment; filename="north-{closed.month}-1.png"'
    refused = (f"{world.ada.pk}/?improved", f"{world.grace.pk}/")
    assert [ben.get(page + asked).status_code for asked in refused] == [404, 404]

    world.ada.name = "李小龙"
    world.ada.save()
    assert ben.get(f"{page}{world.ada.pk}/").status_code == 404
    assert "Picture to share: 李小龙" not in text(ben.get(page))


def test_a_report_tells_a_month_on_a_page_with_the_means_of_a_year_and_the_goals_of_its_time(world, past, browse):
    make_submission(world.ada, 50, month=past.month - 1)
    rank_stale_boards()
    close_month(past.pk, timezone.now())
    world.north.goals.all().delete()
    goal = make_goal(world.north, 60, due_on=past.month.last_day, started_on=past.month.first_day)
    make_goal(world.north, 60, due_on=(past.month + 2).last_day, started_on=(past.month + 1).first_day)

    page = browse(world.ben).get(f"/board/north/{past.month}/report/")

    report = page.context["report"]
    assert [(row.rank, row.member.name) for row in report.honours.steps] == [(1, "Ada"), (2, "Ben")]
    assert [(row.member.name, row.change.points) for row in report.honours.improved] == [("Ada", 8)]
    assert (report.change, report.compared) == (Decimal("8.0"), 1)
    assert report.means[-1] == (past.month, 51)
    assert [row.goal for row in report.goals] == [goal]
    assert "Closed on" in text(page)


def test_a_report_of_an_open_month_says_so_and_has_no_podium_below_sixty_percent(world, past, browse):
    Board.objects.filter(pk=past.pk).update(expected=9)

    page = browse(world.grace).get(f"/board/north/{past.month}/report/")

    assert (page.context["report"].honours.steps, page.context["report"].honours.improved) == ([], [])
    assert "The month is open: figures as of" in text(page)
    assert browse(world.grace).get(f"/board/north/{world.month + 1}/report/").status_code == 404


def test_the_hall_of_fame_counts_months_won_and_months_in_a_row(world, closed, browse):
    context = browse(world.ben).get("/board/north/hall-of-fame/").context

    assert [(win.month, win.winners, win.total) for win in context["wins"]] == [
        (closed.month, [world.ada], 58),
        (world.closed, [world.former], 48),
    ]
    assert context["most"] == [(world.ada, 1), (world.former, 1)]
    assert [(row.member.name, row.longest, row.running) for row in context["streaks"]] == [
        ("Ada", 2, 2),
        ("Ben", 2, 2),
    ]


def test_insights_speak_of_the_last_complete_month(world, past, browse):
    context = browse(world.grace).get("/team/north/insights/").context

    assert [(band.low, band.count, percent) for band, percent in context["bands"]] == [
        (0, 0, 0),
        (30, 1, 50),
        (50, 1, 50),
        (70, 0, 0),
    ]
    assert [(row.member.name, row.change.points) for row in context["moved"]] == [("Ada", 3), ("Ben", -4)]
    assert context["known"] == 2


def test_of_many_who_moved_insights_list_a_page(world, past, browse, monkeypatch):
    monkeypatch.setattr("teams.views.team.insights.ROWS_A_PAGE", 1)

    pages = [browse(world.grace).get(f"/team/north/insights/?page={number}") for number in (1, 2)]

    assert [[row.member.name for row in page.context["moved"]] for page in pages] == [["Ada"], ["Ben"]]
    assert 'href="?page=2"' in pages[0].content.decode()


def test_the_silent_are_reminded_by_a_button_which_says_what_became_of_each(world, past, browse):
    grace, page = browse(world.grace), f"/team/north/{past.month}/"
    make_rep(world.north, "Nora")
    before = text(grace.get(page))
    assert ("Remind 1 of 2 now" in before, before.count("Cannot be reminded: no e-mail address here")) == (True, 1)

    first = text(grace.post(f"{page}nudge/", follow=True))
    again = text(grace.post(f"{page}nudge/", follow=True))

    assert "A reminder is on its way to Nora." in first
    assert "Not reminded: Silent (no e-mail address here)." in first
    assert "Nora (reminded today already); Silent" in again
    assert again.count("A reminder is on its way.") == 1


def test_whoever_has_not_accepted_is_named_once_with_the_others_and_can_be_invited_again(world, past, browse):
    for name in ("Nils", "Nora"):
        invite(make_rep(world.north, name, login=False), f"{name.lower()}@example.org", world.grace, timezone.now())
    grace, page = browse(world.grace), f"/team/north/{past.month}/"

    said = text(grace.post(f"{page}nudge/", follow=True))
    shown = grace.get(page)
    ids = shown.context["to_invite"]
    invited = text(grace.post("/team/north/members/several/", {"do": "invite", "membership": ids}, follow=True))

    assert "Not reminded: Nils and Nora (invitation not accepted yet); Silent (no e-mail address here)." in said
    assert "Invite 2 again" in text(shown)
    assert "An invitation is on its way to Nils and Nora." in invited


def test_a_button_for_a_role_needs_one(world, browse):
    membership = world.north.memberships.first()

    posted = browse(world.grace).post(
        "/team/north/members/several/", {"do": "role", "membership": membership.pk}, follow=True
    )
    said = text(posted)

    assert "Tick those whom it is for, and choose what to do." in said


def test_one_person_is_reminded_by_their_own_button(world, past, browse):
    make_rep(world.north, "Nora")
    nora = make_rep(world.north, "Nina")
    grace, page = browse(world.grace), f"/team/north/{past.month}/"

    said = text(grace.post(f"{page}nudge/", {"member": nora.pk}, follow=True))

    assert "on its way to Nina." in said
    claimed = Delivery.objects.filter(kind="reminder", subject__startswith=f"{past.month} 20")
    assert list(claimed.values_list("member__name", flat=True)) == ["Nina"]


@pytest.mark.parametrize("said", ["x", "9" * 40])
def test_nobody_who_does_not_exist_is_reminded(world, past, browse, said):
    assert browse(world.grace).post(f"/team/north/{past.month}/nudge/", {"member": said}).status_code == 404


def test_nobody_is_reminded_of_a_closed_month(world, closed, browse):
    grace, page = browse(world.grace), f"/team/north/{closed.month}/"

    assert grace.post(f"{page}nudge/").status_code == 404
    assert f"{page}nudge/" not in text(grace.get(page))


@pytest.fixture
def closed_early(world, past):
    """The same month, closed by Grace, and by the clock not before the next one: this one is all holidays."""
    world.acme.holidays = [world.month.first_day + timedelta(days=n) for n in range(31)]
    world.acme.save()
    return close_month(past.pk, timezone.now(), world.grace)


def test_a_manager_opens_a_month_again_that_was_closed_early_with_a_reason_in_the_log(world, closed_early, browse):
    grace, page = browse(world.grace), f"/team/north/{closed_early.month}/"
    assert "Open it again" in text(grace.get(page))
    assert grace.post(f"{page}open/", {"reason": ""}).status_code == 200

    answer = grace.post(f"{page}open/", {"reason": "Ben was on a plane"}, follow=True)

    closed_early.refresh_from_db()
    assert (closed_early.closed_at, closed_early.stale_since is None) == (None, False)
    assert "The month is open again" in text(answer)
    assert "Open it again" not in text(answer)
    log = text(grace.get("/team/north/log/"))
    assert "Grace opened" in log
    assert "Ben was on a plane" in log


def test_a_month_that_closed_in_its_time_is_not_opened_again(world, closed, browse):
    page = f"/team/north/{closed.month}/"

    answer = browse(world.grace).post(f"{page}open/", {"reason": "Please"}, follow=True)

    closed.refresh_from_db()
    assert closed.closed_at is not None
    assert "is final. Amend it instead." in text(answer)
    assert "Open it again" not in text(answer)


@pytest.mark.parametrize(("hours_ago", "says"), [(0, True), (24 * 60, False)])
def test_the_page_says_when_the_mails_about_a_closing_go_out(world, closed_early, browse, hours_ago, says):
    Board.objects.filter(pk=closed_early.pk).update(closed_at=timezone.now() - timedelta(hours=hours_ago))
    day = next_morning(timezone.now(), world.grace.zone, world.acme.holidays).date()
    tomorrow = world.acme.today() + timedelta(days=1)
    when = "tomorrow" if day == tomorrow else f"on {date_format(day, 'MONTH_DAY_FORMAT')}"

    page = text(browse(world.grace).get(f"/team/north/{closed_early.month}/"))

    assert (f"go out {when} at 09:00, each in their zone." in page, "each in their zone" in page) == (says, says)


def test_what_nobody_confirmed_of_a_final_month_does_not_wait(world, closed, browse):
    page = text(browse(world.grace).get(f"/team/north/{closed.month}/"))

    assert "Not confirmed" in page
    assert "Waiting for confirmation" not in page


def test_a_final_board_without_a_score_promises_none(world, browse):
    month = world.month - 2
    Board.objects.create(team=world.north, month=month, closed_at=timezone.now(), expected=2)
    ben = browse(world.ben)

    pages = {tab: text(ben.get(f"/board/north/{month}/?by={tab}")) for tab in ("total", "improved", "brand")}

    assert "Nobody submitted" in pages["total"]
    assert "Nobody to compare" in pages["improved"]
    assert "No pillars" in pages["brand"]
    assert not any(" yet" in page for page in pages.values())
