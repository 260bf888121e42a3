"""The first run: one organization comes of it, however often and by whomever it is sent."""

from threading import Thread

import pytest
from django.db import connection

from teams.actions.people.first_run import start_site
from teams.models import AuditEntry, Organization, User
from teams.rules.errors import Refused
from tests.makers import make_manager, make_organization, make_team

ANSWERS = {
    "organization": "Acme",
    "time_zone": "Europe/Berlin",
    "team": "North",
    "name": "Ada",
    "email": "ada@acme.example",
    "password": "a sentence to remember",
}


def errors(response):
    return list(response.context["form"].errors)


def test_an_empty_site_gets_its_organization_and_the_way_to_its_people(db, client):
    assert client.get("/").url == "/start/"

    page = client.post("/start/", ANSWERS, follow=True)

    assert Organization.objects.get().name == "Acme"
    assert [entry.sentence for entry in AuditEntry.objects.all()] == [
        "Ada made the team North.",
        "Ada signed in.",
    ]
    assert '<a class="button" href="/team/north/paste/">' in page.content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("organization", "a\0b"),
        ("time_zone", "Mars/Olympus"),
        ("email", f"{'a' * 64}@{'.'.join(['b' * 60] * 4)}.example"),
        ("password", "ada@acme.example"),
        ("password", "short"),
    ],
)
def test_bad_answers_start_nothing(db, client, field, typed):
    assert errors(client.post("/start/", ANSWERS | {field: typed})) == [field]
    assert not Organization.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_start_at_once_make_one_organization():
    answers = []

    def start(email):
        try:
            answers.append(start_site(**ANSWERS | {"email": email}).email)
        except Refused as refused:
            answers.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=start, args=[f"{name}@acme.example"]) for name in ("ada", "ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Organization.objects.count() == 1
    assert "This site has its company already. Sign in." in answers


def test_nobody_adds_a_second_address_to_a_login(db, browse):
    grace = make_manager(make_team("North", make_organization()))

    browse(grace).post("/accounts/email/", {"action_add": "", "email": "victim@acme.example"})

    assert not grace.user.emailaddress_set.filter(email="victim@acme.example").exists()


ROLES = ["rep", "manager", "admin", "viewer"]


@pytest.fixture
def demo(db, settings):
    """The demo's company with somebody of each role, where the site is the demo."""
    settings.DEMO = True
    team = make_team("North", make_organization(is_demo=True))
    for role in ROLES:
        User.objects.filter(pk=make_manager(team, role).user_id).update(email=f"{role}@demo.example")
    return team.organization


@pytest.mark.parametrize("role", ROLES)
def test_the_demo_is_entered_by_one_click_as_somebody_of_each_role(demo, client, role):
    button = f'name="email" value="{role}@demo.example"'
    assert button in client.get("/accounts/login/").content.decode()

    entered = client.post("/start/demo/", {"email": f"{role}@demo.example"})

    assert (entered.status_code, entered.url) == (302, "/")
    assert client.get("/me/").context["user"].email == f"{role}@demo.example"


@pytest.mark.parametrize("why", ["the site is no demo", "the company is real", "another address", "deactivated"])
def test_nobody_else_is_signed_in_by_a_click(demo, client, settings, why):
    real = make_manager(make_team("East", make_organization("Globex")), "Gina")
    email = real.user.email if why == "another address" else "rep@demo.example"
    settings.DEMO = why != "the site is no demo"
    if why == "the company is real":
        Organization.objects.update(is_demo=False)
    if why == "deactivated":
        User.objects.update(is_active=False)

    refused = client.post("/start/demo/", {"email": email})

    assert refused.status_code == 404
    assert client.get("/me/").status_code == 302
