"""Whether everything runs: a page for managers, figures for the operator's tools."""

import json
import re
import time
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.utils import timezone

from leaderboard.celery import app, note_the_job
from teams.models import Board, Delivery, Invitation, MessageKind, Sweep
from teams.tasks import deliver, rank_stale_boards, send_invitation
from teams.words.notices import Notice
from tests.makers import make_delivery, make_invited, notify
from tests.pages.reading import markup

TOKEN = "only-the-operator-knows"


@pytest.fixture
def all_ran(world, empty_queue):
    """Every job of the clock ended a moment ago."""
    now = timezone.now()
    names = [entry["task"] for entry in site.CELERY_BEAT_SCHEDULE.values()]
    Sweep.objects.bulk_create(Sweep(name=name, ended_at=now) for name in names)


def page(browse, member):
    return markup(browse(member).get("/running/"))


def explained(text):
    """The alerts that the page explains, in its order."""
    return re.findall(r'<li id="(\w+)">', text)


def ask_two_minutes_ago():
    """A job that has waited since then, as the broker would have it."""
    rank_stale_boards.delay()
    with app.connection_for_read() as broker:
        client, name = broker.default_channel.client, app.conf.task_default_queue
        message = json.loads(client.lindex(name, 0))
        message["headers"][site.JOB_ASKED_AT] -= 120
        client.lset(name, 0, json.dumps(message))


@pytest.fixture
def empty_queue():
    app.control.purge()
    yield
    app.control.purge()


@pytest.fixture
def broker_away(monkeypatch):
    monkeypatch.setattr(app.conf, "broker_read_url", "redis://127.0.0.1:1/0")


@pytest.fixture
def figures(client, settings):
    """What /metrics says, by name and labels."""
    settings.METRICS_TOKEN = TOKEN

    def figures():
        text = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
        lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, _, value in lines}

    return figures


def test_a_job_notes_when_it_ended(db):
    before = timezone.now()
    rank_stale_boards()

    assert before < Sweep.objects.get(name="teams.tasks.ranking.rank_stale_boards").ended_at < timezone.now()


def test_it_says_that_everything_runs(all_ran, browse, world):
    text = page(browse, world.grace)

    assert "<h1>Everything runs</h1>" in text
    assert text.count(">late<") == 0


def test_a_job_that_stands_still_is_named(all_ran, browse, world):
    late = timezone.now() - timedelta(hours=2)
    Sweep.objects.filter(name="teams.tasks.delivery.send_due").update(ended_at=late)
    text = page(browse, world.grace)

    assert "<h1>Something does not run</h1>" in text
    assert re.findall(r"<li><span>([^<]+)</span>\s*<span>\s*<a class=\"tag warn\" href=\"#JobIsLate\">late", text) == [
        "Reminders and mails go out"
    ]


def test_a_manager_sees_the_troubles_of_their_own_teams_only(all_ran, browse, world):
    make_delivery(world.sam, state="failed")

    assert "Messages of South" not in page(browse, world.grace)
    assert "Messages of South" in page(browse, world.sue)
    assert "team__name" not in page(browse, world.sue)


def test_each_finding_leads_to_what_it_means(all_ran, browse, world, settings, tmp_path):
    now = timezone.now()
    settings.BACKUPS = str(tmp_path)
    (tmp_path / (now - timedelta(days=2)).strftime(settings.BACKUP_NAME)).touch()
    Sweep.objects.filter(name="teams.tasks.delivery.send_due").update(ended_at=now - timedelta(hours=2))
    Board.objects.update(stale_since=now - timedelta(minutes=2))
    Invitation.objects.update(due_at=None, problem="550 no such person")
    make_delivery(world.ada, state="failed")
    ask_two_minutes_ago()
    text = page(browse, world.grace)

    assert explained(text) == [
        "JobIsLate",
        "QueueIsOld",
        "BoardsAreStale",
        "BackupIsOld",
        "MessagesFail",
        "InvitationsFail",
    ]
    assert set(re.findall(r'href="#(\w+)"', text)) - {"main"} == set(explained(text))
    assert "There was no backup last night." in text


def test_without_a_backup_it_is_late_a_day_after_the_first_start(all_ran, browse, world, settings, tmp_path):
    settings.BACKUPS = str(tmp_path)
    first = page(browse, world.grace)
    Sweep.objects.update(first_at=timezone.now() - timedelta(hours=26))

    assert "BackupIsOld" not in explained(first)
    assert "BackupIsOld" in explained(page(browse, world.grace))


def test_figures_are_for_whoever_has_the_token(all_ran, client, settings):
    without = client.get("/metrics", headers={"Authorization": "Bearer "})
    settings.METRICS_TOKEN = TOKEN
    wrong = client.get("/metrics", headers={"Authorization": "Bearer wrong"})
    right = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    text = right.content.decode()

    assert (without.status_code, wrong.status_code, right.status_code) == (404, 404, 200)
    assert 'leaderboard_messages{state="uncertain"} 1.0' in text
    assert "leaderboard_displays 1.0" in text
    assert "leaderboard_queue_length " in text
    assert 'leaderboard_request_seconds_count{page="metrics",status="404"}' in text
    assert 'leaderboard_job_age_seconds{job="rank what is stale"}' in text


def test_what_never_ran_is_as_old_as_the_clock(figures, world, settings, tmp_path):
    settings.BACKUPS = str(tmp_path / "none yet")
    without_a_clock = figures()
    now = timezone.now()
    Sweep.objects.create(name="teams.tasks.delivery.send_due", ended_at=now)
    Sweep.objects.update(first_at=now - timedelta(hours=5))
    with_one = figures()

    ages = ['leaderboard_job_age_seconds{job="back up"}', "leaderboard_backup_age_seconds"]
    assert [0 < without_a_clock[age] < 4000 for age in ages] == [True, True]
    assert [18_000 <= with_one[age] < 18_060 for age in ages] == [True, True]


def test_the_queue_is_as_old_as_its_oldest_job(figures, world, empty_queue):
    nothing = figures()
    rank_stale_boards.delay()
    time.sleep(1.1)
    rank_stale_boards.delay()
    waiting = figures()

    assert (nothing["leaderboard_queue_length"], nothing["leaderboard_queue_age_seconds"]) == (0, 0)
    assert waiting["leaderboard_queue_length"] == 2
    assert 1 < waiting["leaderboard_queue_age_seconds"] < 60


def test_without_a_broker_the_other_figures_are_told(figures, world, broker_away):
    told = figures()

    assert "leaderboard_queue_length" not in told
    assert told["leaderboard_displays"] == 1


def run(job, about):
    """As a worker does, within the test's transaction."""
    note_the_job(job, "SUCCESS", job(about))


def test_what_is_handed_over_is_counted_with_what_became_of_it(figures, world, mailbox):
    names = [
        f'leaderboard_handed_over_total{{state="{state}",what="{what}"}}'
        for state, what in (("sent", "message"), ("sent", "invitation"), ("failed", "invitation"))
    ]
    before = figures()
    notify(world.north, [world.ada], MessageKind.CHALLENGE_RESULT, "challenge 7", lambda: Notice("Ada won"))
    run(deliver, Delivery.objects.get(subject="challenge 7").pk)
    run(send_invitation, world.jane.invitation.pk)
    mailbox.answers["RCPT"] = "550 no such person"
    run(send_invitation, make_invited(world.north, world.grace, "Rolf").invitation.pk)
    after = figures()

    assert [after[name] - before.get(name, 0) for name in names] == [1, 1, 1]
    unsettled = 'leaderboard_invitations{state="unsettled"}'
    assert (before[unsettled], after[unsettled]) == (0, 1)


def test_managers_see_invitations_that_did_not_arrive(all_ran, browse, world):
    before = page(browse, world.grace)
    Invitation.objects.update(due_at=None, problem="550 no such person")

    assert "Invitations to North" not in before
    assert "Invitations to North that are uncertain or failed" in page(browse, world.grace)
    assert "Invitations to North" not in page(browse, world.sue)


def test_without_a_broker_the_page_says_so(all_ran, browse, world, broker_away):
    text = page(browse, world.grace)

    assert "<h1>Something does not run</h1>" in text
    assert "the broker does not answer" in text
    assert explained(text) == ["BrokerIsAway", "MessagesFail"]
