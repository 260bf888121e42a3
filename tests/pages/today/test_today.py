"""Today of whoever manages: the first steps of a new site, who is missing, who moved, what needs them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.people.members import start_organization
from teams.models import Board, Member, Membership
from teams.tasks.imports import go_on
from teams.words.figures import month_short
from tests.makers import (
    make_challenge,
    make_display,
    make_import,
    make_leave,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    this_month,
)
from tests.pages.reading import first_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    """The first person of an empty site."""
    user = start_organization(
        organization="Acme", time_zone="UTC", team="North", name="Ada", email="ada@acme.example", password="a sentence"
    )
    return Member.objects.get(user=user)


@pytest.fixture
def grace():
    """Who manages North, in its second month here."""
    acme = make_organization(created_at=timezone.now() - timedelta(days=70))
    return make_manager(make_team("North", acme))


def team_of(member):
    return member.memberships.get().team


def steps(browser):
    return [(step.value, is_done) for step, is_done, *_ in browser.get("/").context["steps"]]


def months(browser):
    found = browser.get("/").context["managed_months"]
    return [(each.team.name, each.month, each.submitted, each.expected, [p.name for p in each.named]) for each in found]


def missing_from(team, month, *, expected, submitted):
    """The team's board of a month, with so many in."""
    Board.objects.filter(team=team, month=month).delete()
    return Board.objects.create(team=team, month=month, expected=expected, submitted=submitted)


def test_each_first_step_is_ticked_once_it_is_taken(admin, browse):
    north, browser = team_of(admin), browse(admin)
    found = [steps(browser)]

    ben = make_rep(north, "Ben", login=False)
    found.append(steps(browser))
    make_submission(ben, 40, month=admin.organization.first_month - 1)
    rank_stale_boards()
    found.append(steps(browser))
    make_display(north, admin)
    found.append(steps(browser))
    make_challenge(north, admin)

    assert [[is_done for _, is_done in each] for each in found] == [
        [False, False, False, False],
        [True, False, False, False],
        [True, True, False, False],
        [True, True, True, False],
    ]
    assert steps(browser) == []


def test_the_steps_of_an_empty_site_lead_to_where_they_are_taken(admin, browse):
    page = browse(admin).get("/")

    addresses = [address for *_, address in page.context["steps"]]
    answers = [browse(admin).get(address).status_code for address in addresses]

    assert addresses == ["/team/north/paste/", "/team/north/import/", "/displays/pair/", "/challenges/new/"]
    assert answers == [200] * 4


def links(response):
    """Where the messages of a page lead."""
    return [re.search('href="([^"]+)"', str(message))[1] for message in response.context["messages"]]


def test_a_pasted_list_a_months_scores_and_an_import_lead_to_the_next_step(admin, browse):
    browser, north = browse(admin), team_of(admin)
    pasted = browser.post("/team/north/paste/", {"people": "Roe, Mia", "line": "0", "add": "yes"}, follow=True)
    mia = Member.objects.get(name="Mia Roe")
    scores = f"/team/north/{this_month(admin.organization)}/scores/"
    typed = {f"total-{mia.pk}": "40", f"reading-{mia.pk}": "", "taken_on": admin.organization.today()}
    saved = browser.post(scores, typed, follow=True)
    upload = make_import(north, admin, f"Name,{admin.organization.first_month - 1}\nMia Roe,38\n")
    browser.post(f"/imports/{upload.pk}/store/")
    go_on(upload.pk)
    rank_stale_boards()
    imported = browser.get(f"/imports/{upload.pk}/").context["next_step"]

    assert (links(pasted), links(saved)) == (["/team/north/import/"], ["/team/north/import/"])
    assert (str(imported.label), imported.address) == ("Pair a screen", "/displays/pair/")


def test_whoever_puts_the_steps_away_sees_them_no_more_and_others_do(admin, browse):
    other = make_manager(team_of(admin), "Gus")

    answer = browse(admin).post("/first-steps/put-away/")

    assert answer.url == "/"
    assert steps(browse(admin)) == []
    assert len(steps(browse(other))) == 4


def test_reps_and_the_demo_have_no_first_steps(admin, browse):
    ben = make_rep(team_of(admin), "Ben")
    of_rep = steps(browse(ben))
    type(admin.organization).objects.update(is_demo=True)

    assert of_rep == []
    assert steps(browse(admin)) == []


def test_a_manager_sees_who_is_missing_and_reminds_them_with_one_click(grace, browse):
    north = team_of(grace)
    make_rep(north, "Ada", total=61)
    make_rep(north, "Ben")
    make_rep(north, "Cleo")
    away = make_rep(north, "Dan")
    first = grace.organization.today().replace(day=1)
    make_leave(away, first, first + timedelta(days=40))
    no_access = make_rep(north, "Eve")
    Member.objects.filter(pk=no_access.pk).update(no_access_since=first)
    rank_stale_boards()
    browser = browse(grace)

    page = browser.get("/").content.decode()
    [(team, month, *figures)] = months(browser)
    reminded = browser.post(f"/team/north/{month}/nudge/", follow=True).content.decode()

    assert (team, figures) == ("North", [1, 3, ["Ben", "Cleo"]])
    assert f'action="/team/north/{month}/nudge/"' in page
    assert "A reminder is on its way to Ben, Cleo." in reminded


def test_many_who_are_missing_are_named_in_part(grace, browse):
    north = team_of(grace)
    for number in range(9):
        make_rep(north, f"Rep {number}", login=False)
    missing_from(north, this_month(grace.organization), expected=9, submitted=0)

    [each] = browse(grace).get("/").context["managed_months"]

    assert (each.missing, [person.name for person in each.named], each.others) == (
        9,
        [f"Rep {number}" for number in range(6)],
        3,
    )
    assert "Rep 0, Rep 1, Rep 2, Rep 3, Rep 4, Rep 5 and 3 more" in browse(grace).get("/").content.decode()


def test_last_month_stands_there_while_it_is_open_and_somebody_is_missing(grace, browse):
    north, now = team_of(grace), this_month(grace.organization)
    make_rep(north, "Ada", login=False)
    last = missing_from(north, now - 1, expected=1, submitted=0)
    missing_from(north, now, expected=1, submitted=0)

    while_open = [(month, names) for _, month, _, _, names in months(browse(grace))]
    Board.objects.filter(pk=last.pk).update(closed_at=timezone.now())

    assert while_open == [(now - 1, ["Ada"]), (now, ["Ada"])]
    assert [month for _, month, *_ in months(browse(grace))] == [now]


def test_nobody_is_to_be_reminded_of_a_month_that_is_closed(grace, browse):
    north = team_of(grace)
    make_rep(north, "Ada", login=False)
    missing_from(north, this_month(grace.organization), expected=1, submitted=0)
    Board.objects.filter(team=north).update(closed_at=timezone.now(), absent={})

    page = browse(grace).get("/").content.decode()

    assert "The month is closed." in page
    assert "/nudge/" not in page


def test_the_three_who_moved_most_are_named_whichever_way(grace, browse):
    north, month = team_of(grace), this_month(grace.organization)
    for name, before, now in [("Ada", 40, 46), ("Ben", 50, 51), ("Cleo", 60, 51), ("Dan", 30, 32), ("Eve", 20, 23)]:
        rep = make_rep(north, name, login=False)
        make_submission(rep, before, month=month - 1)
        make_submission(rep, now, month=month)
    rank_stale_boards()

    movers = browse(grace).get("/").context["movers"]

    found = [(row.member.name, row.total, row.change.points) for row in movers]
    assert found == [("Cleo", 51, -9), ("Ada", 46, 6), ("Eve", 23, 3)]


def test_moves_of_the_last_month_say_which_month_while_nobody_is_in(grace, browse):
    north, last = team_of(grace), this_month(grace.organization) - 1
    ada = make_rep(north, "Ada", login=False)
    make_submission(ada, 40, month=last - 1)
    make_submission(ada, 46, month=last)
    rank_stale_boards()

    table = first_table(browse(grace).get("/"))

    assert [row[-1] for row in table] == ["Score", f"46 in {month_short(last)}"]


def test_what_a_new_formula_moved_for_everybody_is_no_move(grace, browse):
    north, month = team_of(grace), this_month(grace.organization)
    grace.organization.recalibrations.create(day=month.first_day, shift=-10)
    for name, now in [("Ada", 40), ("Ben", 45)]:
        rep = make_rep(north, name, login=False)
        make_submission(rep, 50, month=month - 1)
        make_submission(rep, now, month=month)
    rank_stale_boards()

    movers = browse(grace).get("/").context["movers"]

    assert [(row.member.name, row.change.points, row.change.recalibrated) for row in movers] == [("Ben", 5, True)]


def test_a_manager_with_nothing_to_do_is_told_so(grace, browse):
    north = team_of(grace)
    ada = make_rep(north, "Ada", total=61)
    rank_stale_boards()
    waiting = "Everybody is in, and nothing waits for you." in browse(grace).get("/").content.decode()

    browse(grace).post(
        f"/team/north/{this_month(grace.organization)}/confirm/",
        {"reading": [ada.submissions.get().pk]},
    )

    assert not waiting
    assert "Everybody is in, and nothing waits for you." in browse(grace).get("/").content.decode()


def test_a_manager_who_competes_sees_their_own_score_too(grace, browse):
    Membership.objects.filter(member=grace).update(competing=True)
    make_submission(grace, 58)
    rank_stale_boards()

    context = browse(grace).get("/").context

    assert context["own"].reading.total == 58
    assert [each.team.name for each in context["managed_months"]] == ["North"]
