"""The manager's pages about people: inviting, moving, deactivating, leave, walls; and who may not."""

import re
from datetime import date

import pytest

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.people.invitations import make_invitation_link
from teams.models import Board, Display, Invitation, Leave, Member, Membership, Recalibration, Team
from tests import makers
from tests.makers import LONG_AGO, make_manager, make_rep
from tests.pages.reading import first_table

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


def said(response):
    return [str(message) for message in response.context["messages"]]


def of(member):
    return list(member.memberships.active().values_list("team__name", "role", "competing"))


def test_the_menu_names_whoever_looks_also_on_pages_about_others(world, browse):
    page = browse(world.grace).get(f"/reps/{world.ada.pk}/").content.decode()

    assert "<summary><span>Grace</span>" in page
    assert "<summary><span>Ada</span>" not in page


def test_somebody_with_an_address_is_added_and_invited(world, browse):
    form = {"name": "Joan", "email": "joan@example.org", "role": "rep", "competing": "on"}
    response = browse(world.grace).post("/team/north/members/", form, follow=True)

    joan = Member.objects.get(name="Joan")
    assert said(response) == ["Joan is in the team.", "An invitation is on its way to joan@example.org."]
    assert (joan.user, joan.invitation.email, of(joan)) == (None, "joan@example.org", [("North", "rep", True)])


LIST = """Name\tE-mail
1. Doe, John <john@example.org>
2. John <john@>
3. ada
4. Sam S., SAM@Example.org
5. Roe, Mia
6. A. D. A. <jane@EXAMPLE.org>"""


def test_a_list_says_line_by_line_what_it_would_do_and_the_good_ones_are_not_held_up(world, browse):
    grace, before = browse(world.grace), Member.objects.count()

    preview = first_table(grace.post("/team/north/paste/", {"people": LIST}))

    assert Member.objects.count() == before
    assert [row[1:] for row in preview] == [
        ["Line", "Who", "What happens"],
        ["1", "“Name E-mail”", "A heading, a greeting or a number: left out."],
        ["2", "John Doe john@example.org", "new is added and invited"],
        ["3", "“2. John <john@>”", "correct it Line 3 holds no name, or not one whole e-mail address."],
        ["4", "ada", "Ada is in the team already."],
        [
            "5",
            "Sam S. sam@example.org",
            "correct it The address is that of Sam, who is in the company already: "
            "move them here, or use another address.",
        ],
        ["6", "Mia Roe", "new is added, known by name until you invite them"],
        ["7", "A. D. A. jane@example.org", "Jane is in the team already."],
    ]


def test_those_that_are_ticked_are_added_and_invited(world, browse):
    ticked = {"people": LIST, "line": ["1", "2", "4", "5", "6"], "add": "yes"}

    response = browse(world.grace).post("/team/north/paste/", ticked, follow=True)

    assert said(response) == [
        "New in the team: 2, invited of them: 1. Already here: Sam S., A. D. A.. "
        "The others have “Invite” beside their name."
    ]
    assert set(Member.objects.order_by("-pk").values_list("name", flat=True)[:2]) == {"John Doe", "Mia Roe"}
    members = browse(world.grace).get("/team/north/").content.decode()
    assert re.findall(r"Invite\s*<span class=.visually-hidden.>\s*([\w ]+)</span>", members) == ["Mia Roe"]


def test_lines_to_correct_stay_in_the_field_with_their_reason_when_the_others_are_added(world, browse):
    response = browse(world.grace).post("/team/north/paste/", {"people": LIST, "line": ["1", "5"], "add": "yes"})

    assert response.context["form"]["people"].value() == "Name\tE-mail\n2. John <john@>\n4. Sam S., SAM@Example.org"
    assert [row[2:] for row in first_table(response)[1:]] == [
        ["“Name E-mail”", "A heading, a greeting or a number: left out."],
        ["“2. John <john@>”", "correct it Line 2 holds no name, or not one whole e-mail address."],
        [
            "Sam S. sam@example.org",
            "correct it The address is that of Sam, who is in the company already: "
            "move them here, or use another address.",
        ],
    ]


def test_once_the_board_is_ranked_the_page_says_anew_how_many_are_expected(world, browse):
    grace = browse(world.grace)
    before = Board.objects.of(world.north, world.month).expected
    grace.post("/team/north/paste/", {"people": "Roe, Mia", "line": ["0"], "add": "yes"})
    assert "this-month" not in grace.get("/team/north/ranking/").content.decode()
    rank_stale_boards()

    answer = grace.get("/team/north/ranking/").content.decode()

    assert '<div id="this-month" hx-swap-oob="true">' in answer
    assert f"of {before + 1} in" in answer
    assert '<div id="this-month">' in grace.get("/team/north/").content.decode()


def test_until_the_first_board_is_ranked_the_page_does_not_say_0_of_0(world, browse):
    west = makers.make_team("West")
    makers.make_manager(west, "Hedy")
    hedy = browse(Member.objects.get(name="Hedy"))
    hedy.post("/team/west/paste/", {"people": "Roe, Mia", "line": ["0"], "add": "yes"})

    page = hedy.get("/team/west/").content.decode()

    assert '<div id="this-month"></div>' in page
    assert "Mia Roe" in page


def test_nothing_ticked_adds_nobody_and_says_so(world, browse):
    response = browse(world.grace).post("/team/north/paste/", {"people": LIST, "add": "yes"})

    assert said(response) == ["Tick whoever is to be added."]


@pytest.mark.parametrize("email", ["SAM@example.org", "\uff53am@example.org", "sam@\N{ZERO WIDTH SPACE}example.org"])
def test_an_address_that_somebody_here_has_is_refused_with_their_name(world, browse, email):
    grace, before = browse(world.grace), Member.objects.count()
    refused = "sam@example.org is the address of Sam, who is here already. Use another one."

    added = grace.post("/team/north/members/", {"name": "Samuel", "email": email, "role": "rep"})
    invited = grace.post(f"/reps/{world.jane.pk}/invite/", {"invite-email": email}, follow=True)

    assert (refused in added.content.decode(), said(invited), Member.objects.count()) == (True, [refused], before)


def test_an_address_that_is_invited_is_refused_too(world, browse):
    form = {"name": "Janet", "email": "JANE@example.org", "role": "rep"}

    answer = browse(world.grace).post("/team/north/members/", form)

    assert "jane@example.org is the address of Jane, who is here already." in answer.content.decode()


def test_names_are_stored_in_one_form_without_what_nobody_sees(world, browse):
    browse(world.grace).post("/team/north/members/", {"name": "Zoe\u0301\N{ZERO WIDTH SPACE}  Li", "role": "rep"})
    browse(world.ada).post("/me/", {"name": "A\N{SOFT HYPHEN}da Lovelace\N{ZERO WIDTH SPACE}", "plan": "free"})

    assert list(
        Member.objects.filter(name__in=["Zoé Li", "Ada Lovelace"]).order_by("pk").values_list("name", flat=True)
    ) == ["Ada Lovelace", "Zoé Li"]


def test_an_invitation_lets_the_person_choose_a_password_once(world, browse):
    link = f"/invitation/{make_invitation_link(Invitation.objects.get())}/"
    stranger = browse()
    weak = stranger.post(link, {"password": "short"})
    assert (weak.status_code, Invitation.objects.count()) == (200, 1)

    joined = stranger.post(link, {"password": PASSWORD})

    assert (joined.status_code, joined.url) == (302, "/")
    assert stranger.get("/board/north/").status_code == 200
    dead = [browse().get(link), browse().post(link, {"password": PASSWORD})]
    assert [response.status_code for response in dead] == [404, 404]


def test_an_invitation_page_says_the_same_whether_the_address_has_a_login_or_not(world, browse):
    link = f"/reps/{world.jane.pk}/invite/"
    grace = browse(world.grace)
    answers = [
        said(grace.post(link, {"invite-email": email}, follow=True))[0].replace(email, "…")
        for email in (world.gil.user.email, "nobody@example.org")
    ]

    assert answers[0] == answers[1] == "An invitation is on its way to …."


def test_withdrawing_kills_the_link(world, browse):
    link = f"/invitation/{make_invitation_link(Invitation.objects.get())}/"

    browse(world.grace).post(f"/reps/{world.jane.pk}/invite/withdraw/")

    assert (browse().get(link).status_code, Invitation.objects.count()) == (404, 0)


def test_a_manager_changes_role_and_plan_but_makes_no_admin(world, browse):
    grace, link = browse(world.grace), f"/memberships/{world.ben.memberships.get().pk}/"

    form = {"role": "manager", "competing": "on", "plan": "sales_navigator", "is_admin": "on", "admin": "yes"}
    statuses = [grace.post(link, form).status_code, grace.post(f"/reps/{world.ben.pk}/admin/", form).status_code]

    world.ben.refresh_from_db()
    assert statuses == [302, 404]
    assert (of(world.ben), world.ben.plan, world.ben.is_admin) == (
        [("North", "manager", True)],
        "sales_navigator",
        False,
    )
    assert "Make Ben an admin" not in grace.get(link).content.decode()
    assert "Make Ben an admin" in browse(world.alan).get(link).content.decode()


def test_the_last_manager_gets_a_sentence(world, browse):
    link = f"/memberships/{world.grace.memberships.get().pk}/"

    response = browse(world.grace).post(link, {"role": "viewer", "plan": "free"})

    assert said(response) == ["Grace is the last manager of North. Make somebody else a manager first."]
    assert of(world.grace) == [("North", "manager", False)]


def test_an_admin_moves_somebody_and_a_manager_only_among_their_own_teams(world, browse):
    link, south = f"/memberships/{world.ben.memberships.get().pk}/move/", {"move-team": world.south.pk}
    east = {"move-team": world.east.pk}

    refused = [browse(world.grace).post(link, south), browse(world.alan).post(link, east)]
    assert ([response.status_code for response in refused], of(world.ben)) == ([200, 200], [("North", "rep", True)])
    browse(world.alan).post(link, south)

    assert of(world.ben) == [("South", "rep", True)]


def test_a_manager_does_not_touch_an_admins_login_nor_that_of_another_teams_people(world, browse):
    for person in (world.alan, world.sue, world.sam):
        Membership.objects.create(member=person, team=world.north, role="viewer", competing=False, joined_on=LONG_AGO)
    unknown = Member.objects.create(organization=world.acme, name="Amy", is_admin=True)
    Membership.objects.create(member=unknown, team=world.north, role="viewer", competing=False, joined_on=LONG_AGO)
    grace = browse(world.grace)

    statuses = {
        grace.post(f"/reps/{person.pk}/{what}/", {"invite-email": "x@example.org"}).status_code
        for person in (world.alan, world.sue, world.sam, unknown)
        for what in ("deactivate", "reactivate", "invite", "invite/withdraw", "admin", "sign-in-link")
    }

    assert statuses == {404}
    assert not Member.objects.exclude(deactivated_on=None).exists()


def test_who_is_deactivated_is_listed_and_brought_back_by_their_own_manager_only(world, browse):
    ada, grace, sue = browse(world.ada), browse(world.grace), browse(world.sue)
    link = f"/reps/{world.ada.pk}/"
    assert sue.post(link + "deactivate/").status_code == 404

    grace.post(link + "deactivate/")
    assert ada.get("/me/").status_code == 302
    assert "Bring back" in grace.get("/team/north/").content.decode()
    assert sue.post(link + "reactivate/").status_code == 404
    grace.post(link + "reactivate/")

    assert of(world.ada) == [("North", "rep", True)]
    assert "Bring back" not in grace.get("/team/north/").content.decode()


def test_a_deactivation_is_undone_by_the_button_beside_the_sentence_that_says_it(world, browse):
    grace, sue, link = browse(world.grace), browse(world.sue), f"/reps/{world.ada.pk}/deactivate/"
    Display.objects.update(created_by=world.ada)

    page = grace.post(link, follow=True).content.decode()
    assert f'method="post" action="{link}undo/"' in page
    assert f'action="{link}undo/"' not in grace.get("/team/north/").content.decode()
    assert sue.post(link + "undo/").status_code == 404
    undone = grace.post(link + "undo/", follow=True)

    assert said(undone) == [
        "Ada is back, as if nothing had been.",
        "Wall screens that they had paired show a code: pair them again.",
    ]
    assert of(world.ada) == [("North", "rep", True)]


def test_leave_is_noted_by_oneself_and_by_managers(world, browse):
    link, days = f"/reps/{world.ada.pk}/leave/", {"starts_on": "2021-12-01", "ends_on": "2021-12-31"}
    statuses = {
        who: browse(world.people[who]).post(link, days).status_code for who in ("ben", "vera", "sam", "sue", "gina")
    }
    assert set(statuses.values()) == {404}

    stored = browse(world.ada).post(link, days)
    again = browse(world.grace).post(link, days)
    wrong = browse(world.grace).post(link, {"starts_on": "2022-01-02", "ends_on": "2022-01-01"})

    assert (stored.status_code, again.status_code, wrong.status_code) == (302, 200, 200)
    assert "There is an absence from 1 December 2021" in again.content.decode()
    assert "The last day is before the first" in wrong.content.decode()
    assert list(Leave.objects.exclude(starts_on=LONG_AGO).values_list("member", "starts_on")) == [
        (world.ada.pk, date(2021, 12, 1))
    ]


@pytest.mark.parametrize(
    ("policy", "choice", "shown"),
    [
        ("name", "name", ["Ada Lovelace", "Ben"]),
        ("name", "initials", ["A. L.", "Ben"]),
        ("name", "out", ["Ben"]),
        ("initials", "name", ["A. L.", "B."]),
    ],
)
def test_a_wall_names_each_as_they_and_the_organization_want_and_places_stay(world, browse, policy, choice, shown):
    Member.objects.filter(pk=world.ada.pk).update(name="Ada Lovelace")
    world.acme.wall_names = policy
    world.acme.save()
    rank_stale_boards()
    browse(world.ada).post("/me/wall/", {"wall_name": choice})
    screen = browse()
    screen.cookies["display"] = "x" * 43

    response = screen.get("/display/")

    rows = response.context["slides"][0].wall.rows
    assert [(named.row.rank, named.name) for named in rows] == [
        (rank, name) for rank, name in zip([1, 2][-len(shown) :], shown, strict=True)
    ]
    assert ("Ada Lovelace" in response.content.decode()) == ("Ada Lovelace" in shown)


def test_a_wall_choice_that_there_is_not_changes_nothing(world, browse):
    browse(world.ada).post("/me/wall/", {"wall_name": "crown"})

    assert Member.objects.get(pk=world.ada.pk).wall_name == "name"


def test_an_admin_marks_and_removes_a_recalibration(world, browse):
    alan = browse(world.alan)
    alan.post("/organization/recalibrations/", {"day": "2021-10-05"})
    marked = Recalibration.objects.get(day=date(2021, 10, 5))
    assert "5 October 2021" in alan.get("/organization/recalibrations/").content.decode()

    statuses = [
        browse(world.people[who]).post(f"/organization/recalibrations/{marked.pk}/remove/").status_code
        for who in ("grace", "ada", "gina", "alan")
    ]

    assert (statuses, list(world.acme.recalibrations.values_list("day", flat=True))) == ([404] * 3 + [302], [LONG_AGO])


def test_an_admin_sets_when_months_close_and_how_walls_name(world, browse):
    form = {"name": "Acme", "time_zone": "Europe/Berlin", "rank_visibility": "all", "wall_names": "initials"}
    form["wall_rows"] = "8"
    alan = browse(world.alan)
    refused = alan.post(
        "/organization/settings/", form | {"closing_workday": "0", "closing_hour": "24", "retention_months": "36"}
    )

    stored = alan.post(
        "/organization/settings/", form | {"closing_workday": "5", "closing_hour": "12", "retention_months": "36"}
    )

    world.acme.refresh_from_db()
    assert (refused.status_code, stored.status_code) == (200, 302)
    assert (world.acme.closing_workday, world.acme.closing_hour, world.acme.wall_names) == (5, 12, "initials")


def test_an_admin_makes_another_and_may_then_step_down(world, browse):
    alan = browse(world.alan)
    alan.post("/accounts/reauthenticate/", {"password": makers.PASSWORD})
    last = alan.post(f"/reps/{world.alan.pk}/admin/", {"admin": "no"}, follow=True)
    assert said(last) == ["Alan is the last admin. Make somebody else an admin first."]

    alan.post(f"/reps/{world.grace.pk}/admin/", {"admin": "yes"})
    alan.post(f"/reps/{world.alan.pk}/admin/", {"admin": "no"})

    assert list(Member.objects.filter(organization=world.acme, is_admin=True)) == [world.grace]


def test_more_people_cost_no_more_queries(world, browse, django_assert_max_num_queries):
    grace = browse(world.grace)
    grace.get("/team/north/")
    for number in range(5):
        make_rep(world.north, f"Rep {number}", total=50)
    make_manager(world.north, "Gus")
    rank_stale_boards()

    with django_assert_max_num_queries(22):
        grace.get("/team/north/")


def test_a_double_click_adds_somebody_once_and_the_sentence_helps_where_it_is_somebody_else(world, browse):
    grace, form = browse(world.grace), {"name": "Nora", "email": "nora@example.org", "role": "rep", "competing": "on"}
    grace.post("/team/north/members/", form)

    page = grace.post("/team/north/members/", form).content.decode()

    assert (
        Member.objects.filter(name="Nora").count() == Invitation.objects.filter(email="nora@example.org").count() == 1
    )
    assert "Nora is in North already. Is it somebody else? Add what tells them apart to the name." in page


def test_a_double_click_makes_a_team_once(world, browse):
    alan = browse(world.alan)
    first = alan.post("/team/", {"name": "Harbour"}).headers["Location"]

    again = alan.post("/team/", {"name": "harbour"}, follow=True)

    assert again.redirect_chain[-1][0] == first
    assert "There is a team called Harbour: this is it." in again.content.decode()
    assert Team.objects.filter(name__iexact="harbour").count() == 1


def test_a_double_click_invites_once(world, browse):
    member = make_rep(world.north, "Nora", login=False)
    page = f"/reps/{member.pk}/invite/"
    grace = browse(world.grace)

    grace.post(page, {"invite-email": "nora@example.org"})
    first = Invitation.objects.get(member=member)
    grace.post(page, {"invite-email": "nora@example.org"})

    assert Invitation.objects.get(member=member) == first


@pytest.mark.parametrize(
    "form",
    [
        {"name": "N" * 101},
        {"name": "Nora", "email": f"{'n' * 64}@{'e' * 63}.{'e' * 63}.{'e' * 63}.{'e' * 63}.org"},
        {"name": "Nora", "email": f"{'n' * 60}@{'e' * 60}.{'e' * 60}.{'e' * 60}.{'e' * 60}.org"},
        {"name": "Nora", "role": "emperor"},
        {"name": "\0"},
    ],
)
def test_what_is_too_long_or_unknown_is_refused_with_a_sentence(world, browse, form):
    response = browse(world.grace).post("/team/north/members/", {"role": "rep"} | form)

    assert (response.status_code, 'class="errorlist"' in response.content.decode()) == (200, True)
    assert not Member.objects.filter(name__startswith="N", memberships__team=world.north).exists()


def test_a_screen_is_blanked_after_a_question(world, browse):
    display = Display.objects.get(team=world.north)
    page = f"/displays/{display.pk}/un-pair/"

    asked = browse(world.grace).get(page).content.decode()
    display.refresh_from_db()
    assert ("Blank" in asked, display.revoked_at) == (True, None)

    browse(world.grace).post(page)
    display.refresh_from_db()
    assert display.revoked_at is not None
