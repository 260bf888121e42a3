"""A manager puts right what is noted of somebody: name, days, and that they are there at all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.models import Act, AuditEntry, Board, Member, Membership
from teams.rules.months import Month
from tests.makers import LONG_AGO, make_goal, make_rep, make_submission

pytestmark = pytest.mark.django_db


def said(response):
    return [str(message) for message in response.context["messages"]]


def days_of(member):
    return list(member.memberships.order_by("pk").values_list("joined_on", "left_on"))


def link(member):
    return f"/memberships/{member.memberships.latest('pk').pk}/correct/"


def in_words(act):
    return [entry.sentence for entry in AuditEntry.objects.filter(act=act)]


def test_a_name_is_corrected_noted_and_kept_for_an_erasure(world, browse):
    page = browse(world.grace).post(
        link(world.ben), {"name": "Benn\N{ZERO WIDTH SPACE}  Bo\u0308", "joined_on": LONG_AGO}, follow=True
    )

    world.ben.refresh_from_db()
    assert (said(page), world.ben.name) == (["Saved."], "Benn Bö")
    assert list(world.ben.former_names.values_list("name", flat=True)) == ["Ben"]
    assert in_words(Act.NAME_CORRECTED) == ["Grace corrected the name of Benn Bö."]


def test_a_name_that_somebody_in_the_team_has_is_refused(world, browse):
    page = browse(world.grace).post(link(world.ben), {"name": "ADA", "joined_on": LONG_AGO})

    world.ben.refresh_from_db()
    assert said(page) == ["ADA is in North already. Is it somebody else? Add what tells them apart to the name."]
    assert world.ben.name == "Ben"


def test_whoever_joined_earlier_is_on_the_boards_of_those_months(world, browse):
    month = world.month - 2
    jo = make_rep(world.north, "Jo", joined_on=world.acme.today())
    make_submission(jo, 55, month=month)
    rank_stale_boards()

    browse(world.grace).post(link(jo), {"name": "Jo", "joined_on": month.first_day})
    rank_stale_boards()

    board = Board.objects.get(team=world.north, month=month)
    assert "Jo" in [standing.member.name for standing in board.standings.all()]
    assert len(in_words(Act.DAY_JOINED_CORRECTED)) == 1


def test_whoever_left_is_right_in_earlier_months_and_expected_in_none_after(world, browse):
    first, left = world.month - 3, (world.month - 1).first_day
    make_submission(world.ben, 41, month=first)
    grace, today = browse(world.grace), world.acme.today()

    grace.post(f"/reps/{world.ben.pk}/deactivate/", {"left_on": left})
    rank_stale_boards()

    def reps(month):
        return [member.name for member in Member.objects.competing_in(world.north, month)]

    assert days_of(world.ben) == [(LONG_AGO, left)]
    assert ["Ben" in reps(month) for month in (first, world.month - 2, world.month - 1, Month.of(today))] == [
        True, True, False, False,
    ]  # fmt: skip


def test_the_day_of_leaving_is_corrected_afterwards_from_the_teams_page(world, browse):
    grace, today = browse(world.grace), world.acme.today()
    grace.post(f"/reps/{world.ben.pk}/deactivate/")
    left = today - timedelta(days=40)

    assert link(world.ben) in grace.get("/team/north/").content.decode()
    grace.post(link(world.ben), {"joined_on": LONG_AGO, "left_on": left})

    assert days_of(world.ben) == [(LONG_AGO, left)]
    assert len(in_words(Act.DAYS_CORRECTED)) == 1


@pytest.mark.parametrize("what", ["tomorrow", "before joining", "no day", "nonsense"])
def test_days_that_cannot_be_are_refused(world, browse, what):
    today = world.acme.today()
    browse(world.grace).post(f"/reps/{world.ben.pk}/deactivate/")
    days = {
        "tomorrow": {"joined_on": LONG_AGO, "left_on": today + timedelta(days=1)},
        "before joining": {"joined_on": today, "left_on": LONG_AGO},
        "no day": {"joined_on": LONG_AGO},
        "nonsense": {"joined_on": "soon", "left_on": today},
    }

    page = browse(world.grace).post(link(world.ben), days[what])

    assert (page.status_code, days_of(world.ben)) == (200, [(LONG_AGO, today)])


def test_nobody_takes_days_that_somebody_spent_in_another_team(world, browse):
    moved = world.acme.today() - timedelta(days=100)
    world.sam.memberships.update(left_on=moved)
    Membership.objects.create(member=world.sam, team=world.north, joined_on=moved)

    page = browse(world.grace).post(link(world.sam), {"name": "Sam", "joined_on": LONG_AGO})

    assert said(page) == ["Sam was in South then. Correct the days there first."]
    assert days_of(world.sam) == [(LONG_AGO, moved), (moved, None)]


def test_a_former_manager_corrects_days_but_no_name(world, browse):
    today = world.acme.today()
    world.ben.memberships.update(left_on=today)
    Membership.objects.create(member=world.ben, team=world.south, joined_on=today)
    old = f"/memberships/{world.ben.memberships.earliest('pk').pk}/correct/"

    browse(world.grace).post(old, {"name": "Benedict", "joined_on": LONG_AGO, "left_on": today})

    world.ben.refresh_from_db()
    assert world.ben.name == "Ben"


def ended(membership):
    return f"/memberships/{membership.pk}/correct/"


@pytest.mark.parametrize("days", ["left later", "joined earlier"])
@pytest.mark.parametrize("since", ["another team", "no team", "deactivated elsewhere"])
def test_a_former_manager_adds_no_days_on_which_they_would_see_more(world, browse, days, since):
    """Nobody had Ben for two months in between: neither Grace nor what is read of those months is hers by that."""
    left, back = (world.month - 4).first_day, (world.month - 2).first_day
    first = world.ben.memberships.get()
    Membership.objects.filter(pk=first.pk).update(joined_on=(world.month - 6).first_day, left_on=left)
    if since != "no team":
        second = Membership.objects.create(member=world.ben, team=world.south, joined_on=back)
    if since == "deactivated elsewhere":
        Membership.objects.filter(pk=second.pk).update(left_on=world.acme.today(), paused=True)
        Member.objects.filter(pk=world.ben.pk).update(deactivated_on=world.acme.today())
    more = {
        "left later": {"name": "Ben", "joined_on": (world.month - 6).first_day, "left_on": back},
        "joined earlier": {"name": "Ben", "joined_on": LONG_AGO, "left_on": left},
    }[days]

    page = browse(world.grace).post(ended(first), more)
    before = days_of(world.ben)[0]
    browse(world.alan).post(ended(first), more)

    assert said(page) == ["Ben is in no team of yours any more. Ask an admin to add days."]
    assert before == ((world.month - 6).first_day, left)
    assert days_of(world.ben)[0] == (more["joined_on"], more["left_on"])


@pytest.mark.parametrize("since", ["deactivated here", "here again"])
def test_whoever_is_still_the_managers_own_gets_days_back(world, browse, since):
    left, later = (world.month - 4).first_day, (world.month - 3).first_day
    first = world.ben.memberships.get()
    if since == "deactivated here":
        browse(world.grace).post(f"/reps/{world.ben.pk}/deactivate/", {"left_on": left})
    else:
        Membership.objects.filter(pk=first.pk).update(left_on=left)
        Membership.objects.create(member=world.ben, team=world.north, joined_on=later)

    browse(world.grace).post(ended(first), {"name": "Ben", "joined_on": LONG_AGO, "left_on": later})

    assert days_of(world.ben)[0] == (LONG_AGO, later)


def test_a_former_manager_takes_days_away(world, browse):
    left = (world.month - 2).first_day
    first = world.ben.memberships.get()
    Membership.objects.filter(pk=first.pk).update(left_on=left)
    Membership.objects.create(member=world.ben, team=world.south, joined_on=left)

    browse(world.grace).post(ended(first), {"joined_on": LONG_AGO, "left_on": (world.month - 3).first_day})

    assert days_of(world.ben)[0] == (LONG_AGO, (world.month - 3).first_day)


def test_whoever_was_added_by_mistake_is_as_if_never_there(world, browse):
    grace = browse(world.grace)
    page = grace.post(f"/reps/{world.jane.pk}/remove/", follow=True)

    world.jane.refresh_from_db()
    assert (said(page), days_of(world.jane), hasattr(world.jane, "invitation")) == (["Jane is removed."], [], False)
    assert "Jane" not in grace.get("/team/north/").content.decode()
    assert in_words(Act.REMOVED) == ["Grace removed Jane, who was added by mistake."]


@pytest.mark.parametrize(
    ("who", "change", "at"),
    [("alan", "remove", "/team/north/"), ("alan", "deactivate", "/team/north/"), ("grace", "remove", "/team/north/")],
)
def test_whoever_has_gone_leaves_one_on_the_page_of_the_team(world, browse, who, change, at):
    page = browse(world.people[who]).post(f"/reps/{world.jane.pk}/{change}/", follow=True)

    assert page.redirect_chain[-1][0] == at


@pytest.mark.parametrize("what", ["reading", "goal", "entry"])
def test_whoever_has_something_is_not_removed(world, browse, what):
    jo = make_rep(world.north, "Jo")
    if what == "reading":
        make_submission(jo, 50)
    elif what == "goal":
        make_goal(jo, 90)
    else:
        world.challenge.entries.create(member=jo, answered_at=timezone.now(), answer="accepted")

    page = browse(world.grace).post(f"/reps/{jo.pk}/remove/", follow=True)

    refused = "Jo has readings, goals or challenges. Deactivate them instead."
    assert (said(page), len(days_of(jo))) == ([refused], 1)


def test_nobody_removes_the_last_manager_or_oneself(world, browse):
    refused = [browse(world.alan).post(f"/reps/{person.pk}/remove/", follow=True) for person in (world.alan, world.sue)]

    assert [len(said(page)) for page in refused] == [1, 1]
    assert len(days_of(world.sue)) == 1


def test_somebody_who_is_there_twice_is_merged_and_taken_apart_again(world, browse):
    grace, twin = browse(world.grace), make_rep(world.north, "A. Lovelace", login=False)
    make_submission(twin, 44, month=world.month - 1)

    merged = grace.post(f"{link(twin).replace('correct', 'merge')}", {"into": world.ada.pk}, follow=True)
    assert (said(merged), twin.submissions.count()) == (["A. Lovelace is Ada from now on."], 0)
    assert "A. Lovelace, merged on" in grace.get(link(world.ada)).content.decode()

    apart = f"{link(world.ada).replace('correct', 'merge')}take-back/"
    back = grace.post(apart, {"merged": world.ada.merges.get().pk}, follow=True)
    assert (said(back), twin.submissions.count()) == (["A. Lovelace and Ada are two again."], 1)
    assert said(grace.post(apart, {"merged": "1"}, follow=True)) == ["This cannot be taken back any more."]


@pytest.mark.parametrize("into", ["sam", "gil", "ben", ""])
def test_nobody_is_merged_with_somebody_of_another_team_or_themself(world, browse, into):
    other = world.people[into].pk if into else ""

    page = browse(world.grace).post(link(world.ben).replace("correct", "merge"), {"into": other}, follow=True)

    assert said(page) == ["Choose somebody else to merge with."]


def test_a_merge_is_taken_back_by_whoever_manages_the_teams_to_which_it_goes_back(world, browse):
    """Grace does though Ada is Sue's since; Sue does not, in whose team nothing of the twin ever was."""
    grace, twin, today = browse(world.grace), make_rep(world.north, "A. Lovelace", login=False), world.acme.today()
    grace.post(link(twin).replace("correct", "merge"), {"into": world.ada.pk})
    world.ada.memberships.update(left_on=today)
    Membership.objects.create(member=world.ada, team=world.south, joined_on=today)
    merge = world.ada.merges.get()
    old, new = [f"/memberships/{each.pk}/" for each in world.ada.memberships.order_by("pk")]
    sue = browse(world.sue)

    sues = sue.post(f"{new}merge/take-back/", {"merged": merge.pk}, follow=True)
    pages = [grace.get(f"{old}correct/"), sue.get(f"{new}correct/")]
    offered = ["merge/take-back/" in page.content.decode() for page in pages]
    graces = grace.post(f"{old}merge/take-back/", {"merged": merge.pk}, follow=True)

    assert said(sues) == ["This cannot be taken back any more."]
    assert offered == [True, False]
    assert said(graces) == ["A. Lovelace and Ada are two again."]


def test_a_manager_who_confirmed_a_whole_month_becomes_one_with_their_own_twin(world, browse):
    grace, twin = browse(world.grace), make_rep(world.north, "G. Hopper", login=False)
    reading = make_submission(twin, 44)
    grace.post(f"/team/north/{world.month}/confirm/", {"all": "yes", "shown": [reading.pk]})
    twin.memberships.update(competing=False)
    merge = link(twin).replace("correct", "merge")

    first = grace.post(merge, {"into": world.grace.pk}, follow=True)
    offered = "Take back what they confirmed of each other" in grace.get(link(twin)).content.decode()
    second = grace.post(merge, {"into": world.grace.pk, "unconfirm": "on"}, follow=True)

    refused = "Grace has confirmed readings of G. Hopper, and nobody confirms their own."
    assert [said(page)[-1] for page in (first, second)] == [
        f"{refused} Merge them again, and tick “Take back what they confirmed of each other”.",
        "G. Hopper is Grace from now on.",
    ]
    assert offered
    assert "unconfirm" not in grace.get(link(world.jane)).content.decode()
