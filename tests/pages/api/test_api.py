"""The API: what it tells whom, what it changes, and how it refuses."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.api_tokens import end_token, forget_answers, make_token
from teams.models import ApiAnswer, ApiToken, AuditEntry, Member, Submission
from teams.rules.api import ANSWERS_KEPT, MOST_TOKENS, PER_MINUTE, Scope
from teams.rules.errors import Refused
from tests.makers import make_challenge, make_counter, make_goal

EVERYTHING = list(Scope)


@pytest.fixture
def program(browse):
    """Makes a program with a token of somebody: `program(member, Scope.READ).get("/teams")` gives the answer."""

    def program(member, *scopes, days=30, **options):
        ends = timezone.now() + timedelta(days=days)
        token, secret = make_token(member, "Program", scopes or EVERYTHING, ends, **options)
        return Program(browse(), token, secret)

    return program


class Program:
    """Somebody who speaks JSON."""

    def __init__(self, client, token, secret):
        self.client, self.token = client, token
        self.headers = {"Authorization": f"Bearer {secret}"}

    def get(self, path, **headers):
        return self.client.get(f"/api/v1{path}", headers=self.headers | headers)

    def post(self, path, body, **headers):
        sent = json.dumps(body)
        return self.client.post(f"/api/v1{path}", sent, "application/json", headers=self.headers | headers)


def test_a_token_says_whose_it_is(world, program):
    said = program(world.ada, Scope.READ).get("/me").json()

    assert said["member"] == {
        "id": world.ada.pk,
        "name": "Ada",
        "plan": "free",
        "teams": [{"team": "north", "role": "rep", "competing": True}],
        "email": world.ada.user.email,
    }
    assert said["organization"]["name"] == "Acme"
    assert said["scopes"] == ["read"]


@pytest.mark.parametrize(
    ("who", "teams"),
    [("ada", ["north"]), ("sue", ["south"]), ("alan", ["north", "south"]), ("gil", ["east"])],
)
def test_everybody_sees_the_teams_of_their_pages(world, program, who, teams):
    assert [team["slug"] for team in program(getattr(world, who)).get("/teams").json()] == teams


def test_addresses_of_people_are_for_those_who_manage_them(world, program):
    to_ada = {each["name"]: each["email"] for each in program(world.ada).get("/members").json()}
    to_grace = {each["name"]: each["email"] for each in program(world.grace).get("/members").json()}

    assert "Sam" not in to_ada
    assert set(to_ada.values()) == {None}
    assert to_grace["Ada"] == world.ada.user.email


def test_a_reading_is_filed_once_however_often_it_is_sent(world, program):
    program = program(world.ben, Scope.SUBMIT, Scope.READ)
    reading = {"taken_on": world.acme.today().isoformat(), "total": 44}

    first = program.post("/readings", reading, **{"Idempotency-Key": "one"})
    again = program.post("/readings", reading, **{"Idempotency-Key": "one"})
    other = program.post("/readings", reading | {"total": 45}, **{"Idempotency-Key": "one"})

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.json() == again.json()
    assert other.json()["type"].endswith("/api/#key")
    assert first.json()["source"] == "api"
    assert Submission.objects.filter(member=world.ben, total=44).count() == 1


def test_a_reading_is_corrected_and_withdrawn(world, program):
    program = program(world.ada)
    today = world.acme.today().isoformat()

    corrected = program.post("/readings", {"taken_on": today, "total": 66, "corrects": world.submission.pk}).json()
    gone = program.post(f"/readings/{corrected['id']}/withdraw", {}).json()
    states = {each["id"]: each["state"] for each in program.get("/readings").json()}

    assert (corrected["corrects"], corrected["month"], gone["state"]) == (
        world.submission.pk,
        str(world.month),
        "withdrawn",
    )
    assert states == {world.submission.pk: "corrected", corrected["id"]: "withdrawn"}


def test_what_a_form_refuses_is_refused_in_the_same_words(world, program):
    wrong = {"taken_on": world.acme.today().isoformat(), "total": 120}

    english = program(world.ben).post("/readings", wrong)
    german = program(world.ben).post("/readings", wrong, **{"Accept-Language": "de"})

    assert (english.status_code, english["Content-Type"]) == (422, "application/problem+json")
    assert english.json()["errors"] == {
        "total": ["The score is a whole number from 0 to 100: round what has decimals. Only the parts may have them."]
    }
    assert german.json()["errors"]["total"][0].startswith("Der Wert")


@pytest.mark.parametrize("body", [{}, {"taken_on": 5}, {"taken_on": "2019-01-31", "total": "many"}, [], "text"])
def test_what_is_not_as_described_is_a_problem(world, program, body):
    answer = program(world.ben).post("/readings", body)

    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_somebody_elses_reading_needs_a_manager_and_a_reason(world, program):
    correction = {"taken_on": world.acme.today().isoformat(), "total": 50, "corrects": world.submission.pk}

    by_ben = program(world.ben).post("/readings", correction)
    without = program(world.grace).post("/readings", correction)
    with_reason = program(world.grace).post("/readings", correction | {"reason": "Misread."})

    assert (by_ben.status_code, without.status_code, with_reason.status_code) == (404, 422, 201)
    assert without.json()["errors"] == {"reason": ["Fill this in."]}


def test_a_board_tells_what_its_page_tells(world, program):
    path = f"/boards/north/{world.month}"
    for_all = program(world.ben).get(path).json()
    world.acme.rank_visibility = "own"
    world.acme.save()
    for_own = program(world.ben).get(path).json()
    for_manager = program(world.grace).get(path).json()

    assert [(each["rank"], each["name"], each["total"]) for each in for_all["standings"]] == [
        (1, "Ada", 61),
        (2, "Ben", 40),
    ]
    assert [each["name"] for each in for_own["standings"]] == ["Ben"]
    assert (for_own["mean"], for_own["silent"]) == (None, [])
    assert len(for_manager["standings"]) == 2
    assert program(world.sam).get(path).status_code == 404
    assert program(world.ben).get("/boards/north/2026-13").status_code == 404


def test_an_answer_that_one_has_is_not_sent_again(world, program):
    program = program(world.ada)
    first = program.get("/members")

    again = program.get("/members", **{"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_a_long_list_leads_on(world, program):
    Member.objects.bulk_create(Member(organization=world.acme, name=f"Person {number}") for number in range(150))
    alan = program(world.alan)

    first = alan.get("/members")
    address = first["Link"].removeprefix("<http://testserver/api/v1").partition(">")
    rest = alan.get(address[0])

    assert address[2] == '; rel="next"'
    assert (len(first.json()), "Link" in rest) == (100, False)
    assert {each["id"] for each in [*first.json(), *rest.json()]} == set(
        world.acme.members.values_list("pk", flat=True)
    )


def test_goals_challenges_and_figures_are_told(world, program):
    ada, grace = program(world.ada), program(world.grace)

    assert [goal["target"] for goal in ada.get("/goals").json()] == [90.0]
    assert "lunch" in [each["stake"] for each in ada.get("/challenges").json()]
    assert ada.get("/figures").json() == []
    assert {each["member"]: each["value"] for each in grace.get("/figures").json()} == {
        world.ada.pk: 7.0,
        world.ben.pk: 4.5,
    }


def test_goals_and_challenges_name_what_the_team_counts(world, program):
    calls = make_counter(world.north, world.grace, {world.ada: 12}, world.month, name="Calls", playable=True)
    goal = make_goal(world.north, 20, counter=calls, by=world.grace)
    days = {"starts_on": (world.month + 1).first_day, "ends_on": (world.month + 1).last_day}
    about = {"figure": "counter", "counter": calls, "title": "Calls"}
    played = make_challenge(world.north, world.grace, kind="highest", **about, **days)
    grace = program(world.grace)

    goals = {each["id"]: (each["counter"], each["counted"]) for each in grace.get("/goals").json()}
    challenges = {
        each["id"]: (each["figure"], each["counter"], each["counted"]) for each in grace.get("/challenges").json()
    }

    assert goals.pop(goal.pk) == (calls.pk, "Calls")
    assert set(goals.values()) == {(None, None)}
    assert challenges.pop(played.pk) == ("counter", calls.pk, "Calls")
    assert {each[1:] for each in challenges.values()} == {(None, None)}


def test_a_figure_is_stored_by_a_manager(world, program):
    figure = {"counter": world.counter.pk, "member": world.ada.pk, "month": str(world.month), "value": 1250.5}

    by_ada = program(world.ada).post("/figures", figure)
    grace = program(world.grace)
    stored = [grace.post("/figures", figure).json() for _ in range(2)]

    assert by_ada.status_code == 404
    assert stored == [{"changed": 1}, {"changed": 0}]
    assert 1250.5 in [each["value"] for each in grace.get("/figures").json()]


def test_somebody_is_added_and_invited(world, program):
    new = {"team": "north", "name": "Nina New", "email": "nina@example.com"}

    by_ada, added = program(world.ada).post("/members", new), program(world.grace).post("/members", new)
    again = program(world.grace).post("/members", new)

    assert (by_ada.status_code, added.status_code, again.status_code) == (404, 201, 422)
    assert added.json()["teams"] == [{"team": "north", "role": "rep", "competing": True}]
    assert Member.objects.get(name="Nina New").invitation.email == "nina@example.com"
    assert again.json()["type"].endswith("#refused")


def test_a_token_does_what_it_was_made_for(world, program):
    reader = program(world.ada, Scope.READ)

    refused = reader.post("/readings", {"taken_on": world.acme.today().isoformat(), "total": 70})

    assert (refused.status_code, refused.json()["type"].rpartition("#")[2]) == (403, "scope")


def test_a_token_that_ended_opens_nothing(world, program, browse):
    ended, expired, of_company = (
        program(world.ada),
        program(world.ada, days=-1),
        program(world.alan, is_of_company=True),
    )
    end_token(ended.token, world.ada, timezone.now())
    world.alan.is_admin = False
    world.alan.save()

    answers = [each.get("/me") for each in (ended, expired, of_company)] + [browse(world.ada).get("/api/v1/me")]

    assert [answer.status_code for answer in answers] == [401] * 4
    assert answers[0]["WWW-Authenticate"].startswith("Bearer")


def test_a_token_asks_120_times_a_minute(world, program):
    ada = program(world.ada)

    answers = [ada.get("/organization").status_code for _ in range(PER_MINUTE + 1)]

    assert answers == [200] * PER_MINUTE + [429]
    assert ada.get("/organization")["Retry-After"] == "60"


def test_the_log_says_who_filed_by_a_program(world, program):
    program(world.ben).post("/readings", {"taken_on": world.acme.today().isoformat(), "total": 46})

    entry = AuditEntry.objects.filter(act="reading.submitted").latest("pk")
    assert (entry.actor, entry.details["total"]) == (world.ben, 46)


def test_answers_are_forgotten_after_a_day(world, program):
    program(world.ben).post(
        "/readings", {"taken_on": world.acme.today().isoformat(), "total": 46}, **{"Idempotency-Key": "x"}
    )

    forget_answers(timezone.now() + ANSWERS_KEPT - timedelta(minutes=1))
    kept = ApiAnswer.objects.count()
    forget_answers(timezone.now() + ANSWERS_KEPT + timedelta(minutes=1))

    assert (kept, ApiAnswer.objects.count()) == (1, 0)


def test_a_token_is_shown_once_on_its_page_and_ended_there(world, browse):
    ada = browse(world.ada)
    form = {"name": "Our robot", "scopes": ["read"], "days": 90}

    made = ada.post("/me/tokens/", form).content.decode()
    listed = ada.get("/me/tokens/").content.decode()
    secret = made.partition('<code class="secret">')[2].partition("<")[0]
    opens = browse().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code
    token = ApiToken.objects.get(name="Our robot")
    ada.post(f"/me/tokens/{token.pk}/end/")

    assert (opens, secret in listed, "Our robot" in listed) == (200, False, True)
    assert browse().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert "Our robot" not in ada.get("/me/tokens/").content.decode()


def test_somebody_has_at_most_twenty_tokens_at_a_time(world, browse):
    ends = timezone.now() + timedelta(days=1)
    ApiToken.objects.all().delete()
    first, *_ = [make_token(world.ada, "Program", [Scope.READ], ends)[0] for _ in range(MOST_TOKENS)]
    make_token(world.ben, "Program", [Scope.READ], ends)

    answer = browse(world.ada).post("/me/tokens/", {"name": "One more", "scopes": ["read"], "days": 30})
    end_token(first, world.ada, timezone.now())
    make_token(world.ada, "Program", [Scope.READ], ends)

    assert "You have 20 tokens already. End one first." in answer.content.decode()
    with pytest.raises(Refused):
        make_token(world.ada, "Program", [Scope.READ], ends)


def test_the_companys_tokens_are_for_admins(world, browse, program):
    program(world.alan, is_of_company=True)
    form = {"name": "Warehouse", "scopes": ["read"], "days": 90, "is_of_company": "on"}

    browse(world.grace).post("/me/tokens/", form)

    assert ApiToken.objects.get(name="Warehouse").is_of_company is False
    assert "Warehouse" not in browse(world.alan).get("/me/tokens/").content.decode()


def test_the_description_names_what_an_operation_refuses(world, program):
    described = program(world.ada).get("/openapi.json").json()

    asked, sent = described["paths"]["/api/v1/readings"]["get"], described["paths"]["/api/v1/readings"]["post"]
    assert set(asked["responses"]) == {"200", "401", "403", "404", "422", "429"}
    assert set(sent["responses"]) == {"201", "400", "401", "403", "404", "413", "422", "429"}
    problem = program(world.ada).get("/readings/999999999").json()
    known = described["components"]["schemas"]["Problem"]["properties"]
    assert asked["responses"]["404"]["content"]["application/problem+json"]["schema"]["$ref"].endswith("/Problem")
    assert (problem["status"], set(problem) - set(known)) == (404, set())
    assert [each["name"] for each in sent["parameters"]] == ["Idempotency-Key"]


def test_the_description_names_every_address(world, browse, program):
    described = browse(world.ada).get("/api/v1/openapi.json").json()

    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        "/api/v1/boards/{team}/{month}",
        "/api/v1/challenges",
        "/api/v1/counters",
        "/api/v1/figures",
        "/api/v1/goals",
        "/api/v1/me",
        "/api/v1/members",
        "/api/v1/organization",
        "/api/v1/readings",
        "/api/v1/readings/{reading_id}",
        "/api/v1/readings/{reading_id}/withdraw",
        "/api/v1/teams",
    }
    operations = [operation for methods in described["paths"].values() for operation in methods.values()]
    assert {operation["operationId"] for operation in operations} == {
        *("me", "organization", "teams", "members", "add_member"),
        *("readings", "reading", "file_reading", "withdraw", "board", "goals", "challenges"),
        *("counters", "figures", "store_figure"),
    }
    assert program(world.ada).get("/openapi.json").status_code == 200
    assert browse().get("/api/v1/openapi.json").status_code == 401
