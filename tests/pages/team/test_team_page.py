"""The page of a team: its people a hundred at a time, and what it asks of the database."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.models import Invitation, Member, Membership
from tests.makers import LONG_AGO, make_manager, make_rep, make_team


def names(response):
    """Whom the list of members shows."""
    return re.findall(r'<div class="who">\s*<a href="/reps/\d+/">(.*?)</a>', response.content.decode())


def test_a_team_of_a_hundred_is_one_page(world, browse):
    for number in range(95):
        make_rep(world.north, f"Rep {number:03}", login=False)

    response = browse(world.grace).get("/team/north/")

    assert len(names(response)) == 100 == world.north.memberships.active().count()
    assert "Next page" not in response.content.decode()


def test_a_larger_team_comes_in_pages_by_name(world, browse):
    for number in range(96):
        make_rep(world.north, f"Rep {number:03}", login=False)
    grace = browse(world.grace)

    first, second = grace.get("/team/north/"), grace.get("/team/north/?page=2")

    assert (len(names(first)), names(second)) == (100, ["Vera"])
    assert '<a href="?page=2" rel="next">Next page</a>' in first.content.decode()
    assert '<a href="?page=1" rel="prev">Previous page</a>' in second.content.decode()


def test_the_page_asks_no_more_of_a_larger_team(world, browse, django_assert_max_num_queries):
    for number in range(20):
        make_rep(world.north, f"Rep {number:03}", total=50)
    grace = browse(world.grace)
    grace.get("/team/north/")

    with django_assert_max_num_queries(8):
        grace.get("/team/north/")


def test_a_sign_in_link_is_offered_for_whoever_never_chose_a_password_and_is_managed(world, browse):
    world.ben.user.set_unusable_password()
    world.ben.user.save()

    page = browse(world.grace).get("/team/north/").content.decode()

    assert f'action="/reps/{world.ben.pk}/sign-in-link/"' in page
    assert f'action="/reps/{world.ada.pk}/sign-in-link/"' not in page


def test_whom_a_menu_lets_deactivate_is_whose_login_one_manages(world, browse):
    make_rep(world.north, "Alone", login=False)
    boss = make_rep(world.north, "Boss")
    Member.objects.filter(pk=boss.pk).update(is_admin=True)
    both, back = make_rep(world.north, "Both"), make_rep(world.north, "Back")
    both.memberships.create(team=world.south, role="viewer", competing=False, joined_on=LONG_AGO)
    back.memberships.create(team=world.south, joined_on=LONG_AGO, left_on=timezone.localdate())
    others = Member.objects.filter(memberships__in=world.north.memberships.active()).exclude(pk=world.grace.pk)

    page = browse(world.grace).get("/team/north/").content.decode()

    offered = {int(pk) for pk in re.findall(r'formaction="/reps/(\d+)/deactivate/"', page)}
    assert offered == set(others.login_managed_by(world.grace.user).values_list("pk", flat=True))
    assert {boss.pk, both.pk} == {boss.pk, both.pk, back.pk} - offered


def test_a_search_finds_each_word_in_names_and_addresses_and_goes_on_from_page_to_page(world, browse):
    for number in range(120):
        make_rep(world.north, f"Rep {number:03}", login=False)
    make_rep(world.north, "Zoe Ray")
    grace = browse(world.grace)

    found = {
        q: names(grace.get("/team/north/", {"q": q})) for q in ("ray zoe", "zoe.ray@", "jane@example", "no such", "\0")
    }
    of_reps = grace.get("/team/north/?q=rep")

    assert {q: people for q, people in found.items() if q != "\0"} == {
        "ray zoe": ["Zoe Ray"],
        "zoe.ray@": ["Zoe Ray"],
        "jane@example": ["Jane"],
        "no such": [],
    }
    assert len(found["\0"]) == len(names(of_reps)) == 100
    assert '<a href="?q=rep&amp;page=2" rel="next">Next page</a>' in of_reps.content.decode()
    assert len(names(grace.get("/team/north/?q=rep&page=2"))) == 20


def test_the_list_is_searched_from_twenty_people_on(world, browse):
    grace, search = browse(world.grace), 'type="search"'
    for number in range(19 - world.north.memberships.active().count()):
        make_rep(world.north, f"Rep {number:03}", login=False)
    before = grace.get("/team/north/").content.decode()
    make_rep(world.north, "Zoe", login=False)

    assert (search in before, search in grace.get("/team/north/").content.decode()) == (False, True)


def test_what_is_typed_into_the_search_brings_the_list_alone(world, browse):
    response = browse(world.grace).get("/team/north/?q=ada", headers={"HX-Request": "true"})

    assert response.content.decode().strip().startswith('<div id="members">')
    assert (names(response), "HX-Request" in response["Vary"]) == (["Ada"], True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def ticked(*people, **form):
    return {"membership": [person.memberships.get(left_on=None).pk for person in people], **form}


def several(browser, *people, **form):
    """What the page says after something was done for some of North's people at once."""
    choices = {"role": "rep", "plan": "free"}
    return said(browser.post("/team/north/members/several/", choices | ticked(*people, **form), follow=True))


def test_a_role_is_set_for_several_and_the_page_says_for_whom_it_is_not_and_why(world, browse):
    sentences = several(browse(world.grace), world.ada, world.ben, world.grace, world.vera, do="role", role="viewer")

    assert sentences == [
        "Role “Viewer” for Ada and Ben. Not for Grace (Grace is the last manager of North. "
        "Make somebody else a manager first); Vera (has that role already)."
    ]
    roles = world.north.memberships.active().order_by("member__name").values_list("member__name", "role", "competing")
    assert list(roles) == [
        ("Ada", "viewer", False),
        ("Ben", "viewer", False),
        ("Grace", "manager", False),
        ("Jane", "viewer", False),
        ("Vera", "viewer", False),
    ]


def test_who_is_made_a_rep_competes(world, browse):
    assert several(browse(world.grace), world.vera, do="role", role="rep") == ["Role “Rep” for Vera."]

    assert world.vera.memberships.get(left_on=None).competing


def test_a_plan_is_set_for_several(world, browse):
    sentences = several(browse(world.grace), world.ada, world.vera, do="plan", plan="sales_navigator")

    plans = world.acme.members.filter(plan="sales_navigator").values_list("name", flat=True)
    assert sentences == ["LinkedIn plan “Sales Navigator” for Ada and Vera."]
    assert sorted(plans) == ["Ada", "Vera"]


def test_several_are_invited_again_where_there_is_an_address(world, browse):
    make_rep(world.north, "Cleo", login=False)
    Invitation.objects.update(first_at=timezone.now() - timedelta(hours=1))
    people = world.jane, world.ada, Member.objects.get(name="Cleo")

    assert several(browse(world.grace), *people, do="invite") == [
        "An invitation is on its way to Jane. Not for Ada (Ada can sign in already); Cleo (no e-mail address here)."
    ]


def test_several_are_reminded_as_far_as_a_reminder_would_go_to_them(world, browse):
    make_rep(world.north, "Cleo")
    rank_stale_boards()
    people = Member.objects.get(name="Cleo"), world.ada, world.vera

    assert several(browse(world.grace), *people, do="remind") == [
        "A reminder is on its way to Cleo. Not for Ada (has submitted); Vera (does not compete)."
    ]


def test_nobody_of_another_team_is_changed_and_nobody_ticked_is_said(world, browse):
    grace, nothing = browse(world.grace), ["Tick those whom it is for, and choose what to do."]

    assert several(grace, world.sam, do="role", role="viewer") == nothing
    assert several(grace, do="role") == nothing
    assert several(grace, world.ada, do="dance") == nothing
    assert world.sam.memberships.get().role == "rep"


def test_the_only_team_opens_at_once_for_an_admin_too_who_finds_the_way_to_all_teams(world, browse):
    alan = browse(world.alan)
    assert alan.get("/team/").status_code == 200
    Membership.objects.filter(team=world.south).delete()
    world.south.delete()
    make_manager(world.north, "Amy", is_admin=True)
    Membership.objects.create(member=world.alan, team=world.north, role="manager", competing=False, joined_on=LONG_AGO)
    Member.objects.filter(name__in=["Sam", "Sue", "Otto"]).update(deactivated_on=LONG_AGO)

    page = alan.get("/team/", follow=True)

    assert page.redirect_chain == [("/team/north/", 302)]
    assert 'href="/team/?all=1"' in page.content.decode()
    assert alan.get("/team/?all=1").status_code == 200


FOLDER = "No mail leaves this machine. Each is a file, with the link that is in it: <code>/tmp/mail</code>"


@pytest.mark.parametrize(
    ("backend", "is_said"), [("django.core.mail.backends.filebased", True), ("teams.mail.smtp", False)]
)
def test_where_mails_are_files_a_manager_and_whoever_forgot_a_password_learn_where(
    world, browse, settings, backend, is_said
):
    settings.EMAIL_FILE_PATH = "/tmp/mail"
    settings.EMAIL_BACKEND = f"{backend}.EmailBackend"

    pages = [
        browse(world.grace).get("/team/north/"),
        browse(world.grace).get("/running/"),
        browse().get("/accounts/password/reset/done/"),
    ]

    assert [FOLDER in " ".join(page.content.decode().split()) for page in pages] == [is_said] * 3


def test_an_admin_of_many_teams_finds_them_on_pages_of_a_hundred(world, browse):
    for number in range(120):
        make_team(f"Team{number:03}", world.acme)

    pages = [browse(world.alan).get(f"/team/?page={number}") for number in (1, 2)]

    assert [len(page.context["page"]) for page in pages] == [100, 22]
    assert "Team119" in pages[1].content.decode()


def test_a_page_offers_no_more_choices_of_teams_than_it_can_carry(world, browse, monkeypatch):
    monkeypatch.setattr("teams.views.team.team.CHOICES", 4)
    for name in ("Ina", "Uta"):
        Member.objects.create(organization=world.acme, name=name)

    page = browse(world.alan).get("/team/")

    assert [join.member.name for join in page.context["without_team"]] == ["Alan", "Ina"]
    assert "2 more people are in no team, and follow here." in page.content.decode()
