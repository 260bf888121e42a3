"""Slack is answered in time, by real threads: so these rows are committed, and no world of other tests is about."""

import time

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from teams.models import SlackApp, SlackUser, Submission
from teams.slack.manifest import address_of
from teams.views import slack
from tests.deploy.http import until
from tests.makers import make_rep, make_team
from tests.slack_client import SECRET, command


def send(client, member, sent):
    body, headers = sent
    kind = headers["Content-Type"]
    return client.post(f"/slack/{address_of(member.organization)}/", body, content_type=kind, headers=headers)


@pytest.mark.django_db(transaction=True)
def test_slack_is_answered_once_and_a_hanging_database_is_said_to_come_later(client):
    cache.clear()
    slack._secrets.clear()
    ada = make_rep(make_team(), "Ada")
    app = SlackApp.objects.create(organization=ada.organization, signing_secret=SECRET)
    SlackUser.objects.create(app=app, workspace="T1", slack_user="U1", name="ada.l", member=ada)
    sent = command("63")

    first, again = send(client, ada, sent), send(client, ada, sent)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE teams_member")
        began = time.monotonic()
        late = send(client, ada, command("64"))
        took = time.monotonic() - began
    until(lambda: Submission.objects.count() == 2)  # what had begun ends, and is the same when it is sent again
    third = send(client, ada, command("64", at=time.time() - 1))

    assert (first.status_code, first.json()["text"][:10], again.status_code) == (200, "Saved: 63 ", 401)
    assert late.json()["text"].startswith("Leaderboard does not answer right now.")
    assert took < 3
    assert third.json()["text"].startswith("Saved: 64 ")
    assert sorted(Submission.objects.values_list("total", flat=True)) == [63, 64]
