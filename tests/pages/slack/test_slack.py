"""What Slack asks, by its signature alone, and the pages that set it up."""

import time

import pytest
from django.core.cache import cache

from teams.actions.slack import Asker, one_time_token
from teams.models import SlackApp, SlackUser
from teams.slack.manifest import address_of
from teams.views import slack
from tests.makers import make_rep, make_team
from tests.slack_client import SECRET, command


@pytest.fixture(autouse=True)
def nothing_known():
    cache.clear()
    slack._secrets.clear()


@pytest.fixture
def known(db):
    """Ada in Slack, whose app's secret this process knows: none of these requests asks the database."""
    ada = make_rep(make_team(), "Ada")
    slack._secrets[ada.organization_id] = (time.monotonic() + 60, SECRET)
    return ada


def send(client, member, sent):
    body, headers = sent
    kind = headers["Content-Type"]
    return client.post(f"/slack/{address_of(member.organization)}/", body, content_type=kind, headers=headers)


REFUSED = {
    "another secret": command("63", secret="f" * 32),
    "no secret": command("63", secret=""),
    "old": command("63", at=time.time() - 400),
    "of tomorrow": command("63", at=time.time() + 86_400),
    "another body": (command("63")[0].replace(b"63", b"99"), command("63")[1]),
    "no signature": (command("63")[0], command("63")[1] | {"X-Slack-Signature": ""}),
    "no time": (command("63")[0], command("63")[1] | {"X-Slack-Request-Timestamp": ""}),
    "not of letters": (command("63")[0], command("63")[1] | {"X-Slack-Signature": "v0=ü"}),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_slack_did_not_sign_is_refused_and_asks_the_database_nothing(
    known, client, django_assert_num_queries, why
):
    with django_assert_num_queries(0):
        response = send(client, known, REFUSED[why])

    assert (response.status_code, response.content) == (401, b"")


def test_what_is_long_is_not_even_read(known, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = send(client, known, command("6" * 20_000))

    assert response.status_code == 413


@pytest.fixture
def token(world):
    SlackUser.objects.all().delete()
    return one_time_token(Asker(world.acme.pk, "T1", "U1", "ada.<b>", "acme"))


def test_one_says_who_one_is_by_the_link_after_a_question(world, browse, token):
    ada = browse(world.ada)

    asked = ada.get(f"/slack/link/{token}/").content.decode()
    before = SlackUser.objects.count()
    answered = ada.post(f"/slack/link/{token}/")

    assert "“ada.&lt;b&gt;” of the workspace “acme” has just written /ssi" in " ".join(asked.split())
    assert (before, answered.url) == (0, "/me/tokens/")
    assert SlackUser.objects.get().member == world.ada
    assert "ada.&lt;b&gt;" in ada.get("/me/tokens/").content.decode()


def test_an_admin_copies_the_manifest_and_saves_the_secret_which_is_never_shown(world, browse):
    alan = browse(world.alan)

    refused = alan.post("/organization/slack/", {"signing_secret": "too short"}).content.decode()
    saved = alan.post("/organization/slack/", {"signing_secret": SECRET})
    page = alan.get("/organization/slack/").content.decode()

    assert "Copy the whole signing secret" in refused
    assert (saved.status_code, SlackApp.objects.get().signing_secret) == (302, SECRET)
    assert (address_of(world.acme) in page, SECRET in page) == (True, False)


def test_a_removed_app_answers_nothing(world, browse):
    alan = browse(world.alan)
    alan.post("/organization/slack/", {"signing_secret": SECRET})

    alan.post("/organization/slack/", {"remove": "yes"})

    assert SlackApp.objects.count() == 0


def test_while_nobody_has_said_who_they_are_the_page_says_what_comes(world, browse):
    SlackUser.objects.all().delete()
    alan = browse(world.alan)
    alan.post("/organization/slack/", {"signing_secret": SECRET})

    page = " ".join(alan.get("/organization/slack/").content.decode().split())

    assert "Nobody has said yet who they are there: the first /ssi asks." in page
    assert "0 people" not in page
