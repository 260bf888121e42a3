"""Whether everything runs: a page for managers, figures for the operator's tools."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.utils import timezone

from teams.models import Sweep
from teams.tasks import rank_stale_boards
from tests.makers import make_delivery

TOKEN = "only-the-operator-knows"


@pytest.fixture
def all_ran(world):
    """Every job of the clock ended a moment ago."""
    now = timezone.now()
    names = [entry["task"] for entry in site.CELERY_BEAT_SCHEDULE.values()]
    Sweep.objects.bulk_create(Sweep(name=name, ended_at=now) for name in names)


def page(browse, member):
    return browse(member).get("/running/").content.decode()


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
    assert re.findall(r"<li><span>([^<]+)</span><span><span class=\"tag warn\">late", text) == [
        "Reminders and mails go out"
    ]


def test_a_manager_sees_the_troubles_of_their_own_teams_only(all_ran, browse, world):
    make_delivery(world.sam, state="failed")

    assert "Messages of South" not in page(browse, world.grace)
    assert "Messages of South" in page(browse, world.sue)


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
