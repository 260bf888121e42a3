"""Worker and beat killed with -9 at random moments, two beats at once: in the end all is as if nothing had happened."""

import random
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.checks import differing_boards, differing_counts
from teams.models import Delivery, Import, Organization, Submission, Sweep
from teams.tasks import go_on
from tests.deploy.http import until
from tests.faults.load import Visitor
from tests.faults.work import SWEEPS, begin, confirm_files, end, figures, recomputed_figures, unexplained
from tests.makers import make_organization

AT_ONCE = 2
"""How many jobs a worker does at a time, and so how many mails it can leave in doubt."""


def works(stack):
    """Whether a worker ends jobs that are asked for from now on."""
    asked = timezone.now()
    stack.ask(*SWEEPS)
    return until(lambda: Sweep.objects.filter(ended_at__gt=asked).exists(), 60)


def live_through(stack, beats, kills, seed):
    """A team's affairs each round, of which a kill hits some; how many of its rep's submissions were accepted."""
    chance, organization, accepted = random.Random(seed), make_organization(), 0
    Organization.objects.update(created_at=timezone.now() - timedelta(days=200))
    stack.mails.pause = lambda: chance.random() * 0.04
    for number in range(kills):
        with Visitor(stack.url, begin(organization, number)) as ada:
            assert works(stack)
            stack.ask(*chance.sample(SWEEPS * 2, 2 * len(SWEEPS)))
            stack.ask(go_on, about=[Import.objects.latest("pk").pk])
            time.sleep(chance.random())
            confirm_files()
            accepted += ada.submit(70 + number % 30).status == 302
            time.sleep(chance.random() * 0.2)
        for victim in [stack.worker, *(beats if number % 4 == 3 else [])]:
            victim.kill()
            victim.start()
    return accepted


@pytest.mark.soak
@pytest.mark.parametrize("kills", [1, 100])
def test_killed_at_random_moments_it_ends_as_if_nothing_had_happened(stack, second_beat, kills):
    accepted = live_through(stack, [stack.beat, second_beat], kills, 20261123)

    assert accepted == kills
    assert Submission.objects.filter(total__gte=70).count() == kills
    end(stack)
    until(lambda: not Delivery.objects.filter(state="sending").exists(), 3)
    assert unexplained(stack.mails.mails, most_uncertain=kills * AT_ONCE) == {}
    assert figures() == recomputed_figures()
    assert (list(differing_boards()), differing_counts()) == ([], [])
    states = list(Delivery.objects.values_list("state", flat=True))
    print({state: states.count(state) for state in sorted(set(states))})
