"""Days left are counted one way, today included, and said in the same words wherever they stand."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.challenges.still_needed import still_needed_of
from teams.models import Delivery, Display, Goal, MessageKind
from tests.makers import accept, make_challenge, make_goal


def text(response):
    return " ".join(re.sub("<[^>]*>", " ", response.content.decode()).split())


@pytest.fixture
def ends(world, request):
    """A goal of the team and a challenge with Ben in it that end on one day, so many days from today."""
    day = world.acme.today() + timedelta(days=request.param)
    Goal.objects.all().delete()
    world.challenge.delete()
    make_goal(world.north, 90, by=world.grace, due_on=day)
    challenge = make_challenge(world.north, world.grace, ends_on=day)
    accept(challenge, world.ben, world.ada)
    Display.objects.update(slides=["goal", "challenges"])
    rank_stale_boards()
    return challenge


@pytest.mark.parametrize(
    ("ends", "words", "sentence"),
    [(0, "last day", "Today is the last day."), (1, "2 days left", "2 days left, today included.")],
    indirect=["ends"],
)
def test_goal_challenge_wall_and_mail_say_the_same(world, ends, browse, words, sentence):
    ben, wall = browse(world.ben), browse()
    wall.cookies["display"] = "x" * 43
    last = Delivery(
        team=world.north, member=world.ben, kind=MessageKind.CHALLENGE_LAST_DAYS, subject=f"challenge {ends.pk}"
    )

    goals, today, shown = text(ben.get("/goals/")), text(ben.get("/")), text(wall.get("/display/"))
    mail = still_needed_of(last, timezone.now())

    number = int(words[0]) if words[0].isdigit() else 1
    assert f"Days left {number}" in goals
    assert (today.count(words), shown.count(words)) == (1, 2)
    assert sentence in mail.lines[1]
