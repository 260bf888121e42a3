"""The machine's clock jumps by hours and days, both ways, over DST and month ends, while the site runs."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from teams.actions.checks import differing_boards, differing_counts
from teams.actions.months.closing import due_boards
from teams.models import Act, AuditEntry, Board, Delivery, Member, Organization, Sweep
from teams.rules.messages.reminders import due_step
from teams.rules.months import Month
from teams.tasks import open_boards, send_due
from teams.tasks import rank_stale_boards as rank_sweep
from tests.deploy.http import until
from tests.faults.work import SWEEPS, begin, end, unexplained
from tests.makers import make_organization

BERLIN = ZoneInfo("Europe/Berlin")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JOBS = [*(sweep for sweep in SWEEPS if sweep != send_due), open_boards]
SPRING = [
    (2027, 3, 26, 9, 30),  # reminded, by a clock that is an hour ahead
    (2027, 3, 26, 8, 30),
    (2027, 3, 28, 1, 30),  # the hour after this one does not exist
    (2027, 3, 28, 3, 30),
    (2027, 3, 31, 9, 30),
    (2027, 4, 1, 0, 30),  # a month begins, and has not begun yet
    (2027, 3, 31, 23, 30),
    (2027, 4, 1, 9, 30),
    (2027, 4, 5, 18, 30),  # March closes, and it is the day before
    (2027, 4, 4, 18, 30),
    (2027, 4, 6, 9, 30),
]
AUTUMN = [
    (2027, 10, 29, 9, 30),
    (2027, 10, 31, 1, 30),
    (2027, 10, 31, 2, 30),  # this hour comes twice
    (2027, 10, 31, 3, 30),
    (2027, 10, 31, 2, 30),
    (2027, 11, 1, 0, 30),
    (2027, 10, 31, 23, 30),
    (2027, 11, 1, 9, 30),
    (2027, 11, 5, 18, 30),
    (2027, 11, 6, 9, 30),
]
"""On the walls of Berlin."""


@pytest.fixture(autouse=True)
def right_again(running):
    yield
    running.set_clock(timedelta())


def spring():
    return [datetime(*words, tzinfo=BERLIN) for words in SPRING]


def autumn():
    """The second of two equal hours on the walls comes after the first; going back, the first once more."""
    return [datetime(*words, tzinfo=BERLIN, fold=number == 4) for number, words in enumerate(AUTUMN)]


def three_seasons():
    """Through summer time and back, and every third time an hour or a day off for a while."""
    random, moment = Random(20261123), datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
    while moment < datetime(2027, 11, 9, tzinfo=UTC):
        yield moment
        if random.random() < 0.3:
            yield moment + random.choice([-DAY, -HOUR, HOUR, DAY])
        moment += random.choice([5 * HOUR, 14 * HOUR, 25 * HOUR, 38 * HOUR])


MOMENTS = [spring, autumn, three_seasons]


def ended(jobs):
    names = [job.name for job in jobs]
    return dict(Sweep.objects.filter(name__in=names).values_list("name", "ended_at"))


def still_as(before, jobs):
    """Which of the jobs have not ended since."""
    return dict(ended(jobs).items() & before.items())


def live_at(stack, moment):
    """The clock shows that moment, and everything that it asks for is done."""
    stack.set_clock(moment - timezone.now())
    for jobs in (JOBS, [send_due]):
        before = ended(jobs)
        stack.ask(*jobs)
        late = partial(still_as, before, jobs)
        assert until(lambda late=late: not late(), 60, every=0.2), (late(), stack.queue_length(), stack.said())
        assert until(lambda: not (due_boards(moment) or stack.queue_length()), 60, every=0.2)
    assert until(partial(is_sent, stack, moment), 60, every=0.2)


def is_sent(stack, moment):
    """Whether no mail waits; what beat's own jobs told of meanwhile is asked for once more."""
    waiting = [Delivery.objects.due(moment + HOUR / 60), Delivery.objects.filter(state="sending")]
    waits = any(found.exists() for found in waiting)
    if waits and not stack.queue_length():
        stack.ask(send_due)
    return not waits


def steps_at(moment, people):
    """The reminders that are due at a moment, as (whose, which)."""
    found = [(member, due_step(moment, BERLIN, member.memberships.get().team.reminder_policy)) for member in people]
    return {(member.pk, str(step.subject)) for member, step in found if step}


def closings():
    return dict(Board.objects.exclude(closed_at=None).values_list("pk", "closed_at"))


@pytest.mark.soak
@pytest.mark.parametrize("moments", MOMENTS)
def test_nothing_is_sent_twice_or_lost_and_what_is_closed_stays_closed(stack, moments):
    organization = make_organization(time_zone="Europe/Berlin")
    begin(organization, 0)
    Organization.objects.update(created_at=timezone.now() - 200 * DAY)
    silent = list(Member.objects.filter(name__in=["Ada 0", "Ben 0"]))
    steps, closed = set(), {}

    end(stack)
    for moment in moments():
        live_at(stack, moment)
        steps |= steps_at(moment, silent)
        assert closed.items() <= closings().items()
        closed = closings()

    reminders = Delivery.objects.filter(kind="reminder", member__in=silent)
    assert Counter(reminders.values_list("member", "subject")) == Counter(steps)
    assert set(reminders.values_list("state", flat=True)) == {"sent"}
    assert unexplained(stack.mails.mails, most_uncertain=0) == {}
    assert AuditEntry.objects.filter(act=Act.CLOSED).count() == len(closed)
    assert Month.of(moment) - 1 in set(Board.objects.filter(pk__in=closed).values_list("month", flat=True))
    assert (list(differing_boards()), differing_counts()) == ([], [])
    print(f"{len(steps)} reminders, {len(closed)} months closed, {len(stack.mails.mails)} mails")


@pytest.mark.soak
def test_beat_goes_on_when_the_clock_is_set_back_by_a_day(stack, second_beat):
    name = rank_sweep.name

    stack.set_clock(-DAY)

    yesterday = Sweep.objects.filter(name=name, ended_at__lt=timezone.now() - DAY / 2)
    assert until(yesterday.exists, 60, every=0.5), stack.said()
